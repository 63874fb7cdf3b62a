#include "xlsform/xlsx.h"
#include "xlsform/legend.h"

#include <stdlib.h>
#include <string.h>

#include "tests/support/workbook.h"
#include "tests/test.h"

/* What the workbook's sheets are; the caller releases both. */
static enum fault read(const struct workbook *workbook,
		       struct findings *findings, struct sheets *sheets)
{
	struct bytes bytes = { 0 };

	workbook_make(workbook, &bytes);
	enum fault fault =
	    xlsx_read("f.xlsx", bytes.data, bytes.length, findings, sheets);

	assert_true(xlsx_is(bytes.data, bytes.length));
	bytes_done(&bytes);
	return fault;
}

/* Asserts that reading a workbook finds this alone; NULL: nothing. */
static void finds(const struct workbook *workbook, enum fault fault,
		  const char *line)
{
	struct findings findings = { 0 };
	struct sheets sheets;

	assert_int_equal(read(workbook, &findings, &sheets), fault);
	assert_int_equal(findings.count, line ? 1 : 0);
	if (line)
		assert_string_equal(findings.list[0].line, line);
	findings_done(&findings);
	sheets_done(&sheets);
}

#define STRINGS                                                          \
	"<si><t>plain</t></si>"                                          \
	"<si><r><t>two</t></r><r><rPr><b/></rPr><t xml:space="           \
	"\"preserve\"> runs</t></r><rPh sb=\"0\" eb=\"1\"><t>spoken</t>" \
	"</rPh></si><si/>"
/* 0: none, 1: a day, 2: a time, 3: both, 4 and 5: of its own, 6: no date */
#define FORMATS                                                                \
	"<numFmts><numFmt numFmtId=\"164\" formatCode=\"[$-409]dd/mm/yyyy;@\"" \
	"/><numFmt numFmtId=\"165\" formatCode=\"[h]:mm\"/>"                   \
	"<numFmt numFmtId=\"166\" formatCode=\"0 &quot;days&quot;\"/>"         \
	"</numFmts><cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"         \
	"<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/>"                   \
	"<xf numFmtId=\"20\"/><xf numFmtId=\"22\"/><xf numFmtId=\"164\"/>"     \
	"<xf numFmtId=\"165\"/><xf numFmtId=\"166\"/></cellXfs>"

static void a_cell_says_what_a_person_sees_in_it(void **state)
{
	static const struct {
		const char *cell, *text;
	} cells[] = {
		{ "<c t=\"s\"><v>0</v></c>", "plain" },
		{ "<c t=\"s\"><v>1</v></c>", "two runs" },
		{ "<c t=\"s\"><v>2</v></c>", "" },
		{ "<c t=\"inlineStr\"><is><t> here </t></is></c>", "here" },
		{ "<c t=\"inlineStr\"><is><r><t>a</t></r><r><t>b</t></r></is>"
		  "</c>",
		  "ab" },
		{ "<c t=\"inlineStr\"><is><t>_x004_x0041_x_x0041</t></is></c>",
		  "_x004A"
		  "x_x0041" },
		{ "<c t=\"inlineStr\"><is><t>_x0041__x00e9_ _x12</t></is></c>",
		  "A\xc3\xa9 _x12" },
		{ "<c t=\"str\"><f>A1</f><v>worked out</v></c>", "worked out" },
		{ "<c t=\"str\"><f>A1</f><v></v></c>", "" },
		{ "<c t=\"d\"><v>2024-01-31</v></c>", "2024-01-31" },
		{ "<c t=\"b\"><v>1</v></c>", "TRUE" },
		{ "<c t=\"b\"><v>0</v></c>", "FALSE" },
		{ "<c><v>1.0</v></c>", "1" },
		{ "<c t=\"n\"><v>18</v></c>", "18" },
		{ "<c><v>-0.5</v></c>", "-0.5" },
		{ "<c><v>1.1000000000000001</v></c>", "1.1" },
		{ "<c><v>1E-3</v></c>", "0.001" },
		{ "<c><v>1.23E+5</v></c>", "123000" },
		{ "<c s=\"6\"><v>3</v></c>", "3" },
		{ "<c s=\"1\"><v>45322</v></c>", "2024-01-31" },
		{ "<c s=\"1\"><v>1</v></c>", "1900-01-01" },
		{ "<c s=\"1\"><v>59</v></c>", "1900-02-28" },
		{ "<c s=\"1\"><v>61</v></c>", "1900-03-01" },
		{ "<c s=\"1\"><v>-3</v></c>", "-3" },
		{ "<c s=\"2\"><v>0.5</v></c>", "12:00:00" },
		{ "<c s=\"2\"><v>0</v></c>", "00:00:00" },
		{ "<c s=\"3\"><v>45322.75</v></c>", "2024-01-31T18:00:00" },
		{ "<c s=\"3\"><v>45322.9999999999</v></c>", "2024-02-01" },
		{ "<c s=\"4\"><v>45322</v></c>", "2024-01-31" },
		{ "<c s=\"5\"><v>0.0625</v></c>", "01:30:00" },
		{ "<c s=\"99\"><v>45322</v></c>", "45322" },
		{ "<c s=\"1\"/>", "" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cells); i++) {
		SCOPED(char_freep)
		char *rows =
		    xasprintf("<row><c t=\"inlineStr\"><is><t>type</t></is>"
			      "</c><c t=\"inlineStr\"><is><t>name</t></is></c>"
			      "</row><row>%s<c r=\"B2\"><v>7</v></c></row>",
			      cells[i].cell);
		struct findings findings = { 0 };
		struct sheets sheets;

		assert_int_equal(
		    read(&(struct workbook){ .sheets = { { "survey", rows } },
					     .strings = STRINGS,
					     .formats = FORMATS },
			 &findings, &sheets),
		    FAULT_NONE);
		assert_string_equal(sheets.of[SHEET_SURVEY].rows[0].cells[0],
				    cells[i].text);
		assert_string_equal(sheets.of[SHEET_SURVEY].rows[0].cells[1],
				    "7");
		assert_int_equal(findings.count, 0);
		sheets_done(&sheets);
	}
}

