#include "report/service_file.h"

#include <stdlib.h>
#include <string.h>

#include "base/data.h"
#include "base/file.h"
#include "office/demo_pilot.h"
#include "tests/support/case.h"
#include "tests/support/folder.h"
#include "tests/support/teller.h"
#include "tests/test.h"
#include "xlsform/package.h"

/*
 * The monthly file of the invented agency. What it has to hold was counted by
 * hand on the list in office/demo_services.c: of its twelve services ten were
 * given from 21 to 51 days before the 21st of November, so in October.
 */

struct made {
	struct funder *funder;
	struct period period;
	struct service_file file;
};

static void make_with(struct teller *teller, const char *path,
		      const struct record_who *who, struct made *made)
{
	struct findings findings = { 0 };
	const struct wording wording = { teller->book->record, teller->words,
					 who };

	*made = (struct made){ 0 };
	assert_int_equal(
	    funder_read(teller->book->record, path, &findings, &made->funder),
	    FAULT_NONE);
	assert_int_equal(
	    period_read("2026-10", "2026-10", BOOK_NOW, &made->period),
	    PERIOD_READ);
	assert_int_equal(service_file_read(&wording, teller->words,
					   made->funder, &made->period,
					   "America/Toronto", &made->file),
			 FAULT_NONE);
}

static void make(struct teller *teller, const char *name, struct made *made)
{
	SCOPED(char_freep) char *file = xasprintf("screens/funders/%s", name);
	SCOPED(char_freep) char *path = data_path(file);

	make_with(teller, path, &book_sam, made);
}

static void made_done(struct made *made)
{
	service_file_done(&made->file);
	funder_free(made->funder);
}

static int open_pilot(void **state)
{
	struct teller *teller;

	(void)teller_open(state);
	teller = *state;
	assert_int_equal(
	    pilot_write(teller->book->record, &book_sam, BOOK_NOW, CASE_TODAY),
	    FAULT_NONE);
	return 0;
}

static char *csv_of(const struct made *made, struct teller *teller,
		    enum service_table table)
{
	struct bytes csv = { 0 };

	service_file_csv(&made->file, table, &teller->wording, &csv);
	return bytes_take_text(&csv);
}

static void a_row_a_service_as_the_funder_names_things(void **state)
{
	static const char wanted[] =
	    "\xEF\xBB\xBF\"Client number\",\"Visit\",\"Family code\","
	    "\"Date of service\",\"Gender\",\"Official language\","
	    "\"Interpreter\",\"Way\",\"Minutes\",\"Needs\",\"Program\","
	    "\"Site\"\r\n"
	    "\"P-13\",\"\",\"DEMO-04\",\"02/10/2026\",\"Male\",\"English\","
	    "\"Y\",\"in person\",\"60\",\"A place to live; Health\","
	    "\"SET-01\",\"Maple 7\"\r\n";
	struct teller *teller = *state;
	SCOPED(char_freep) char *csv = NULL;
	struct made made;

	make(teller, "maple.ini", &made);
	assert_int_equal(made.file.rows, 7);
	assert_int_equal(made.file.not_agreed, 1);
	assert_int_equal(made.file.unseen, 0);
	csv = csv_of(&made, teller, SERVICE_ROWS);
	assert_memory_equal(csv, wanted, strlen(wanted));
	made_done(&made);
}

static void what_would_be_rejected_says_whose_and_how_to_mend(void **state)
{
	struct teller *teller = *state;
	SCOPED(char_freep) char *csv = NULL;
	struct made made;

	make(teller, "maple.ini", &made);
	assert_int_equal(made.file.refused, 2);
	csv = csv_of(&made, teller, SERVICE_REFUSALS);
	assert_string_equal(
	    csv,
	    "\xEF\xBB\xBF\"Person\",\"Day of the service\",\"Visit\","
	    "\"Column\",\"What is wrong, and the mend\"\r\n"
	    "\"P-32\",\"2026-10-12\",\"\",\"Minutes\",\"nothing is noted; fill "
	    "in “Contact with services: Minutes”\"\r\n"
	    "\"P-36\",\"2026-10-22\",\"\",\"Program\",\"the profile has no "
	    "value for “Job club”; correct “Contact with services: Program”, "
	    "or "
	    "add a line “value” to the profile\"\r\n");
	made_done(&made);
}

static char *json_of(const struct made *made, struct teller *teller,
		     enum service_table table)
{
	struct bytes json = { 0 };

	service_file_json(&made->file, table, &teller->wording, &made->period,
			  &json);
	return bytes_take_text(&json);
}

