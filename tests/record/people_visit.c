#include "record/people_visit.h"

#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/memory.h"
#include "record/consent.h"
#include "record/kind.h"
#include "record/visit.h"
#include "tests/support/book.h"
#include "tests/support/folder.h"
#include "tests/support/sample.h"
#include "tests/test.h"

static const struct visit_fact facts[] = {
	{ "language", "ti" },
	{ "access_needs", "AUD PER" },
	{ "spoken_language", "SAME" },
	{ "latin_name", SAMPLE_SECRET " Haile" },
	{ "own_script_name", "ሰላም ኃይሌ" },
	{ "birth_given_as", "YEAR" },
	{ "birth_year", "1980" },
	{ "birth_calendar", "ethiopic" },
	{ "birth_earliest", "1987-09-12" },
	{ "birth_latest", "1988-09-10" },
	{ "household_adults", "2" },
	{ "household_children", "1" },
	{ "status_category", "RES_GOV" },
	{ "contact_by", "SMS" },
	{ "contact", "613-555-0142" },
	{ "gender", "W" },
	{ "interpreter", "yes" },
	{ "leave_message", "NO" },
	{ "team", "1" },        /* of no form's business */
	{ "merged_into", "1" }, /* nor this */
};

static int64_t a_visit(struct book *book, uint32_t seq, enum visit_keep keep)
{
	struct sample sample;

	sample_init(&sample, seq);
	sample.visit.keep = keep;
	sample.visit.facts = facts;
	sample.visit.fact_count = COUNT(facts);
	sample.visit.arrived += seq * SAMPLE_HOUR;
	return sample_file(book->record, &sample);
}

static enum people_answer make(struct book *book, int64_t visit, bool confirmed,
			       int64_t *person)
{
	enum people_answer answer;

	assert_int_equal(people_from_visit(book->record, visit, confirmed,
					   &book_sam, BOOK_NOW, &answer,
					   person),
			 FAULT_NONE);
	return answer;
}

static int64_t whose(struct book *book, int64_t visit)
{
	int64_t person;

	assert_int_equal(people_of_visit(book->record, visit, &person),
			 FAULT_NONE);
	return person;
}

static void assert_field(struct book *book, const char *kind, int64_t id,
			 const char *field, const char *value)
{
	SCOPED(char_freep) char *is = book_value(book, kind, id, field);

	if (strcmp(is, value) != 0)
		fail_msg("%s %s is %s, not %s", kind, field, is, value);
}

static int64_t total(struct book *book, const char *kind)
{
	int64_t count;

	assert_int_equal(
	    entity_total(book->record, kind_find(kind), NULL, &count),
	    FAULT_NONE);
	return count;
}

static void count_self(void *to, const struct change *change)
{
	int *others = to;

	*others += strcmp(change->source, "self") != 0;
}

static void a_visit_makes_a_person_of_what_was_told(void **state)
{
	static const struct {
		const char *kind, *field, *value;
	} values[] = {
		{ "person", "number", "P-1" },
		{ "person", "birth_from", "1987-09-12" },
		{ "person", "birth_to", "1988-09-10" },
		{ "person", "birth_precision", "year" },
		{ "person", "birth_given", "1980" },
		{ "person", "birth_calendar", "ethiopic" },
		{ "person", "gender", "W" },
		{ "person", "language", "ti" },
		{ "person", "interpreter", "1" },
		{ "person", "access_needs", "AUD PER" },
		{ "person", "leave_message", "0" },
		{ "person", "team", "" },
		{ "person", "merged_into", "" },
		{ "name", "person", "1" },
		{ "name", "latin", SAMPLE_SECRET " Haile" },
		{ "name", "own_script", "ሰላም ኃይሌ" },
		{ "name", "language", "ti" },
		{ "contact", "what", "sms" },
		{ "contact", "value", "613-555-0142" },
		{ "status", "category", "RES_GOV" },
		{ "member", "person", "1" },
		{ "member", "relation", "self" },
	};
	struct book *book = *state;
	int64_t visit = a_visit(book, 1, VISIT_KEEP_KEPT), person = 0;
	int others = 0;

	assert_int_equal(make(book, visit, false, &person), PEOPLE_DONE);
	assert_int_equal(person, 1);
	assert_int_equal(whose(book, visit), 1);
	for (size_t i = 0; i < COUNT(values); i++)
		assert_field(book, values[i].kind, 1, values[i].field,
			     values[i].value);
	assert_int_equal(entity_history(book->record, kind_find("person"), 1,
					count_self, &others),
			 FAULT_NONE);
	assert_int_equal(others, 0);
	assert_int_equal(make(book, visit, false, &person), PEOPLE_ATTACHED);
}

