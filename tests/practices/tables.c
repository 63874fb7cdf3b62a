#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/memory.h"
#include "record/people.h"
#include "report/round_trip.h"
#include "tests/support/book.h"
#include "tests/support/folder.h"
#include "tests/test.h"

/* Records that bend to agencies and funders, and that live in spreadsheets. */

static void ignore(void *to, const struct round_trip_difference *difference)
{
	(void)to;
	(void)difference;
}

static struct round_trip_totals come_back(struct book *book, const char *table,
					  bool apply)
{
	struct round_trip_totals totals;
	struct findings findings = { 0 };

	assert_int_equal(round_trip_import(book->record, kind_find("person"),
					   "people.csv", table, strlen(table),
					   apply, &book_sam, BOOK_NOW,
					   &findings, ignore, NULL, &totals),
			 FAULT_NONE);
	findings_done(&findings);
	return totals;
}

static char *go_out(struct book *book)
{
	struct bytes out = { 0 };

	assert_int_equal(round_trip_export(book->record, kind_find("person"),
					   &book_sam, &out),
			 FAULT_NONE);
	return bytes_take_text(&out);
}

/* Puts another text in place of one; the caller frees what is given. */
static char *edited(char *table, const char *old, const char *new)
{
	char *at = strstr(table, old);
	char *text;

	assert_non_null(at);
	*at = 0;
	text = xasprintf("%s%s%s", table, new, at + strlen(old));
	free(table);
	return text;
}

static void count_found(void *to, const struct people_found *found)
{
	(void)found;
	++*(int *)to;
}

static void
row_40_a_field_is_added_by_data_and_survives_an_upgrade(void **state)
{
	struct book *book = *state;
	SCOPED(char_freep) char *path = folder_file(book->folder, RECORD_FILE);
	SCOPED(char_freep) char *value = NULL;
	SCOPED(char_freep) char *table = NULL;
	struct people_told told;
	int found = 0;
	int64_t id;

	(void)book_make(book, "own_field", "of", "person", "name",
			"funder_code", "type", "code", "codes", "P1 P2",
			"label_en", "Program of the funder", "label_fr",
			"Programme du bailleur", NULL);
	id = book_make(book, "person", "funder_code", "P2", NULL);
	/* What an upgrade does: the tables are laid anew at opening. */
	record_close(book->record);
	assert_int_equal(record_open(path, &book->record), FAULT_NONE);
	value = book_value(book, "person", id, "funder_code");
	assert_string_equal(value, "P2");
	assert_int_equal(people_find(book->record, "P2", 0, &book_sam,
				     count_found, &found, &told),
			 FAULT_NONE);
	assert_int_equal(found, 1);
	table = go_out(book);
	assert_non_null(strstr(table, "\"funder_code\""));
	assert_non_null(strstr(table, "\"P2\""));
}

static void row_41_a_spreadsheet_goes_out_is_edited_and_comes_back(void **state)
{
	struct book *book = *state;
	struct round_trip_totals totals;
	SCOPED(char_freep) char *table = NULL;
	SCOPED(char_freep) char *latin = NULL;
	SCOPED(char_freep) char *own = NULL;

	(void)book_make(book, "person", "language", "ti", NULL);
	(void)book_make(book, "name", "person", "1", "latin", "Selam Haile",
			"own_script", "ሰላም ኃይለ", NULL);
	table = edited(go_out(book), "Selam Haile", "Selam Hailu");
	totals = come_back(book, table, false);
	assert_int_equal(totals.changed, 1);
	latin = book_value(book, "name", 1, "latin");
	assert_string_equal(latin, "Selam Haile"); /* it was only shown */
	totals = come_back(book, table, true);
	assert_int_equal(totals.changed, 1);
	free(latin);
	latin = book_value(book, "name", 1, "latin");
	assert_string_equal(latin, "Selam Hailu");
	own = book_value(book, "name", 1, "own_script");
	assert_string_equal(own, "ሰላም ኃይለ");
}

static void row_65_nothing_asks_for_a_licence_an_account_or_a_fee(void **state)
{
	static const char *const gates[] = { "licence", "license_key",
					     "account", "seat",
					     "subscription" };

	SCOPED(char_freep)
	char *licence = xasprintf("%s/LICENSE", getenv("FOYER_SOURCE"));
	struct bytes text = { 0 };

	assert_int_equal(file_read(licence, 1 << 20, &text), FAULT_NONE);
	assert_non_null(
	    strstr((char *)text.data, "GNU GENERAL PUBLIC LICENSE"));
	bytes_done(&text);
	/* No kind of thing counts seats, and a record opens for as many users
	 * as there are. */
	for (size_t i = 0; i < kind_count(); i++) {
		for (size_t j = 0; j < COUNT(gates); j++)
			assert_null(kind_field(kind_at(i), gates[j]));
	}
	for (int i = 0; i < 40; i++) {
		SCOPED(char_freep) char *name = xasprintf("Worker %d", i);

		(void)book_make(*state, "user", "name", name, "roles", "worker",
				NULL);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_BOOK(
		    row_40_a_field_is_added_by_data_and_survives_an_upgrade),
		WITH_BOOK(
		    row_41_a_spreadsheet_goes_out_is_edited_and_comes_back),
		WITH_BOOK(
		    row_65_nothing_asks_for_a_licence_an_account_or_a_fee),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