static void as_json_each_column_says_what_it_is(void **state)
{
	struct teller *teller = *state;
	SCOPED(char_freep) char *sent = NULL;
	SCOPED(char_freep) char *refused = NULL;
	struct made made;

	make(teller, "maple.ini", &made);
	sent = json_of(&made, teller, SERVICE_ROWS);
	refused = json_of(&made, teller, SERVICE_REFUSALS);
	assert_non_null(strstr(sent, "\"written\":7,\"refused\":2"));
	assert_non_null(strstr(sent, "{\"title\":\"Client number\",\"source\":"
				     "\"person.number\",\"required\":true,"
				     "\"values\":{},\"most\":12}"));
	assert_non_null(strstr(sent, "\"rows\":[[\"P-13\",\"\",\"DEMO-04\""));
	assert_null(strstr(sent, "22/10/2026"));
	assert_non_null(
	    strstr(refused, "\"report\":\"service-file-rejected\""));
	assert_non_null(strstr(refused, "[\"P-36\",\"2026-10-22\",\"\","
					"\"Program\",\"the profile has no"));
	made_done(&made);
}

/* Whether a row of the page begins with those texts; a NULL ends them. */
static bool page_has(const struct page *page, const char *const *texts,
		     size_t count)
{
	const struct page_block *block;

	for (size_t i = 0; (block = page_block(page, i)); i++) {
		size_t same = 0;

		if (block->kind != PAGE_ROW)
			continue;
		while (same < count && texts[same] && same < block->count &&
		       block->texts[same].typed &&
		       strcmp(block->texts[same].typed, texts[same]) == 0)
			same++;
		if (same == count || !texts[same])
			return true;
	}
	return false;
}

/* By hand from the list: five of Settlement, of which one did not agree and one
 * has no minutes; two of Language; two of Employment and one of Job club. */
static void a_summary_counts_programs_and_names_what_is_rejected(void **state)
{
	static const struct {
		const char *texts[3];
	} rows[] = {
		{ { "Settlement", "3", "1" } },
		{ { "Language", "2", "0" } },
		{ { "Employment", "2", "0" } },
		{ { "Job club", "0", "1" } },
		{ { "P-36", "2026-10-22", NULL } },
	};
	struct teller *teller = *state;
	SCOPED(page_freep) struct page *page = NULL;
	struct made made;

	make(teller, "maple.ini", &made);
	page = service_file_page(&made.file, &teller->wording, &made.period,
				 &teller->about);
	for (size_t i = 0; i < COUNT(rows); i++) {
		if (!page_has(page, rows[i].texts, COUNT(rows[i].texts)))
			fail_msg("no row of %s", rows[i].texts[0]);
	}
	made_done(&made);
}

/* All ten, since the eight people agreed to be counted; nobody is named. */
static void counted_without_a_name_are_those_who_agreed_to_that(void **state)
{
	struct teller *teller = *state;
	SCOPED(char_freep) char *csv = NULL;
	struct made made;

	make(teller, "erable.ini", &made);
	assert_int_equal(made.file.rows, 10);
	assert_int_equal(made.file.refused, 0);
	assert_int_equal(made.file.not_agreed, 0);
	/* By person: those of P-13 stand together. */
	csv = csv_of(&made, teller, SERVICE_ROWS);
	assert_non_null(strstr(csv,
			       "\"P-13\",\"2026-10-02\",\"English\","
			       "\"in person\",\"60\",\"one to one\","
			       "\"Settlement\"\r\n\"P-13\",\"2026-10-16\""));
	made_done(&made);
}