/* A way to tell a birth was picked, and none told. */
static void a_birth_that_was_not_told_is_known_to_no_day(void **state)
{
	static const struct visit_fact picked[] = {
		{ "latin_name", "Selam" },
		{ "birth_given_as", "DATE" },
		{ "birth_calendar", "gregorian" },
		{ "gender", "W" },
	};
	struct book *book = *state;
	struct sample sample;
	int64_t person = 0;

	sample_init(&sample, 1);
	sample.visit.keep = VISIT_KEEP_KEPT;
	sample.visit.facts = picked;
	sample.visit.fact_count = COUNT(picked);
	assert_int_equal(
	    make(book, sample_file(book->record, &sample), false, &person),
	    PEOPLE_DONE);
	assert_field(book, "person", 1, "birth_precision", "");
	assert_field(book, "person", 1, "birth_calendar", "");
	assert_field(book, "person", 1, "gender", "W");
}

static void nobody_is_kept_who_did_not_agree_to_it(void **state)
{
	static const enum visit_keep keeps[] = { VISIT_KEEP_NO,
						 VISIT_KEEP_TODAY };
	struct book *book = *state;
	int64_t person = 0;

	for (size_t i = 0; i < COUNT(keeps); i++) {
		int64_t visit = a_visit(book, (uint32_t)i + 1, keeps[i]);
		enum visit_acted acted;
		bool holds;

		assert_int_equal(make(book, visit, false, &person), PEOPLE_ASK);
		assert_int_equal(total(book, "person"), (int)i);
		assert_int_equal(make(book, visit, true, &person), PEOPLE_DONE);
		assert_int_equal(consent_holds(book->record, person, "keep",
					       NULL, "2026-11-22", &holds),
				 FAULT_NONE);
		assert_true(holds);
		/* What they said at the kiosk still holds for the visit. */
		assert_int_equal(visit_act(book->record, visit, VISIT_END,
					   VISIT_SERVED, &book_sam, BOOK_NOW,
					   &acted),
				 FAULT_NONE);
		assert_int_equal(whose(book, visit),
				 keeps[i] == VISIT_KEEP_NO ? 0 : person);
	}
	assert_field(book, "name", 1, "latin", SAMPLE_SECRET " Haile");
}

static void an_emptied_visit_makes_nobody(void **state)
{
	struct book *book = *state;
	int64_t visit = a_visit(book, 1, VISIT_KEEP_NO), person = 0;
	enum visit_acted acted;

	assert_int_equal(visit_act(book->record, visit, VISIT_END, VISIT_SERVED,
				   &book_sam, BOOK_NOW, &acted),
			 FAULT_NONE);
	assert_int_equal(make(book, visit, true, &person), PEOPLE_EMPTIED);
	assert_int_equal(make(book, 77, true, &person), PEOPLE_NOT_THERE);
	assert_int_equal(total(book, "person"), 0);
	assert_int_equal(total(book, "consent"), 0);
}

static enum people_answer attach(struct book *book, int64_t visit,
				 int64_t person)
{
	enum people_answer answer;

	assert_int_equal(people_attach(book->record, visit, person, false,
				       &book_sam, BOOK_NOW, &answer),
			 FAULT_NONE);
	return answer;
}

static enum people_answer detach(struct book *book, int64_t visit)
{
	enum people_answer answer;

	assert_int_equal(
	    people_detach(book->record, visit, &book_sam, BOOK_NOW, &answer),
	    FAULT_NONE);
	return answer;
}