static void old_macs_count_days_from_1904(void **state)
{
	struct findings findings = { 0 };
	struct sheets sheets;

	(void)state;
	assert_int_equal(
	    read(
		&(struct workbook){
		    .sheets = { { "survey",
				  "<row><c t=\"inlineStr\"><is><t>type</t>"
				  "</is></c></row><row><c s=\"1\"><v>1</v>"
				  "</c></row>" } },
		    .formats = FORMATS,
		    .properties = "date1904=\"1\"" },
		&findings, &sheets),
	    FAULT_NONE);
	assert_string_equal(sheets.of[SHEET_SURVEY].rows[0].cells[0],
			    "1904-01-02");
	sheets_done(&sheets);
}

static void sheets_are_known_by_name_in_any_case(void **state)
{
	struct findings findings = { 0 };
	struct sheets sheets;

	(void)state;
	assert_int_equal(
	    read(
		&(struct workbook){
		    .sheets = { { "Notes", "anything,at all\n" },
				{ "CHOICES ", "List Name,name\nl,x\n" },
				{ "Settings", "form_id\nf\n" },
				{ "Survey", "Type,Name\ntext,a\n" } } },
		&findings, &sheets),
	    FAULT_NONE);
	assert_int_equal(findings.count, 0);
	assert_string_equal(sheets.of[SHEET_SURVEY].file, "sheet Survey");
	assert_string_equal(sheets.of[SHEET_SURVEY].columns[1].key, "name");
	assert_string_equal(sheets.of[SHEET_CHOICES].columns[0].key,
			    "list_name");
	assert_string_equal(sheets.of[SHEET_SETTINGS].rows[0].cells[0], "f");
	assert_null(sheets.of[SHEET_ENTITIES].file);
	sheets_done(&sheets);
}

#define CELL(at, text) \
	"<c r=\"" at "\" t=\"inlineStr\"><is><t>" text "</t></is></c>"