static void lengths_days_and_guarded_things_are_looked_at(void **state)
{
	static const char profile[] =
	    "[profile]\ntitle = T\nrecipient = R\ndates = MM.DD.YYYY\n"
	    "[column Day]\nsource = service_contact.day\n"
	    "[column Code]\nsource = household.family_code\nmost = 4\n"
	    "[column Arrived]\nsource = person.arrived\n"
	    "[column Other]\nsource = conflict.what\n"
	    "[column Next]\nsource = appointment.at\n";
	struct teller *teller = *state;
	struct book *book = teller->book;
	SCOPED(char_freep) char *path = folder_file(book->folder, "f.ini");
	struct made made;

	(void)book_make(book, "person", "number", "P-1", "arrived", "2026-05",
			NULL);
	(void)book_make(book, "household", "family_code", "ÉRABL", NULL);
	(void)book_make(book, "consent", "person", "1", "purpose", "share",
			"recipient", "R", NULL);
	(void)book_make(book, "service_contact", "person", "1", "household",
			"1", "day", "2026-10-05", "mode", "phone", NULL);
	assert_int_equal(file_write(path, profile, strlen(profile), 0600),
			 FAULT_NONE);
	make_with(teller, path, &book_sam, &made);
	assert_int_equal(made.file.rows, 0);
	assert_int_equal(made.file.refused, 1);
	assert_int_equal(made.file.refusal_count, 2);
	assert_int_equal(made.file.refusals[0].wrong, SERVICE_TOO_LONG);
	assert_string_equal(made.file.refusals[0].value, "ÉRABL");
	assert_int_equal(made.file.refusals[1].wrong, SERVICE_PART_DAY);
	assert_string_equal(made.file.refusals[1].where,
			    "Person: Arrived in Canada");
	made_done(&made);

	/* Evening in Toronto, where it is still the 19th. */
	(void)book_make(book, "appointment", "person", "1", "at",
			"1792461600000", "mode", "phone", NULL);
	/* Mended, it is a row; what is restricted stays at home. */
	book_change(book, "household", 1, "family_code", "ÉRAB");
	book_change(book, "person", 1, "arrived", "2026-05-09");
	(void)book_make(book, "conflict", "what", "person.dialect", "subject",
			"1", "person", "1", "guard", "restricted", NULL);
	make_with(teller, path, &book_sam, &made);
	assert_int_equal(made.file.rows, 1);
	assert_string_equal(made.file.cells[0], "10.05.2026");
	assert_string_equal(made.file.cells[1], "ÉRAB");
	assert_string_equal(made.file.cells[2], "05.09.2026");
	assert_string_equal(made.file.cells[3], "");
	assert_string_equal(made.file.cells[4], "10.19.2026");
	made_done(&made);
}

/* A worker of one team makes none of another's people. */
static void whom_nobody_may_see_is_left_out(void **state)
{
	const struct record_who walled = { .user = "Ana",
					   .desk = "",
					   .id = 1,
					   .roles = ROLE_SUPERVISOR,
					   .teams = "[]" };
	static const int64_t served[] = { 13, 19, 27, 32, 36, 40, 48, 52 };
	struct teller *teller = *state;
	SCOPED(char_freep) char *path = data_path("screens/funders/maple.ini");
	struct made made;

	(void)book_make(teller->book, "team", "name", "East", NULL);
	for (size_t i = 0; i < COUNT(served); i++)
		book_change(teller->book, "person", served[i], "team", "1");
	make_with(teller, path, &walled, &made);
	assert_int_equal(made.file.unseen, 10);
	assert_int_equal(made.file.rows, 0);
	made_done(&made);
	assert_true(service_file_may(&walled));
	assert_false(service_file_may(
	    &(struct record_who){ .roles = ROLE_COORDINATOR | ROLE_WORKER }));
}

static void a_workbook_holds_texts_and_only_the_funders_columns(void **state)
{
	struct teller *teller = *state;
	SCOPED(char_freep)
	char *path = folder_file(teller->book->folder, "s.xlsx");
	SCOPED(package_freep) struct package *package = NULL;
	SCOPED(char_freep) char *text = NULL;
	struct findings findings = { 0 };
	struct bytes bytes = { 0 }, part = { 0 };
	struct made made;

	make(teller, "maple.ini", &made);
	assert_int_equal(service_file_workbook(&made.file, SERVICE_ROWS,
					       &teller->wording, path),
			 FAULT_NONE);
	assert_int_equal(file_read(path, 1 << 20, &bytes), FAULT_NONE);
	assert_int_equal(package_open("s.xlsx", bytes.data, bytes.length,
				      &findings, &package),
			 FAULT_NONE);
	assert_int_equal(
	    package_read(package, "xl/worksheets/sheet1.xml", &part),
	    FAULT_NONE);
	text = bytes_take_text(&part);
	assert_non_null(strstr(text, "ref=\"A1:L8\""));
	assert_null(strstr(text, "<f>"));
	bytes_done(&bytes);
	made_done(&made);
}

int main(void)
{
	/* One agency for all that ask of it; the last walls it off. */
	const struct CMUnitTest of_pilot[] = {
		cmocka_unit_test(a_row_a_service_as_the_funder_names_things),
		cmocka_unit_test(
		    what_would_be_rejected_says_whose_and_how_to_mend),
		cmocka_unit_test(as_json_each_column_says_what_it_is),
		cmocka_unit_test(
		    a_summary_counts_programs_and_names_what_is_rejected),
		cmocka_unit_test(
		    counted_without_a_name_are_those_who_agreed_to_that),
		cmocka_unit_test(
		    a_workbook_holds_texts_and_only_the_funders_columns),
		cmocka_unit_test(whom_nobody_may_see_is_left_out),
	};
	const struct CMUnitTest tests[] = {
		WITH_TELLER(lengths_days_and_guarded_things_are_looked_at),
	};

	return cmocka_run_group_tests(of_pilot, open_pilot, teller_close) ||
	       cmocka_run_group_tests(tests, NULL, NULL);
}
