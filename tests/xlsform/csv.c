#include "xlsform/csv.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "tests/support/folder.h"
#include "tests/support/logged.h"
#include "tests/test.h"

static enum fault read_text(const char *text, size_t length,
			    struct findings *findings, struct sheet *sheet)
{
	return csv_read("survey.csv", text, length, SHEET_SURVEY, findings,
			sheet);
}

static void delimiters_marks_and_line_ends_make_no_difference(void **state)
{
	static const char *const files[] = {
		"type,name\ntext,a\n",
		"type;name\ntext;a\n",
		"type\tname\ntext\ta\n",
		"\xef\xbb\xbftype,name\ntext,a\n",
		"type,name\r\ntext,a\r\n",
		"type,name\rtext,a\r",
		"type,name\ntext,a",
		"\"type\",\"name\"\n\"text\",\"a\"\n",
		" type , name \n text ,\xc2\xa0"
		"a\n",
		"\"type;x\",name\ntext,a\n",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(files); i++) {
		struct findings findings = { 0 };
		struct sheet sheet;

		assert_int_equal(
		    read_text(files[i], strlen(files[i]), &findings, &sheet),
		    FAULT_NONE);
		assert_int_equal(sheet.column_count, 2);
		assert_int_equal(sheet.row_count, 1);
		assert_int_equal(sheet.rows[0].number, 2);
		assert_string_equal(sheet.rows[0].cells[0], "text");
		assert_string_equal(sheet.rows[0].cells[1], "a");
		sheet_done(&sheet);
		findings_done(&findings);
	}
}

static void rows_are_counted_as_a_spreadsheet_counts_them(void **state)
{
	static const char file[] = "type,name\r\n"
				   "\r\n"
				   "text,a\r\n"
				   ",,\r\n"
				   "note,\"two\r\nlines\"\r\n"
				   "text,b\r\n";
	static const struct {
		int number;
		const char *name;
	} rows[] = { { 3, "a" }, { 5, "two\r\nlines" }, { 6, "b" } };
	static const char unix_file[] = "type,name\n\n\ntext,a\n";
	struct findings findings = { 0 };
	struct sheet sheet;

	(void)state;
	assert_int_equal(read_text(file, sizeof file - 1, &findings, &sheet),
			 FAULT_NONE);
	assert_int_equal(sheet.row_count, COUNT(rows));
	for (size_t i = 0; i < COUNT(rows); i++) {
		assert_int_equal(sheet.rows[i].number, rows[i].number);
		assert_string_equal(sheet.rows[i].cells[1], rows[i].name);
	}
	sheet_done(&sheet);
	assert_int_equal(
	    read_text(unix_file, sizeof unix_file - 1, &findings, &sheet),
	    FAULT_NONE);
	assert_int_equal(sheet.rows[0].number, 4);
	sheet_done(&sheet);
}

