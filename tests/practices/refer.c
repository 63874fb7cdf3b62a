#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "record/consent.h"
#include "record/directory.h"
#include "record/listing.h"
#include "record/refer.h"
#include "report/read_places.h"
#include "tests/support/book.h"
#include "tests/support/directory.h"
#include "tests/support/folder.h"
#include "tests/support/paged.h"
#include "tests/test.h"

/* Referrals that connect people, and a directory that can be trusted. */

static const struct directory_rules rules = {
	.stale_days = 180,
	.zone = "America/Toronto",
	.now = BOOK_NOW,
};
#define TODAY "2026-11-21"

static const struct listing_day day = { BOOK_NOW, TODAY };

static int64_t add_service(struct book *book, const struct directory_new *new)
{
	enum directory_answer answer;
	int64_t id = 0;

	assert_int_equal(
	    directory_add(book->record, new, &rules, &book_sam, &answer, &id),
	    FAULT_NONE);
	assert_int_equal(answer, DIRECTORY_DONE);
	return id;
}

static int64_t housing_desk(struct book *book)
{
	return add_service(book, &(struct directory_new){
				     .name = "Housing desk",
				     .organization = "Open Door",
				     .phone = "555-0101",
				     .languages = "ar fr",
				     .area = "Riverton",
				     .codes = "need:HOU walk-in",
				 });
}

static int64_t out(struct book *book, int64_t person, int64_t service)
{
	SCOPED(char_freep) char *who = xasprintf("%lld", (long long)person);
	SCOPED(char_freep) char *where = xasprintf("%lld", (long long)service);

	return book_make(book, "referral", "person", who, "direction", "out",
			 "need", "HOU", "service", where, NULL);
}

static enum entity_answer agree(struct book *book, int64_t referral)
{
	enum entity_answer answer;

	assert_int_equal(refer_agreed(book->record, referral, TODAY, &book_sam,
				      BOOK_NOW, &answer),
			 FAULT_NONE);
	return answer;
}

static enum entity_answer end(struct book *book, int64_t referral,
			      const char *as)
{
	enum entity_answer answer;

	assert_int_equal(refer_close(book->record, referral, as, "", &book_sam,
				     BOOK_NOW, &answer),
			 FAULT_NONE);
	return answer;
}

/* Rows of a list: the values that are known, parted by bars, a row a line. */
static bool add_row(void *to, const struct listing_row *row)
{
	for (int i = 0; i < LISTING_COLUMNS; i++)
		if (row->values[i] && *row->values[i])
			bytes_add_format(to, "%s|", row->values[i]);
	bytes_add_text(to, "\n");
	return true;
}

static char *listed(struct book *book, const char *name)
{
	struct bytes rows = { 0 };

	bytes_add_text(&rows, "");
	assert_int_equal(listing_each(book->record, listing_find(name), &day,
				      &book_sam, add_row, &rows),
			 FAULT_NONE);
	return bytes_take_text(&rows);
}

static int64_t newcomer(struct book *book)
{
	return book_make(book, "person", "language", "ar", NULL);
}

static void
row_24_a_warm_referral_comes_in_and_ages_until_it_connects(void **state)
{
	struct book *book = *state;
	SCOPED(char_freep)
	char *person = xasprintf("%lld", (long long)newcomer(book));
	const int64_t id =
	    book_make(book, "referral", "person", person, "direction", "in",
		      "from", "hospital", "from_name", "General", NULL);
	SCOPED(char_freep)
	char *first = book_value(book, "referral", id, "state");
	SCOPED(char_freep) char *waiting = listed(book, "referrals-in");
	SCOPED(char_freep) char *none = NULL;

	assert_string_equal(first, "received");
	assert_non_null(strstr(waiting, "hospital|General|received|"));
	assert_int_equal(book_move(book, "referral", id, "first-attempt"),
			 ENTITY_DONE);
	assert_int_equal(book_move(book, "referral", id, "made"),
			 ENTITY_NO_MOVE);
	assert_int_equal(book_move(book, "referral", id, "reached"),
			 ENTITY_DONE);
	assert_int_equal(book_move(book, "referral", id, "visit"), ENTITY_DONE);
	assert_int_equal(end(book, id, "helped"), ENTITY_DONE);
	none = listed(book, "referrals-in");
	assert_string_equal(none, "");
}