static void a_visit_is_attached_and_detached(void **state)
{
	struct book *book = *state;
	int64_t first = a_visit(book, 1, VISIT_KEEP_KEPT);
	int64_t second = a_visit(book, 2, VISIT_KEEP_KEPT);
	int64_t person = 0;

	assert_int_equal(make(book, first, false, &person), PEOPLE_DONE);
	assert_int_equal(detach(book, second), PEOPLE_NOTHING);
	assert_int_equal(attach(book, second, 99), PEOPLE_NOT_THERE);
	assert_int_equal(attach(book, second, person), PEOPLE_DONE);
	assert_int_equal(whose(book, second), person);
	assert_int_equal(attach(book, second, person), PEOPLE_ATTACHED);
	assert_int_equal(detach(book, second), PEOPLE_DONE);
	assert_int_equal(whose(book, second), 0);
	assert_int_equal(total(book, "person"), 1);
}

/* "K7-0001 language=ti ..." */
static void note_given(void *to, const struct people_given *given)
{
	assert_string_equal(given->source, "self");
	if (strcmp(given->field, "latin_name") == 0 ||
	    strcmp(given->field, "contact") == 0)
		bytes_add_format(to, "%s %s=%s;", given->number, given->field,
				 given->value);
}

static void note_difference(void *to, const struct people_difference *one)
{
	bytes_add_format(to, "%s.%s: %s (%s, %s) | %s;", one->kind, one->field,
			 one->recorded, one->source, one->user, one->told);
}

static void what_was_given_before_is_not_asked_again(void **state)
{
	struct book *book = *state;
	int64_t first = a_visit(book, 1, VISIT_KEEP_KEPT);
	struct bytes text = { 0 };
	int64_t second, person = 0;
	struct sample sample;

	assert_int_equal(make(book, first, false, &person), PEOPLE_DONE);
	sample_init(&sample, 2);
	sample.facts[0] =
	    (struct visit_fact){ "latin_name", SAMPLE_SECRET " Hayle" };
	sample.visit.arrived += 2 * SAMPLE_HOUR;
	second = sample_file(book->record, &sample);
	assert_int_equal(attach(book, second, person), PEOPLE_DONE);
	assert_int_equal(people_given_before(book->record, person, 0, &book_sam,
					     note_given, &text),
			 FAULT_NONE);
	assert_string_equal((char *)text.data,
			    "K7-0002 latin_name=" SAMPLE_SECRET " Hayle;"
			    "K7-0001 contact=613-555-0142;");
	bytes_done(&text);
	assert_int_equal(people_given_before(book->record, person, second,
					     &book_sam, note_given, &text),
			 FAULT_NONE);
	assert_string_equal((char *)text.data,
			    "K7-0001 latin_name=" SAMPLE_SECRET " Haile;"
			    "K7-0001 contact=613-555-0142;");
	bytes_done(&text);
	assert_int_equal(people_differences(book->record, second, person,
					    &book_sam, note_difference, &text),
			 FAULT_NONE);
	assert_string_equal((char *)text.data,
			    "name.latin: " SAMPLE_SECRET
			    " Haile (self, Sam) | " SAMPLE_SECRET " Hayle;"
			    "name.own_script: ሰላም ኃይሌ (self, Sam) |"
			    " ሰላም " SAMPLE_SECRET ";");
	bytes_done(&text);
}

static void withdraw(struct book *book, int64_t visit)
{
	enum visit_acted acted;

	assert_int_equal(
	    visit_withdraw(book->record, visit, &book_sam, BOOK_NOW, &acted),
	    FAULT_NONE);
	assert_int_equal(acted, VISIT_ACTED);
}

static void who_withdraws_is_forgotten_whole(void **state)
{
	struct book *book = *state;
	int64_t visit = a_visit(book, 1, VISIT_KEEP_KEPT), person = 0;

	assert_int_equal(make(book, visit, false, &person), PEOPLE_DONE);
	withdraw(book, visit);
	assert_int_equal(total(book, "person"), 0);
	assert_int_equal(total(book, "household"), 0);
	assert_int_equal(total(book, "consent"), 0);
	assert_int_equal(whose(book, visit), 0);
	assert_false(folder_holds(book->folder, SAMPLE_SECRET));
}

