#include "base/spreadsheet.h"

#include "tests/test.h"

static void rows_are_csv_that_keeps_every_sign(void **state)
{
	struct bytes out = { 0 };

	(void)state;
	spreadsheet_begin(&out);
	spreadsheet_cell(&out, "id");
	spreadsheet_cell(&out, "a, \"b\"\nc");
	spreadsheet_end_row(&out);
	spreadsheet_cell(&out, NULL);
	spreadsheet_cell(&out, "ሰላም");
	spreadsheet_end_row(&out);
	bytes_add_byte(&out, 0);
	assert_string_equal((char *)out.data,
			    "\xEF\xBB\xBF\"id\",\"a, \"\"b\"\"\nc\"\r\n"
			    "\"\",\"ሰላም\"\r\n");
	bytes_done(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(rows_are_csv_that_keeps_every_sign),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