static void
row_48_a_service_nobody_checked_is_marked_and_off_paper(void **state)
{
	struct book *book = *state;
	struct directory_rules later = rules;
	struct directory_results results;
	enum directory_answer answer;
	const int64_t id = housing_desk(book);

	later.now += 200 * BOOK_DAY;
	assert_int_equal(
	    directory_search(book->record,
			     &(struct directory_query){ .need = "HOU" }, &later,
			     &results),
	    FAULT_NONE);
	assert_true(results.rows[0].stale);
	directory_results_done(&results);
	assert_int_equal(directory_search(book->record,
					  &(struct directory_query){
					      .need = "HOU", .fresh = true },
					  &later, &results),
			 FAULT_NONE);
	assert_int_equal(results.count, 0);
	assert_int_equal(results.stale, 1);
	directory_results_done(&results);

	assert_int_equal(
	    directory_checked(book->record, id, &later, &book_sam, &answer),
	    FAULT_NONE);
	assert_int_equal(directory_search(book->record,
					  &(struct directory_query){
					      .need = "HOU", .fresh = true },
					  &later, &results),
			 FAULT_NONE);
	assert_int_equal(results.count, 1);
	assert_string_equal(results.rows[0].assured, "2027-06-09");
	directory_results_done(&results);
}

static void row_49_help_to_connect_needs_consent_and_is_timed(void **state)
{
	struct book *book = *state;
	const int64_t person = newcomer(book);
	const int64_t id = out(book, person, housing_desk(book));
	static const char *const moves[] = { "made", "contacted", "connected",
					     "confirmed", "feedback" };
	bool holds = false;

	assert_int_equal(book_move(book, "referral", id, "made"), ENTITY_WRONG);
	assert_int_equal(agree(book, id), ENTITY_DONE);
	assert_int_equal(consent_holds(book->record, person, "share",
				       "Open Door", TODAY, &holds),
			 FAULT_NONE);
	assert_true(holds);
	book_change(book, "referral", id, "warm", "together asked-to-confirm");
	for (size_t i = 0; i < COUNT(moves); i++)
		assert_int_equal(book_move(book, "referral", id, moves[i]),
				 ENTITY_DONE);
	assert_int_equal(end(book, id, "no-such-reason"), ENTITY_WRONG);
	assert_int_equal(end(book, id, "helped"), ENTITY_DONE);
}

static void row_49_a_consent_taken_back_stops_the_referral(void **state)
{
	struct book *book = *state;
	const int64_t id = out(book, newcomer(book), housing_desk(book));
	int64_t consent = 0;

	assert_int_equal(agree(book, id), ENTITY_DONE);
	assert_int_equal(entity_first(book->record, kind_find("consent"), NULL,
				      "-id", &consent),
			 FAULT_NONE);
	assert_int_equal(book_move(book, "consent", consent, "withdrawn"),
			 ENTITY_DONE);
	assert_int_equal(book_move(book, "referral", id, "made"), ENTITY_WRONG);
	assert_int_equal(end(book, id, "refused"), ENTITY_DONE);
}

static void row_50_two_ratings_are_reported_for_each_agency(void **state)
{
	struct book *book = *state;
	const int64_t service = housing_desk(book);
	static const char *const marks[] = { "5", "2" };
	SCOPED(char_freep) char *report = NULL;
	struct directory_card card;
	enum directory_answer answer;

	for (size_t i = 0; i < COUNT(marks); i++) {
		const int64_t id = out(book, newcomer(book), service);

		book_change(book, "referral", id, "rating_person", marks[i]);
		book_change(book, "referral", id, "rating_agency", "4");
		if (i == 0)
			book_change(book, "referral", id, "said_person",
				    "They spoke Arabic.");
	}
	report = listed(book, "referral-feedback");
	assert_string_equal(report, "Open Door|Housing desk|2|3.5|4.0|\n");
	assert_int_equal(directory_card_read(book->record, service, &rules,
					     "en", &answer, &card),
			 FAULT_NONE);
	assert_string_equal(card.said, "They spoke Arabic.");
	directory_card_done(&card);
}

static void row_51_what_does_not_move_is_listed_by_age(void **state)
{
	struct book *book = *state;
	const int64_t service = housing_desk(book);
	const int64_t old = out(book, newcomer(book), service);
	const int64_t new = out(book, newcomer(book), service);
	enum entity_answer answer;
	SCOPED(char_freep) char *rows = NULL;

	/* The older one moved last. */
	assert_int_equal(refer_agreed(book->record, old, TODAY, &book_sam,
				      BOOK_NOW + BOOK_DAY, &answer),
			 FAULT_NONE);
	(void)new;
	rows = listed(book, "referrals-still");
	assert_non_null(strstr(rows, "|proposed|\n"));
	assert_true(strstr(rows, "|proposed|") < strstr(rows, "|consented|"));
}

