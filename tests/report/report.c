#include "report/report.h"

#include <jansson.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/memory.h"
#include "report/report_write.h"
#include "tests/support/folder.h"
#include "tests/support/paged.h"
#include "tests/support/teller.h"
#include "tests/test.h"
#include "xlsform/package.h"

/* Two referrals for housing with their marks, and one for work. */
static void fill(struct book *book)
{
	(void)book_make(book, "person", NULL);
	(void)book_make(book, "referral", "person", "1", "direction", "out",
			"need", "HOU", "elsewhere", "=Red Cross",
			"rating_person", "4", NULL);
	(void)book_make(book, "referral", "person", "1", "direction", "out",
			"need", "HOU", "elsewhere", "=Red Cross",
			"rating_person", "5", NULL);
	(void)book_make(book, "referral", "person", "1", "direction", "in",
			"need", "EMP", "from", "school", NULL);
}

struct read {
	struct period period;
	struct report_about about;
	struct reported reported;
};

static void read_one(struct teller *teller, const char *name, struct read *read)
{
	fill(teller->book);
	assert_int_equal(
	    period_read("2026-11", "2026-11", BOOK_NOW, &read->period),
	    PERIOD_READ);
	read->about = (struct report_about){ .agency = "Elm \"House\"",
					     .period = &read->period,
					     .wording = &teller->wording };
	assert_int_equal(report_read(&teller->wording, report_find(name),
				     &read->period, &read->reported),
			 FAULT_NONE);
}

static void every_report_has_its_words_and_tables(void **state)
{
	struct teller *teller = *state;
	size_t tables = 0;

	for (size_t i = 0; i < report_count(); i++) {
		const struct report *report = report_at(i);
		SCOPED(char_freep)
		char *title = report_title(&teller->wording, report);

		assert_ptr_equal(report_find(report->name), report);
		assert_string_not_equal(title, report->name);
		for (size_t j = 0; j < REPORT_TABLES && report->tables[j];
		     j++, tables++)
			assert_non_null(tally_find(report->tables[j]));
	}
	/* No table of counts is left out of every report. */
	assert_int_equal(tables, tally_count());
	assert_null(report_find("nothing"));
}

static void every_word_of_every_table_is_there(void **state)
{
	struct teller *teller = *state;

	for (size_t i = 0; i < tally_count(); i++) {
		struct figures figures;
		const struct tally_period period = {
			.first = "2026-01-01",
			.last = "2026-12-31",
			.today = "2026-11-21",
		};

		assert_int_equal(figures_read(&teller->wording, tally_at(i),
					      &period, &figures),
				 FAULT_NONE);
		assert_string_not_equal(figures.title, tally_at(i)->name);
		assert_string_not_equal(figures.means, "means");
		for (size_t j = 0; j < figures.width; j++)
			assert_string_not_equal(figures.heads[j],
						tally_at(i)->columns[j].name);
		figures_done(&figures);
	}
}

static void totals_are_of_rows_that_may_be_added(void **state)
{
	struct teller *teller = *state;
	struct read read;

	read_one(teller, "referrals", &read);
	/* Referrals by need: EMP 1 and HOU 2. */
	assert_int_equal(read.reported.tables[3].rows, 2);
	assert_int_equal(read.reported.tables[3].totals[1].number, 3);
	/* Neither names nor means. */
	assert_null(read.reported.tables[3].totals[0].value);
	assert_null(read.reported.tables[4].totals[2].value);
	reported_done(&read.reported);

	/* Who is new and returns counts in several months. */
	read_one(teller, "returning", &read);
	assert_null(read.reported.tables[0].totals);
	reported_done(&read.reported);
}

static void a_column_can_be_taken_out(void **state)
{
	struct teller *teller = *state;
	struct figures *feedback;
	struct read read;

	read_one(teller, "referrals", &read);
	feedback = &read.reported.tables[4];
	figures_drop(feedback, 2);
	assert_int_equal(feedback->width, 4);
	assert_string_equal(feedback->columns[2]->name, "agencies");
	assert_string_equal(feedback->heads[2], "Marks by agencies");
	assert_int_equal(figures_at(feedback, 0, 1)->number, 2);
	assert_string_equal(figures_at(feedback, 0, 2)->words, "0");
	assert_int_equal(feedback->totals[1].number, 2);
	reported_done(&read.reported);
}