static void what_a_worker_learnt_stays_when_a_visit_is_withdrawn(void **state)
{
	struct book *book = *state;
	int64_t first = a_visit(book, 1, VISIT_KEEP_KEPT);
	int64_t second = a_visit(book, 2, VISIT_KEEP_KEPT);
	int64_t person = 0;

	assert_int_equal(make(book, first, false, &person), PEOPLE_DONE);
	assert_int_equal(attach(book, second, person), PEOPLE_DONE);
	book_change(book, "person", person, "birth_from", "1987-10-01");
	book_change(book, "contact", 1, "value", "613-555-0199");
	withdraw(book, first);
	assert_field(book, "person", person, "birth_from", "1987-10-01");
	assert_field(book, "person", person, "birth_to", "");
	assert_field(book, "person", person, "gender", "");
	assert_field(book, "person", person, "number", "P-1");
	assert_field(book, "contact", 1, "value", "613-555-0199");
	assert_int_equal(total(book, "name"), 0);
	assert_int_equal(total(book, "status"), 0);
	assert_int_equal(whose(book, first), 0);
	assert_int_equal(whose(book, second), person);
}

static void a_removed_person_frees_the_visit(void **state)
{
	struct book *book = *state;
	int64_t visit = a_visit(book, 1, VISIT_KEEP_KEPT), person = 0;
	enum entity_answer answer;

	assert_int_equal(make(book, visit, false, &person), PEOPLE_DONE);
	assert_int_equal(
	    entity_undo(book->record, &book_sam, BOOK_NOW, &answer, NULL),
	    FAULT_NONE);
	assert_int_equal(answer, ENTITY_DONE);
	assert_int_equal(whose(book, visit), 0);
	assert_int_equal(total(book, "name"), 0);
	assert_int_equal(make(book, visit, false, &person), PEOPLE_DONE);
	assert_int_equal(person, 2);
}

static void roles_and_walls_hold(void **state)
{
	static const struct record_who auditor = { .user = "Ali",
						   .desk = "",
						   .roles = ROLE_AUDITOR };
	static const struct record_who other = {
		.user = "Eve", .desk = "", .roles = ROLE_WORKER, .teams = "[2]"
	};
	struct book *book = *state;
	int64_t visit = a_visit(book, 1, VISIT_KEEP_KEPT), person = 0;
	int64_t second = a_visit(book, 2, VISIT_KEEP_KEPT);
	enum people_answer answer;

	assert_int_equal(people_from_visit(book->record, visit, false, &auditor,
					   BOOK_NOW, &answer, &person),
			 FAULT_NONE);
	assert_int_equal(answer, PEOPLE_REFUSED);
	assert_int_equal(make(book, visit, false, &person), PEOPLE_DONE);
	book_make(book, "team", "name", "North", NULL);
	book_change(book, "person", person, "team", "1");
	assert_int_equal(people_attach(book->record, second, person, false,
				       &other, BOOK_NOW, &answer),
			 FAULT_NONE);
	assert_int_equal(answer, PEOPLE_REFUSED);
	assert_int_equal(
	    people_detach(book->record, visit, &other, BOOK_NOW, &answer),
	    FAULT_NONE);
	assert_int_equal(answer, PEOPLE_REFUSED);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_BOOK(a_visit_makes_a_person_of_what_was_told),
		WITH_BOOK(a_birth_that_was_not_told_is_known_to_no_day),
		WITH_BOOK(nobody_is_kept_who_did_not_agree_to_it),
		WITH_BOOK(an_emptied_visit_makes_nobody),
		WITH_BOOK(a_visit_is_attached_and_detached),
		WITH_BOOK(what_was_given_before_is_not_asked_again),
		WITH_BOOK(who_withdraws_is_forgotten_whole),
		WITH_BOOK(what_a_worker_learnt_stays_when_a_visit_is_withdrawn),
		WITH_BOOK(a_removed_person_frees_the_visit),
		WITH_BOOK(roles_and_walls_hold),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