static void row_55_informal_supports_carry_a_safety_note(void **state)
{
	struct book *book = *state;
	SCOPED(char_freep) char *rows = NULL;

	(void)add_service(book, &(struct directory_new){
				    .name = "Tuesday tea",
				    .organization = "St. Anne parish",
				    .codes = "informal:faith-group need:COM",
				    .safety = "Ask who of the family comes.",
				});
	(void)housing_desk(book);
	rows = listed(book, "informal-supports");
	assert_string_equal(rows, "Tuesday tea|St. Anne parish| |Ask who of "
				  "the family comes.|\n");
}

/* The page for a reader of Arabic, as text; the caller frees it. */
static char *places_of(struct book *book, int64_t service,
		       const struct directory_rules *when, size_t *left_out)
{
	SCOPED(tongues_freep) struct tongues *tongues = NULL;
	SCOPED(page_freep) struct page *page = NULL;
	SCOPED(char_freep)
	char *shipped = xasprintf("%s/translations", getenv("FOYER_SOURCE"));

	assert_int_equal(
	    tongues_open(&(struct tongues_options){ .shipped = shipped,
						    .drafts = "ar",
						    .own = "ar",
						    .staff = "en" },
			 &tongues),
	    FAULT_NONE);
	assert_int_equal(
	    read_places(&(struct about){ .tongues = tongues, .day = TODAY },
			book->record, when, &service, 1, left_out, &page),
	    FAULT_NONE);
	return paged(page);
}

static void row_59_a_service_is_found_and_printed_for_its_reader(void **state)
{
	struct book *book = *state;
	const int64_t id = housing_desk(book);
	struct directory_rules later = rules;
	struct directory_results results;
	size_t left_out;
	SCOPED(char_freep) char *page = NULL;
	SCOPED(char_freep) char *empty = NULL;

	assert_int_equal(
	    directory_search(book->record,
			     &(struct directory_query){ .need = "HOU",
							.language = "ar",
							.area = "riverton" },
			     &rules, &results),
	    FAULT_NONE);
	assert_int_equal(results.count, 1);
	assert_true(results.rows[0].speaks);
	directory_results_done(&results);
	page = places_of(book, id, &rules, &left_out);
	assert_int_equal(left_out, 0);
	assert_non_null(strstr(page, "الهاتف"));
	assert_non_null(strstr(page, "555-0101"));
	later.now += 200 * BOOK_DAY;
	empty = places_of(book, id, &later, &left_out);
	assert_int_equal(left_out, 1);
	assert_null(strstr(empty, "555-0101"));
}

static void
row_67_the_need_for_phone_or_internet_leads_to_a_referral(void **state)
{
	struct book *book = *state;
	struct directory_results results;
	const int64_t laptops = add_service(
	    book, &(struct directory_new){ .name = "Laptops lent",
					   .organization = "Riverton library",
					   .codes = "need:DIG" });
	int64_t id;
	SCOPED(char_freep) char *need = NULL;

	(void)housing_desk(book);
	assert_int_equal(
	    directory_search(book->record,
			     &(struct directory_query){ .need = "DIG" }, &rules,
			     &results),
	    FAULT_NONE);
	assert_int_equal(results.count, 1);
	assert_int_equal(results.rows[0].service, laptops);
	directory_results_done(&results);
	id = out(book, newcomer(book), laptops);
	book_change(book, "referral", id, "need", "DIG");
	assert_int_equal(agree(book, id), ENTITY_DONE);
	assert_int_equal(book_move(book, "referral", id, "made"), ENTITY_DONE);
	need = book_value(book, "referral", id, "need");
	assert_string_equal(need, "DIG");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_BOOK(
		    row_24_a_warm_referral_comes_in_and_ages_until_it_connects),
		WITH_BOOK(
		    row_48_a_service_nobody_checked_is_marked_and_off_paper),
		WITH_BOOK(row_49_help_to_connect_needs_consent_and_is_timed),
		WITH_BOOK(row_49_a_consent_taken_back_stops_the_referral),
		WITH_BOOK(row_50_two_ratings_are_reported_for_each_agency),
		WITH_BOOK(row_51_what_does_not_move_is_listed_by_age),
		WITH_BOOK(row_55_informal_supports_carry_a_safety_note),
		WITH_BOOK(row_59_a_service_is_found_and_printed_for_its_reader),
		WITH_BOOK(
		    row_67_the_need_for_phone_or_internet_leads_to_a_referral),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
