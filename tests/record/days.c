#include "record/days.h"

#include "base/memory.h"
#include "tests/test.h"

static void months_end_where_there_is_no_such_day(void **state)
{
	static const struct {
		const char *day;
		int months;
		const char *then;
	} days[] = {
		{ "2026-01-15", 1, "2026-02-15" },
		{ "2026-01-31", 1, "2026-02-28" },
		{ "2024-01-31", 1, "2024-02-29" },
		{ "2026-08-31", 3, "2026-11-30" },
		{ "2026-11-30", 3, "2027-02-28" },
		{ "2026-03-31", -1, "2026-02-28" },
		{ "2026-11", 2, "2027-01-01" },
		{ "2026", 12, "2027-01-01" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(days); i++) {
		char out[DAYS_BYTES];

		days_months_after(days[i].day, days[i].months, out);
		assert_string_equal(out, days[i].then);
	}
}

static void days_lie_between_days(void **state)
{
	(void)state;
	assert_int_equal(days_between("2026-11-22", "2026-11-22"), 0);
	assert_int_equal(days_between("2026-02-28", "2026-03-01"), 1);
	assert_int_equal(days_between("2024-02-28", "2024-03-01"), 2);
	assert_int_equal(days_between("2026-03", "2026-02-27"), -2);
	assert_int_equal(days_between("1970-01-01", "2026"), 20454);
}

static void what_is_no_day_is_none(void **state)
{
	(void)state;
	assert_true(days_are("2026"));
	assert_true(days_are("2026-11"));
	assert_true(days_are("2026-11-22"));
	assert_false(days_are(""));
	assert_false(days_are("2026-"));
	assert_false(days_are("2026-1"));
	assert_false(days_are("2026-11-2"));
	assert_false(days_are("2026-11-22T"));
	assert_false(days_are("22-11-2026"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(months_end_where_there_is_no_such_day),
		cmocka_unit_test(days_lie_between_days),
		cmocka_unit_test(what_is_no_day_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