static void rows_and_cells_stand_where_they_say(void **state)
{
	struct findings findings = { 0 };
	struct sheets sheets;

	(void)state;
	assert_int_equal(
	    read(
		&(struct workbook){
		    .sheets = { { "survey",
				  "<row r=\"2\">" CELL("A2", "type") CELL(
				      "C2",
				      "name") "<c r=\"D2\" s=\"1\"/>"
					      "</row><row r=\"3\"/>"
					      "<row r=\"7\">" CELL("C7", "a") CELL(
						  "F7",
						  "a remark") "</row>"
							      "<row>" CELL(
								  "A8",
								  "text") "</"
									  "row"
									  ">" } } },
		&findings, &sheets),
	    FAULT_NONE);
	const struct sheet *survey = &sheets.of[SHEET_SURVEY];

	assert_int_equal(survey->column_count, 3);
	assert_int_equal(survey->row_count, 2);
	assert_int_equal(survey->rows[0].number, 7);
	assert_string_equal(survey->rows[0].cells[0], "");
	assert_string_equal(survey->rows[0].cells[2], "a");
	assert_int_equal(survey->rows[1].number, 8);
	assert_string_equal(survey->rows[1].cells[0], "text");
	assert_int_equal(findings.count, 0);
	sheets_done(&sheets);
}

#define TITLES                                                \
	"<row r=\"1\">" CELL("A1", "type") CELL("B1", "name") \
	    CELL("C1", "relevant") "</row>"

