#include "text/rows.h"

#include <string.h>

#include "base/bytes.h"
#include "base/spreadsheet.h"
#include "tests/test.h"

static enum fault read(const char *text, struct rows *rows, char **finding)
{
	struct findings findings = { 0 };
	enum fault fault =
	    rows_read("people.csv", text, strlen(text), &findings, rows);

	*finding = findings.count ? xstrdup(findings.list[0].line) : NULL;
	findings_done(&findings);
	return fault;
}

static void tables_are_read_as_programs_write_them(void **state)
{
	static const struct {
		const char *text;
		size_t columns, count;
		const char *name; /* the last row's cell of "name" */
	} cases[] = {
		{ "id,name\n1,Selam\n", 2, 1, "Selam" },
		{ "\xEF\xBB\xBFid;name\r\n1;\"a;\"\"b\"\"\r\nc\"\r\n", 2, 1,
		  "a;\"b\"\r\nc" },
		{ "id\tname\n1\tسلام\n2\t\n", 2, 2, "" },
		{ "id,name\n1\n", 2, 1, "" },
		{ "id,name\n1,Ann,,\n", 2, 1, "Ann" },
		{ "id,name\n1,'=1+1\n", 2, 1, "=1+1" },
		{ "id,name\n1,'twas\n", 2, 1, "'twas" },
		{ "id,name", 2, 0, NULL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct rows rows;
		SCOPED(char_freep) char *finding = NULL;

		assert_int_equal(read(cases[i].text, &rows, &finding),
				 FAULT_NONE);
		assert_int_equal(rows.column_count, cases[i].columns);
		assert_int_equal(rows.count, cases[i].count);
		if (cases[i].name)
			assert_string_equal(
			    rows_cell(&rows, rows.count - 1, "name"),
			    cases[i].name);
		rows_done(&rows);
	}
}

static void what_is_no_table_is_refused_by_its_place(void **state)
{
	static const struct {
		const char *text, *says;
	} cases[] = {
		{ "", "the first row names the columns" },
		{ "id,id\n", "column id: two columns have the same name" },
		{ ",\n", "columns without a name" },
		{ "id,name\n1,\"open\n", "row 2" },
		{ "id,name\n1,\xFFx\n", "row 2, column name: not UTF-8" },
		{ "id,name\n1,a,b\n", "row 2" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct rows rows;
		SCOPED(char_freep) char *finding = NULL;

		assert_int_equal(read(cases[i].text, &rows, &finding),
				 FAULT_FORMAT);
		if (!strstr(finding, cases[i].says))
			print_error("%s\n", finding);
		assert_non_null(strstr(finding, cases[i].says));
		assert_int_equal(rows.count, 0);
	}
}

static void what_is_written_is_read_again(void **state)
{
	static const char *const cells[] = {
		"=cmd|' /C calc'!A0",
		"+14165551234",
		"-12.50",
		"@SUM(A1)",
		"-2+3",
		"ሰላም",
		"a,\"b\"\n",
		"",
	};
	struct bytes out = { 0 };
	struct rows rows;
	struct findings findings = { 0 };

	(void)state;
	spreadsheet_begin(&out);
	spreadsheet_cell(&out, "text");
	spreadsheet_end_row(&out);
	for (size_t i = 0; i < COUNT(cells); i++) {
		spreadsheet_cell(&out, cells[i]);
		spreadsheet_end_row(&out);
	}
	assert_non_null(strstr((char *)out.data, "\"'=cmd"));
	assert_non_null(strstr((char *)out.data, "\"'-2+3"));
	assert_non_null(strstr((char *)out.data, "\"-12.50"));
	assert_int_equal(
	    rows_read("x.csv", out.data, out.length, &findings, &rows),
	    FAULT_NONE);
	for (size_t i = 0; i < COUNT(cells); i++)
		assert_string_equal(rows_cell(&rows, i, "text"), cells[i]);
	rows_done(&rows);
	bytes_done(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tables_are_read_as_programs_write_them),
		cmocka_unit_test(what_is_no_table_is_refused_by_its_place),
		cmocka_unit_test(what_is_written_is_read_again),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
