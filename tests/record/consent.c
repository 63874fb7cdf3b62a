#include "record/consent.h"

#include <string.h>

#include "base/memory.h"
#include "record/listing.h"
#include "record/retention.h"
#include "tests/support/book.h"
#include "tests/support/folder.h"
#include "tests/support/look.h"
#include "tests/support/sample.h"
#include "tests/support/server.h"
#include "tests/test.h"

#define TODAY "2026-11-21"

static bool holds(struct book *book, int64_t person, const char *purpose,
		  const char *recipient, const char *today)
{
	bool answer;

	assert_int_equal(consent_holds(book->record, person, purpose, recipient,
				       today, &answer),
			 FAULT_NONE);
	return answer;
}

static int64_t total(struct book *book, const char *kind)
{
	int64_t count;

	assert_int_equal(
	    entity_total(book->record, kind_find(kind), NULL, &count),
	    FAULT_NONE);
	return count;
}

static void withdraw(struct book *book, int64_t id)
{
	assert_int_equal(book_move(book, "consent", id, "withdrawn"),
			 ENTITY_DONE);
}

static void a_consent_holds_for_its_purpose_until_it_is_taken_back(void **state)
{
	struct book *book = *state;
	const int64_t person = book_make(book, "person", NULL);
	int64_t share;

	assert_false(holds(book, person, "share", "Riverside Clinic", TODAY));
	share = book_make(book, "consent", "person", "1", "purpose", "share",
			  "recipient", "Riverside Clinic", "until",
			  "2026-12-31", NULL);
	assert_true(holds(book, person, "share", "Riverside Clinic", TODAY));
	assert_false(holds(book, person, "share", "Another", TODAY));
	assert_false(holds(book, person, "keep", NULL, TODAY));
	assert_false(
	    holds(book, person, "share", "Riverside Clinic", "2027-01-01"));
	withdraw(book, share);
	assert_false(holds(book, person, "share", "Riverside Clinic", TODAY));
}

static bool count_row(void *to, const struct listing_row *row)
{
	(void)row;
	++*(size_t *)to;
	return true;
}

static size_t rows_of(struct book *book, const char *listing)
{
	const struct listing_day day = { BOOK_NOW, TODAY };
	size_t count = 0;

	assert_int_equal(listing_each(book->record, listing_find(listing), &day,
				      &book_sam, count_row, &count),
			 FAULT_NONE);
	return count;
}

static void who_was_told_something_hears_that_it_was_taken_back(void **state)
{
	struct book *book = *state;
	int64_t share;

	(void)book_make(book, "person", NULL);
	share = book_make(book, "consent", "person", "1", "purpose", "share",
			  "recipient", "Riverside Clinic", NULL);
	assert_int_equal(rows_of(book, "withdrawals-to-tell"), 0);
	withdraw(book, share);
	assert_int_equal(rows_of(book, "withdrawals-to-tell"), 1);
	book_change(book, "consent", share, "told_on", TODAY);
	assert_int_equal(rows_of(book, "withdrawals-to-tell"), 0);
}

static void a_recipient_is_needed_to_share(void **state)
{
	struct book *book = *state;
	struct entity *consent = book_begin(book, "consent");
	enum entity_answer answer;
	const char *wrong;

	(void)book_make(book, "person", NULL);
	assert_true(entity_set(consent, "person", "1"));
	assert_true(entity_set(consent, "purpose", "share"));
	assert_int_equal(entity_save(book->record, consent, SOURCE_TOLD,
				     &book_sam, BOOK_NOW, &answer, &wrong),
			 FAULT_NONE);
	assert_int_equal(answer, ENTITY_WRONG);
	assert_string_equal(wrong, "recipient");
	entity_free(consent);
}

static int64_t ask(struct book *book, const char *sql)
{
	return look_number(book->folder, sql);
}

static void taking_back_keep_erases_all_that_is_the_persons(void **state)
{
	struct book *book = *state;
	const int64_t person =
	    book_make(book, "person", "birth_from", "1990-05-01", "dialect",
		      "Zanzibar", NULL);
	const int64_t other = book_make(book, "person", NULL);
	int64_t keep;

	server_need_file();
	(void)book_make(book, "name", "person", "1", "latin", "Zanzibar", NULL);
	(void)book_make(book, "contact", "person", "1", "what", "phone",
			"value", "Zanzibar", NULL);
	(void)book_make(book, "note", "person", "1", "text", "Zanzibar",
			"guard", "open", NULL);
	(void)book_make(book, "household", "note", "kept", NULL);
	(void)book_make(book, "member", "household", "1", "person", "1", NULL);
	(void)book_make(book, "member", "household", "1", "person", "2", NULL);
	book_change(book, "person", other, "merged_into", "1");
	book_change(book, "person", other, "merged_into", NULL);
	(void)book_make(book, "consent", "person", "1", "purpose", "count",
			NULL);
	keep =
	    book_make(book, "consent", "person", "1", "purpose", "keep", NULL);
	assert_true(folder_holds(book->folder, "Zanzibar"));
	assert_true(ask(book, "SELECT count(*) FROM person_key") > 0);

	withdraw(book, keep);
	assert_null(book_read(book, "person", person));
	assert_int_equal(total(book, "person"), 1);
	assert_int_equal(total(book, "name"), 0);
	assert_int_equal(total(book, "household"), 1);
	assert_int_equal(total(book, "member"), 1);
	assert_int_equal(ask(book, "SELECT count(*) FROM change WHERE kind ="
				   " 'note' OR kind = 'person' AND entity = 1"),
			 0);
	assert_int_equal(ask(book, "SELECT json_extract(counts, '$.age_band')"
				   " FROM tombstone WHERE subject ="
				   " 'person-count' AND subject_id = 0"),
			 30);
	assert_int_equal(
	    ask(book,
		"SELECT (SELECT count(*) FROM person_key WHERE person = 1) +"
		" (SELECT count(*) FROM person_form WHERE person = 1)"),
	    0);
	assert_false(folder_holds(book->folder, "Zanzibar"));
}