static void a_spreadsheet_shows_words_and_runs_nothing(void **state)
{
	struct teller *teller = *state;
	struct bytes csv = { 0 };
	struct read read;
	SCOPED(char_freep) char *text = NULL;

	read_one(teller, "referrals", &read);
	report_csv(&read.reported, &read.about, &csv);
	text = bytes_take_text(&csv);
	assert_non_null(strstr(text,
			       "\"Referrals\",\"2026-11-01 – 2026-11-30\"\r\n"
			       "\"Elm \"\"House\"\"\"\r\n"));
	assert_non_null(strstr(text, "\"We refer\",\"Proposed\",\"2\"\r\n"));
	assert_non_null(strstr(text, "\"'=Red Cross\",\"2\""));
	assert_non_null(strstr(text, "\"4.5\",\"0\",\"\"\r\n"));
	reported_done(&read.reported);
}

static void json_has_numbers_codes_and_what_they_mean(void **state)
{
	struct teller *teller = *state;
	struct bytes bytes = { 0 };
	struct read read;
	SCOPED(char_freep) char *text = NULL;
	const char *name, *report, *need;
	json_int_t people, sum;
	double mean;
	json_t *whole, *table;

	read_one(teller, "referrals", &read);
	report_json(&read.reported, &read.about, &bytes);
	text = bytes_take_text(&bytes);
	whole = json_loads(text, 0, NULL);
	assert_non_null(whole);
	assert_int_equal(json_unpack(whole, "{s:s}", "report", &report), 0);
	assert_string_equal(report, "referrals");
	table = json_array_get(json_object_get(whole, "tables"), 4);
	assert_int_equal(json_unpack(table,
				     "{s:s, s:[[s, I, f, I, n]], s:[n, I, n]}",
				     "name", &name, "rows", &need, &people,
				     &mean, &(json_int_t){ 0 }, "totals", &sum),
			 0);
	assert_string_equal(name, "referral-feedback");
	assert_string_equal(need, "HOU");
	assert_int_equal(people, 2);
	assert_int_equal((int)(mean * 10), 45);
	assert_int_equal(sum, 2);
	json_decref(whole);
	reported_done(&read.reported);
}

/* They tell how things stand, whichever days were asked for. */
static void what_is_of_today_says_so_wherever_it_is_shown(void **state)
{
	static const struct {
		const char *report, *table;
	} todays[] = {
		{ "stream", "streams" },
		{ "stream", "stream-clock" },
		{ "stream", "caseload" },
		{ "referrals", "referrals-by-age" },
		{ "sponsors", "sponsor-cases" },
		{ "quality", "quality-missing" },
		{ "quality", "quality-found" },
	};
	struct teller *teller = *state;
	size_t count = 0;

	for (size_t i = 0; i < tally_count(); i++)
		count += tally_at(i)->as_of_now;
	assert_int_equal(count, COUNT(todays));
	for (size_t i = 0; i < COUNT(todays); i++) {
		const struct tally *tally = tally_find(todays[i].table);
		SCOPED(page_freep) struct page *page = NULL;
		SCOPED(char_freep) char *paper = NULL;
		SCOPED(char_freep) char *csv = NULL;
		SCOPED(char_freep) char *json = NULL;
		SCOPED(char_freep) char *title = NULL;
		SCOPED(char_freep) char *named = NULL;
		struct bytes table = { 0 }, object = { 0 };
		struct read read;

		assert_true(tally->as_of_now);
		read_one(teller, todays[i].report, &read);
		title = xasprintf("tally.%s", todays[i].table);
		named = wording_or(&teller->wording, title, "");
		char_free(title);
		title = xasprintf("\"%s\",\"As of 2026-11-21, not over a "
				  "period\"\r\n",
				  named);
		report_csv(&read.reported, &read.about, &table);
		csv = bytes_take_text(&table);
		assert_non_null(strstr(csv, title));
		report_json(&read.reported, &read.about, &object);
		json = bytes_take_text(&object);
		assert_non_null(strstr(json, "\"as_of\":\"2026-11-21\""));
		page = report_page(&read.reported, &read.about, &teller->about);
		paper = paged(page);
		assert_non_null(strstr(paper, "As of 2026-11-21"));
		reported_done(&read.reported);
	}
}