static void what_a_person_does_not_see_is_warned_of(void **state)
{
	static const struct {
		const char *rows, *behind, *line;
	} sheets[] = {
		{ TITLES
		  "<row r=\"2\" hidden=\"1\">" CELL("A2", "text") "</row>",
		  NULL,
		  "sheet survey: row 2: this row is hidden in the spreadsheet "
		  "and counts all the same; delete it if it should not" },
		{ TITLES "<row r=\"2\" hidden=\"true\">" CELL(
		      "A2", "text") "</row><row r=\"3\" hidden=\"1\"/>"
				    "<row r=\"4\" hidden=\"1\">" CELL(
					"A4", "text") "</row>",
		  NULL,
		  "sheet survey: row 2: this row and 1 below it are hidden in "
		  "the spreadsheet and count all the same; delete them if they "
		  "should not" },
		{ TITLES "<row r=\"2\">" CELL(
		      "C2", "1 = 2") "</row>"
				     "<row r=\"3\">" CELL("A3",
							  "text") "</row>",
		  "<mergeCells><mergeCell ref=\"C2:C3\"/></mergeCells>",
		  "sheet survey: row 2, column relevant: the cells C2:C3 are "
		  "merged: only the first of them says this, the others count "
		  "as empty; unmerge them and write it in each that should" },
		{ TITLES "<row r=\"2\">" CELL("A2", "text") "</row>",
		  "<mergeCells><mergeCell ref=\"B2:C9\"/>"
		  "<mergeCell ref=\"X2:Y2\"/><mergeCell ref=\"A90:A91\"/>"
		  "<mergeCell/></mergeCells>",
		  NULL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(sheets); i++)
		finds(
		    &(struct workbook){ .sheets = { { "survey", sheets[i].rows,
						      sheets[i].behind } } },
		    FAULT_NONE, sheets[i].line);
}

/* The first cell of each row, and of rows that are not there. */
static void merged_cells_are_found_in_any_row(void **state)
{
	struct bytes rows = { 0 }, behind = { 0 };
	struct findings findings = { 0 };
	struct sheets sheets;

	(void)state;
	bytes_add_text(&rows, TITLES);
	bytes_add_text(&behind, "<mergeCells><mergeCell ref=\"A1:A2\"/>"
				"<mergeCell ref=\"A99:A100\"/>");
	for (int i = 9; i > 1; i--) {
		bytes_add_format(&rows,
				 "<row r=\"%d\">" CELL("A%d", "text") "</row>",
				 3 * (11 - i), 3 * (11 - i));
		bytes_add_format(&behind,
				 "<mergeCell ref=\"A%d:B%d\"/>"
				 "<mergeCell ref=\"A%d:B%d\"/>",
				 3 * i, 3 * i, 3 * i + 1, 3 * i + 1);
	}
	bytes_add_text(&behind, "</mergeCells>");
	assert_int_equal(
	    read(&(struct workbook){ .sheets = { { "survey", (char *)rows.data,
						   (char *)behind.data } } },
		 &findings, &sheets),
	    FAULT_NONE);
	assert_int_equal(findings.count, 8);
	for (int i = 0; i < 8; i++) {
		SCOPED(char_freep)
		char *start = xasprintf("sheet survey: row %d, column type: ",
					3 * (9 - i));

		assert_memory_equal(findings.list[i].line, start,
				    strlen(start));
	}
	findings_done(&findings);
	sheets_done(&sheets);
	bytes_done(&rows);
	bytes_done(&behind);
}

/* Each of a million beginnings of a hidden character is looked at once. */
static void a_long_text_of_beginnings_is_read_at_once(void **state)
{
	const size_t length = 1000000;
	SCOPED(char_freep) char *text = xcalloc(1, 2 * length + 1);

	(void)state;
	for (size_t i = 0; i < length; i++)
		memcpy(text + 2 * i, "_x", 2);
	legend_unhide(text);
	assert_int_equal(strlen(text), 2 * length);
}

static void what_cannot_be_read_names_its_cell(void **state)
{
	static const struct {
		const char *rows, *line;
	} sheets[] = {
		{ TITLES "<row r=\"2\"><c r=\"C2\" t=\"e\"><f>X</f><v>#NAME?"
			 "</v></c></row>",
		  "sheet survey: row 2, column relevant: the formula in this "
		  "cell fails (#NAME?); write its result instead" },
		{ TITLES "<row r=\"2\"><c r=\"C2\"><f>1+1</f></c></row>",
		  "sheet survey: row 2, column relevant: a formula that was "
		  "never worked out; open and save the file in the spreadsheet "
		  "program" },
		{ TITLES "<row r=\"3\"><c r=\"C3\" t=\"s\"><v>9</v></c></row>",
		  "sheet survey: row 3, column relevant: a text is missing "
		  "from "
		  "the file; save it again as .xlsx in the spreadsheet "
		  "program" },
		{ TITLES "<row r=\"3\"/><row r=\"2\"/>",
		  "sheet survey: row 4, column type: rows are out of order; "
		  "save the file again as .xlsx" },
		{ TITLES "<row r=\"2\">" CELL("B2", "a")
		      CELL("A2", "b") "</row>",
		  "sheet survey: row 2, column relevant: two cells in one "
		  "place; save the file again as .xlsx" },
		{ TITLES "<row r=\"2\">" CELL("B2", "_x0001_") "</row>",
		  "sheet survey: row 2, column name: holds a character that no "
		  "text may have; write the cell anew" },
		{ "<row r=\"1\">" CELL("ZZZ1", "type") "</row>",
		  "sheet survey: row 1: more than 500 columns" },
		{ "<row", "f.xlsx: damaged; save it again as .xlsx in the "
			  "spreadsheet program" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(sheets); i++)
		finds(&(struct workbook){ .sheets = { { "survey",
							sheets[i].rows } } },
		      i == 6 ? FAULT_LIMIT : FAULT_FORMAT, sheets[i].line);
}

static void a_workbook_without_the_sheet_tells_what_it_has(void **state)
{
	(void)state;
	finds(&(struct workbook){ .sheets = { { "Sheet1", "a\n" },
					      { "My list", "a\n" } } },
	      FAULT_FORMAT,
	      "f.xlsx: has no sheet called survey, which holds the questions; "
	      "it has: Sheet1, My list; rename the one that does");
}

/* --- files that mean harm ------------------------------------------------- */

static void refuses(const void *bytes, size_t length, enum fault fault,
		    const char *line)
{
	struct findings findings = { 0 };
	struct sheets sheets;

	assert_int_equal(xlsx_read("f.xlsx", bytes, length, &findings, &sheets),
			 fault);
	assert_int_equal(findings.count, 1);
	assert_string_equal(findings.list[0].line, line);
	findings_done(&findings);
	sheets_done(&sheets);
}

static void what_is_no_workbook_says_what_to_save(void **state)
{
	static const char old[] = "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and more";
	static const struct workbook_part text = { "mimetype", "ods", 3 };
	struct bytes other = { 0 };

	(void)state;
	assert_true(xlsx_is(old, strlen(old)));
	assert_false(xlsx_is("PK", 2));
	assert_false(xlsx_is("type,name\n", 10));
	refuses(old, strlen(old), FAULT_FORMAT,
		"f.xlsx: an old .xls file, or one with a password; save it as "
		".xlsx, without a password");
	refuses("PK\x03\x04 cut off", 12, FAULT_FORMAT,
		"f.xlsx: damaged; save it again as .xlsx in the spreadsheet "
		"program");
	workbook_pack(&text, 1, &other);
	refuses(other.data, other.length, FAULT_FORMAT,
		"f.xlsx: not an Excel workbook; save it as .xlsx in the "
		"spreadsheet program");
	bytes_done(&other);
}

static void a_document_type_is_refused(void **state)
{
	static const char laughs[] =
	    "<!DOCTYPE r [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;\">"
	    "<!ENTITY c \"&b;&b;&b;&b;\">]><r>&c;</r>";
	struct workbook_part part = { "_rels/.rels", laughs, strlen(laughs) };
	struct bytes bytes = { 0 };

	(void)state;
	workbook_pack(&part, 1, &bytes);
	refuses(bytes.data, bytes.length, FAULT_FORMAT,
		"f.xlsx: holds a document type, which no spreadsheet program "
		"writes; it is refused");
	bytes_done(&bytes);
}

/* A few thousand bytes that would fill the memory. */
static void a_bomb_does_not_go_off(void **state)
{
	static const size_t sizes[] = { 3 * 1024 * 1024, 40 * 1024 * 1024 };

	(void)state;
	for (size_t i = 0; i < COUNT(sizes); i++) {
		SCOPED(char_freep) char *blanks = xcalloc(1, sizes[i]);
		struct workbook_part part = { "_rels/.rels", blanks, sizes[i] };
		struct bytes bytes = { 0 };

		memset(blanks, ' ', sizes[i]);
		workbook_pack(&part, 1, &bytes);
		assert_true(bytes.length < sizes[i] / 100);
		refuses(bytes.data, bytes.length, FAULT_LIMIT,
			"f.xlsx: unpacked, it is far larger than a form can "
			"be; remove pictures and empty rows, and save it anew");
		bytes_done(&bytes);
	}
}

static void a_file_of_very_many_files_is_refused(void **state)
{
	struct workbook_part parts[2001];
	char *names[COUNT(parts)];
	struct bytes bytes = { 0 };

	(void)state;
	for (size_t i = 0; i < COUNT(parts); i++) {
		names[i] = xasprintf("%zu", i);
		parts[i] = (struct workbook_part){ names[i], "", 0 };
	}
	workbook_pack(parts, COUNT(parts), &bytes);
	refuses(bytes.data, bytes.length, FAULT_LIMIT,
		"f.xlsx: more than 2,000 files are packed in it");
	bytes_done(&bytes);
	for (size_t i = 0; i < COUNT(parts); i++)
		free(names[i]);
}

/* One long text, which every cell of many names again. */
static void one_text_told_often_is_counted_each_time(void **state)
{
	SCOPED(char_freep) char *text = xcalloc(1, 60001);
	struct bytes rows = { 0 };

	(void)state;
	memset(text, 'x', 60000);
	SCOPED(char_freep)
	char *strings = xasprintf("<si><t>%s</t></si>", text);

	bytes_add_text(&rows, TITLES);
	for (size_t i = 0; i < 150; i++)
		bytes_add_text(&rows, "<row><c t=\"s\"><v>0</v></c></row>");
	finds(&(struct workbook){ .sheets = { { "survey", (char *)rows.data } },
				  .strings = strings },
	      FAULT_LIMIT,
	      "sheet survey: row 141: more than 8 MiB of text up to here");
	bytes_done(&rows);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_cell_says_what_a_person_sees_in_it),
		cmocka_unit_test(old_macs_count_days_from_1904),
		cmocka_unit_test(sheets_are_known_by_name_in_any_case),
		cmocka_unit_test(rows_and_cells_stand_where_they_say),
		cmocka_unit_test(what_a_person_does_not_see_is_warned_of),
		cmocka_unit_test(merged_cells_are_found_in_any_row),
		cmocka_unit_test(a_long_text_of_beginnings_is_read_at_once),
		cmocka_unit_test(what_cannot_be_read_names_its_cell),
		cmocka_unit_test(
		    a_workbook_without_the_sheet_tells_what_it_has),
		cmocka_unit_test(what_is_no_workbook_says_what_to_save),
		cmocka_unit_test(a_document_type_is_refused),
		cmocka_unit_test(a_bomb_does_not_go_off),
		cmocka_unit_test(a_file_of_very_many_files_is_refused),
		cmocka_unit_test(one_text_told_often_is_counted_each_time),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