static void what_cannot_be_read_is_told_by_row_and_column(void **state)
{
	static const struct {
		const char *text;
		const char *line;
	} files[] = {
		{ "type,name\ntext,a\"b\n",
		  "survey.csv: row 2: a quote is astray; write \"\" for a "
		  "quote inside a quoted cell" },
		{ "type,name\n\"text,a\n",
		  "survey.csv: row 2: a quote is astray; write \"\" for a "
		  "quote inside a quoted cell" },
		{ "type,name\ntext,\xe9t\xe9\n",
		  "survey.csv: row 2, column name: not readable text; save "
		  "the sheet as \"CSV UTF-8\"" },
		{ "type,name\ntext,a\x07\n",
		  "survey.csv: row 2, column name: not readable text; save "
		  "the sheet as \"CSV UTF-8\"" },
		{ "type,name\ntext,a,b\n",
		  "survey.csv: row 2: more cells than there are titles; "
		  "put a text with a comma in it in double quotes" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(files); i++) {
		struct findings findings = { 0 };
		struct sheet sheet;

		assert_int_equal(read_text(files[i].text, strlen(files[i].text),
					   &findings, &sheet),
				 FAULT_FORMAT);
		assert_int_equal(findings.count, 1);
		assert_string_equal(findings.list[0].line, files[i].line);
		assert_null(sheet.columns);
		findings_done(&findings);
	}
}

static void a_zero_byte_is_no_text(void **state)
{
	static const char file[] = "type,name\ntext,a\0b\n";
	struct findings findings = { 0 };
	struct sheet sheet;

	(void)state;
	assert_int_equal(read_text(file, sizeof file - 1, &findings, &sheet),
			 FAULT_FORMAT);
	assert_int_equal(findings.errors, 1);
	findings_done(&findings);
}

static void what_is_too_large_is_refused(void **state)
{
	struct findings findings = { 0 };
	struct bytes file = { 0 };
	struct sheet sheet;

	(void)state;
	for (int i = 0; i <= SHEET_COLUMNS_LIMIT; i++)
		bytes_add_format(&file, "c%d,", i);
	assert_int_equal(
	    read_text((const char *)file.data, file.length, &findings, &sheet),
	    FAULT_LIMIT);
	assert_string_equal(findings.list[0].line,
			    "survey.csv: row 1: more than 500 columns");
	findings_done(&findings);

	bytes_done(&file);
	bytes_add_text(&file, "type\n");
	for (int i = 0; i <= SHEET_CELL_LIMIT; i++)
		bytes_add_byte(&file, 'x');
	assert_int_equal(
	    read_text((const char *)file.data, file.length, &findings, &sheet),
	    FAULT_LIMIT);
	assert_string_equal(findings.list[0].line,
			    "survey.csv: row 2, column type: more than 64 KiB "
			    "in one cell");
	findings_done(&findings);
	bytes_done(&file);
}

/* Titles are understood as keys and languages, or warned of. */
static void titles_are_known_by_all_their_names(void **state)
{
	static const struct {
		enum sheet_kind kind;
		const char *title, *key, *language;
	} titles[] = {
		{ SHEET_SURVEY, "Type", "type", NULL },
		{ SHEET_SURVEY, "relevance", "relevant", NULL },
		{ SHEET_SURVEY, "Constraint Message", "constraint_message",
		  NULL },
		{ SHEET_SURVEY, "bind::relevant", "relevant", NULL },
		{ SHEET_SURVEY, "read_only", "readonly", NULL },
		{ SHEET_SURVEY, "calculate", "calculation", NULL },
		{ SHEET_SURVEY, "jr:count", "repeat_count", NULL },
		{ SHEET_SURVEY, "media::image", "image", NULL },
		{ SHEET_SURVEY, "media::image::French (fr)", "image",
		  "French (fr)" },
		{ SHEET_SURVEY, "label::English (en)", "label",
		  "English (en)" },
		{ SHEET_SURVEY, "label:English", "label", "English" },
		{ SHEET_SURVEY, "Label :: Dari (prs)", "label", "Dari (prs)" },
		{ SHEET_SURVEY, "bind::jr:constraintMsg::French",
		  "constraint_message", "French" },
		{ SHEET_SURVEY, "bind::foyer:bytes", "bind::foyer:bytes",
		  NULL },
		{ SHEET_SURVEY, "BIND::jr:preloadParams",
		  "bind::jr:preloadParams", NULL },
		{ SHEET_CHOICES, "list name", "list_name", NULL },
		{ SHEET_CHOICES, "value", "name", NULL },
		{ SHEET_CHOICES, "Segment", "Segment", NULL },
		{ SHEET_SETTINGS, "set form id", "form_id", NULL },
		{ SHEET_SETTINGS, "omit_instanceID", "omit_instanceid", NULL },
		{ SHEET_ENTITIES, "dataset", "list_name", NULL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(titles); i++) {
		struct findings findings = { 0 };
		struct sheet sheet;

		assert_int_equal(csv_read("x.csv", titles[i].title,
					  strlen(titles[i].title),
					  titles[i].kind, &findings, &sheet),
				 FAULT_NONE);
		assert_int_equal(findings.count, 0);
		assert_string_equal(sheet.columns[0].key, titles[i].key);
		if (titles[i].language)
			assert_string_equal(sheet.columns[0].language,
					    titles[i].language);
		else
			assert_null(sheet.columns[0].language);
		sheet_done(&sheet);
	}
}

static void a_title_that_nobody_knows_is_warned_of(void **state)
{
	static const char file[] =
	    "type,name,relevent,label,label\ntext,a,,,\n";
	struct findings findings = { 0 };
	struct sheet sheet;

	(void)state;
	assert_int_equal(read_text(file, sizeof file - 1, &findings, &sheet),
			 FAULT_NONE);
	assert_int_equal(findings.count, 2);
	assert_int_equal(findings.list[0].level, FINDING_WARNING);
	assert_string_equal(findings.list[0].line,
			    "survey.csv: row 1, column relevent: no such "
			    "column in survey; it is left out; did you mean "
			    "relevant?");
	assert_int_equal(findings.list[1].level, FINDING_ERROR);
	assert_string_equal(findings.list[1].line,
			    "survey.csv: row 1, column label: the same column "
			    "is there twice; remove one");
	sheet_done(&sheet);
	findings_done(&findings);
}

static void write_sheet(const char *folder, const char *name, const char *text)
{
	SCOPED(char_freep) char *path = folder_file(folder, name);

	assert_int_equal(file_write(path, text, strlen(text), 0600),
			 FAULT_NONE);
}

static void a_folder_is_read_whatever_the_letters_of_its_names(void **state)
{
	SCOPED(folder_freep) char *folder = folder_new();
	struct findings findings = { 0 };
	struct sheets sheets;

	(void)state;
	write_sheet(folder, "Survey.CSV", "type,name\ntext,a\n");
	write_sheet(folder, "choices.csv", "list_name,name\nx,y\n");
	assert_int_equal(csv_read_folder(folder, &findings, &sheets),
			 FAULT_NONE);
	assert_string_equal(sheets.of[SHEET_SURVEY].file, "Survey.CSV");
	assert_int_equal(sheets.of[SHEET_CHOICES].row_count, 1);
	assert_null(sheets.of[SHEET_SETTINGS].file);
	assert_null(sheets.of[SHEET_ENTITIES].columns);
	sheets_done(&sheets);
}

static void a_folder_that_is_not_there_is_said(void **state)
{
	struct findings findings = { 0 };
	struct sheets sheets;

	(void)state;
	logged_start();
	assert_int_equal(csv_read_folder("/no/such/folder", &findings, &sheets),
			 FAULT_SYSTEM);
	assert_string_equal(logged(),
			    "/no/such/folder: No such file or directory\n");
	logged_stop();
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    delimiters_marks_and_line_ends_make_no_difference),
		cmocka_unit_test(rows_are_counted_as_a_spreadsheet_counts_them),
		cmocka_unit_test(what_cannot_be_read_is_told_by_row_and_column),
		cmocka_unit_test(a_zero_byte_is_no_text),
		cmocka_unit_test(what_is_too_large_is_refused),
		cmocka_unit_test(titles_are_known_by_all_their_names),
		cmocka_unit_test(a_title_that_nobody_knows_is_warned_of),
		cmocka_unit_test(
		    a_folder_is_read_whatever_the_letters_of_its_names),
		cmocka_unit_test(a_folder_that_is_not_there_is_said),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
