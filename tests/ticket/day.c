#include "tests/test.h"

#include <string.h>

#include "base/memory.h"
#include "tests/support/slow.h"
#include "ticket/day.h"

static void days_are_counted_from_1970(void **state)
{
	static const struct {
		const char *text;
		int64_t day;
	} rows[] = {
		{ "1970-01-01", 0 },         { "1969-12-31", -1 },
		{ "2000-02-29", 11016 },     { "2000-03-01", 11017 },
		{ "1900-03-01", -25508 },    { "2026-11-22", 20779 },
		{ "0001-01-01", DAY_FIRST }, { "9999-12-31", DAY_LAST },
	};
	char text[DAY_TEXT];
	int64_t day;

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++) {
		assert_true(day_of_text(rows[i].text, &day));
		assert_int_equal(day, rows[i].day);
		day_text(rows[i].day, text);
		assert_string_equal(text, rows[i].text);
	}
}

static void every_day_reads_back(void **state)
{
	long step = 100 / loops(100);
	char text[DAY_TEXT], before[DAY_TEXT] = "";
	int64_t read;

	(void)state;
	for (int64_t day = DAY_FIRST; day <= DAY_LAST; day += 3 * step) {
		day_text(day, text);
		assert_true(strcmp(text, before) > 0);
		assert_true(day_of_text(text, &read));
		assert_int_equal(read, day);
		memcpy(before, text, sizeof before);
	}
}

static void what_is_no_day_is_refused(void **state)
{
	static const char *const rows[] = {
		"",
		"2026-02-29",
		"2026-13-01",
		"2026-00-10",
		"2026-01-00",
		"2026-01-32",
		"2026-1-1",
		"2026-01-1",
		"26-01-01",
		"0000-01-01",
		"2026-01-011",
		"2026/01/01",
		"2026-01-01T",
		"-026-01-01",
		"202--01-01",
		"1900-02-29",
	};
	int64_t day;

	(void)state;
	for (size_t i = 0; i < COUNT(rows); i++)
		assert_false(day_of_text(rows[i], &day));
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(days_are_counted_from_1970),
		cmocka_unit_test(every_day_reads_back),
		cmocka_unit_test(what_is_no_day_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