static void a_page_says_what_was_counted(void **state)
{
	struct teller *teller = *state;
	SCOPED(page_freep) struct page *page = NULL;
	SCOPED(char_freep) char *text = NULL;
	struct read read;

	read_one(teller, "referrals", &read);
	page = report_page(&read.reported, &read.about, &teller->about);
	text = paged(page);
	assert_non_null(strstr(text, "2026-11-01 – 2026-11-30"));
	assert_non_null(strstr(text, "row: a week or less | 3 | 2 | 1\n"));
	assert_non_null(
	    strstr(text, "Marks from 1 to 5, of referrals that were begun"));
	reported_done(&read.reported);
}

static char *part_of(const struct bytes *file, const char *name)
{
	struct findings findings = { 0 };
	SCOPED(package_freep) struct package *package = NULL;
	struct bytes out = { 0 };

	assert_int_equal(package_open("r.xlsx", file->data, file->length,
				      &findings, &package),
			 FAULT_NONE);
	assert_int_equal(package_read(package, name, &out), FAULT_NONE);
	return bytes_take_text(&out);
}

static void a_workbook_has_a_sheet_and_a_chart_a_table(void **state)
{
	struct teller *teller = *state;
	SCOPED(char_freep)
	char *path = folder_file(teller->book->folder, "r.xlsx");
	SCOPED(char_freep) char *sheets = NULL;
	SCOPED(char_freep) char *first = NULL;
	SCOPED(char_freep) char *strings = NULL;
	SCOPED(char_freep) char *chart = NULL;
	struct bytes bytes = { 0 };
	struct stat about;
	struct read read;

	read_one(teller, "referrals", &read);
	assert_int_equal(report_workbook(&read.reported, 1, &read.about, path),
			 FAULT_NONE);
	assert_int_equal(stat(path, &about), 0);
	assert_int_equal(about.st_mode & 0777, 0600);
	assert_int_equal(file_read(path, 1 << 20, &bytes), FAULT_NONE);
	sheets = part_of(&bytes, "xl/workbook.xml");
	first = part_of(&bytes, "xl/worksheets/sheet1.xml");
	strings = part_of(&bytes, "xl/sharedStrings.xml");
	chart = part_of(&bytes, "xl/charts/chart1.xml");
	assert_non_null(strstr(sheets, "name=\"Referrals by state\""));
	assert_non_null(strstr(sheets, "name=\"Feedback on referrals\""));
	/* Numbers are numbers, and what looks like a formula is a text. */
	assert_non_null(strstr(first, "<v>2</v>"));
	assert_null(strstr(first, "<f>"));
	assert_non_null(strstr(strings, ">=Red Cross<"));
	assert_non_null(strstr(chart, "barChart"));
	bytes_done(&bytes);
	reported_done(&read.reported);
}

static void a_workbook_that_cannot_be_written_leaves_nothing(void **state)
{
	struct teller *teller = *state;
	SCOPED(char_freep)
	char *path = folder_file(teller->book->folder, "no/where/r.xlsx");
	struct read read;

	read_one(teller, "referrals", &read);
	assert_int_equal(report_workbook(&read.reported, 1, &read.about, path),
			 FAULT_SYSTEM);
	assert_false(file_exists(path));
	reported_done(&read.reported);
}

static void reports_are_for_supervisors_and_coordinators(void **state)
{
	static const struct {
		unsigned roles;
		bool may;
	} people[] = {
		{ 0, true },
		{ ROLE_SUPERVISOR, true },
		{ ROLE_COORDINATOR, true },
		{ ROLE_WORKER, false },
		{ ROLE_RECEPTION | ROLE_ADMINISTRATOR, false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(people); i++)
		assert_int_equal(report_may(&(struct record_who){
				     .roles = people[i].roles }),
				 people[i].may);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_TELLER(every_report_has_its_words_and_tables),
		WITH_TELLER(every_word_of_every_table_is_there),
		WITH_TELLER(totals_are_of_rows_that_may_be_added),
		WITH_TELLER(a_column_can_be_taken_out),
		WITH_TELLER(a_spreadsheet_shows_words_and_runs_nothing),
		WITH_TELLER(json_has_numbers_codes_and_what_they_mean),
		WITH_TELLER(what_is_of_today_says_so_wherever_it_is_shown),
		WITH_TELLER(a_page_says_what_was_counted),
		WITH_TELLER(a_workbook_has_a_sheet_and_a_chart_a_table),
		WITH_TELLER(a_workbook_that_cannot_be_written_leaves_nothing),
		cmocka_unit_test(reports_are_for_supervisors_and_coordinators),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