/* --- retention ------------------------------------------------------------
 */

static size_t propose(struct book *book, const struct retention_clocks *clocks,
		      int64_t now)
{
	size_t count;

	assert_int_equal(
	    retention_propose(book->record, clocks, &book_sam, now, &count),
	    FAULT_NONE);
	return count;
}

static enum fault decide(struct book *book, int64_t id, const char *state,
			 const struct record_who *who, int64_t now,
			 enum entity_answer *answer)
{
	return entity_move(book->record, kind_find("proposal"), id, state,
			   "court asks for it", who, now, answer);
}

static void a_clock_proposes_and_a_named_person_decides(void **state)
{
	static const struct retention_clocks clocks = { .safety_note = 10 };
	struct book *book = *state;
	const struct record_who worker = { .user = "Lou",
					   .desk = "",
					   .roles = ROLE_WORKER };
	const int64_t later = BOOK_NOW + 11 * BOOK_DAY;
	enum entity_answer answer;

	(void)book_make(book, "person", NULL);
	for (int i = 0; i < 2; i++)
		(void)book_make(book, "note", "person", "1", "text", "careful",
				"guard", "safety", NULL);
	(void)book_make(book, "note", "person", "1", "text", "plain", "guard",
			"open", NULL);
	assert_int_equal(propose(book, &clocks, BOOK_NOW + BOOK_DAY), 0);
	assert_int_equal(propose(book, &clocks, later), 2);
	assert_int_equal(propose(book, &clocks, later), 0);
	assert_int_equal(total(book, "note"), 3);
	assert_int_equal(rows_of(book, "retention"), 2);

	assert_int_equal(decide(book, 1, "done", &worker, later, &answer),
			 FAULT_NONE);
	assert_int_equal(answer, ENTITY_REFUSED);
	assert_int_equal(decide(book, 1, "done", &book_ana, later, &answer),
			 FAULT_NONE);
	assert_int_equal(answer, ENTITY_DONE);
	assert_int_equal(total(book, "note"), 2);
	assert_int_equal(ask(book, "SELECT count(*) FROM tombstone WHERE"
				   " subject = 'note' AND user = 'Ana'"),
			 1);
	assert_int_equal(decide(book, 2, "kept", &book_ana, later, &answer),
			 FAULT_NONE);
	assert_int_equal(total(book, "note"), 2);
	assert_int_equal(propose(book, &clocks, later + BOOK_DAY), 0);
	assert_int_equal(decide(book, 2, "done", &book_ana, later, &answer),
			 FAULT_NONE);
	assert_int_equal(answer, ENTITY_NO_MOVE);
}

static void visits_that_became_nobodys_are_proposed(void **state)
{
	static const struct retention_clocks clocks = { .no_record = 90 };
	struct book *book = *state;
	struct sample sample;
	enum visit_acted acted;
	enum entity_answer answer;
	int64_t visit;

	server_need_file();
	sample_init(&sample, 412);
	sample.visit.keep = VISIT_KEEP_KEPT;
	visit = sample_file(book->record, &sample);
	assert_int_equal(visit_act(book->record, visit, VISIT_END, VISIT_SERVED,
				   &book_sam, SAMPLE_NOON, &acted),
			 FAULT_NONE);
	assert_int_equal(propose(book, &clocks, SAMPLE_NOON + 89 * BOOK_DAY),
			 0);
	assert_int_equal(propose(book, &clocks, SAMPLE_NOON + 91 * BOOK_DAY),
			 1);
	assert_true(folder_holds(book->folder, SAMPLE_SECRET));
	assert_int_equal(decide(book, 1, "done", &book_sam,
				SAMPLE_NOON + 91 * BOOK_DAY, &answer),
			 FAULT_NONE);
	assert_int_equal(answer, ENTITY_DONE);
	assert_false(folder_holds(book->folder, SAMPLE_SECRET));
}

static void every_clock_can_run(void **state)
{
	static const struct retention_clocks clocks = { 1, 1, 1, 1, 1 };
	struct book *book = *state;
	enum entity_answer answer;

	(void)book_make(book, "person", NULL);
	/* The audit row of making that person is old by then. */
	assert_int_equal(propose(book, &clocks, BOOK_NOW + 3 * BOOK_DAY), 1);
	assert_int_equal(decide(book, 1, "done", &book_sam,
				BOOK_NOW + 3 * BOOK_DAY, &answer),
			 FAULT_NONE);
	assert_int_equal(answer, ENTITY_DONE);
	assert_int_equal(ask(book, "SELECT count(*) FROM audit WHERE act ="
				   " 'add' AND subject = 'person'"),
			 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_BOOK(
		    a_consent_holds_for_its_purpose_until_it_is_taken_back),
		WITH_BOOK(who_was_told_something_hears_that_it_was_taken_back),
		WITH_BOOK(a_recipient_is_needed_to_share),
		WITH_BOOK(taking_back_keep_erases_all_that_is_the_persons),
		WITH_BOOK(a_clock_proposes_and_a_named_person_decides),
		WITH_BOOK(visits_that_became_nobodys_are_proposed),
		WITH_BOOK(every_clock_can_run),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
