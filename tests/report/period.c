#include "report/period.h"

#include <stdlib.h>
#include <time.h>

#include "tests/test.h"

#define NOW 1795300000000 /* 2026-11-21 21:46:40 UTC */

static int in_toronto(void **state)
{
	(void)state;
	setenv("TZ", "America/Toronto", 1);
	tzset();
	return 0;
}

static void days_may_be_cut_short_or_left_out(void **state)
{
	static const struct {
		const char *from, *to, *first, *last;
	} periods[] = {
		{ NULL, NULL, "2026-11-01", "2026-11-21" },
		{ "2026-10", NULL, "2026-10-01", "2026-10-31" },
		{ "2026-11", NULL, "2026-11-01", "2026-11-21" },
		{ "2026", NULL, "2026-01-01", "2026-11-21" },
		{ "2025", NULL, "2025-01-01", "2025-12-31" },
		{ "2026-10-05", NULL, "2026-10-05", "2026-11-21" },
		{ NULL, "2026-02", "2026-02-01", "2026-02-28" },
		{ NULL, "2024", "2024-12-01", "2024-12-31" },
		{ "2026", "2026-06", "2026-01-01", "2026-06-30" },
		{ "2026-06-21", "2026-06-21", "2026-06-21", "2026-06-21" },
	};
	struct period period;

	(void)state;
	for (size_t i = 0; i < COUNT(periods); i++) {
		assert_int_equal(
		    period_read(periods[i].from, periods[i].to, NOW, &period),
		    PERIOD_READ);
		assert_string_equal(period.first, periods[i].first);
		assert_string_equal(period.last, periods[i].last);
		assert_string_equal(period.today, "2026-11-21");
	}
}

static void files_are_named_for_their_days(void **state)
{
	static const struct {
		const char *from, *to, *name;
	} names[] = {
		{ "2026-10", NULL, "2026-10" },
		{ "2025", NULL, "2025" },
		{ "2025-01", "2025-12", "2025" },
		{ "2024-02-01", "2024-02-29", "2024-02" },
		{ "2026-02-01", "2026-02-27", "2026-02-01_2026-02-27" },
		{ "2026-11", NULL, "2026-11-01_2026-11-21" },
		{ "2026-07", "2026-09", "2026-07-01_2026-09-30" },
		{ "2026-10-05", "2026-10", "2026-10-05_2026-10-31" },
	};
	struct period period;
	char name[PERIOD_NAME];

	(void)state;
	for (size_t i = 0; i < COUNT(names); i++) {
		assert_int_equal(
		    period_read(names[i].from, names[i].to, NOW, &period),
		    PERIOD_READ);
		period_name(&period, name);
		assert_string_equal(name, names[i].name);
	}
}

static void moments_are_local_midnights(void **state)
{
	struct period period;

	(void)state;
	/* A day of 23 hours: clocks go forward. */
	assert_int_equal(period_read("2026-03-08", "2026-03-08", NOW, &period),
			 PERIOD_READ);
	assert_int_equal(period.from, 1772946000000);
	assert_int_equal(period.until - period.from, (int64_t)23 * 3600 * 1000);
}

static void what_is_no_period_is_refused(void **state)
{
	struct period period;

	(void)state;
	assert_int_equal(period_read("yesterday", NULL, NOW, &period),
			 PERIOD_FIRST_WRONG);
	assert_int_equal(period_read("2026-13", NULL, NOW, &period),
			 PERIOD_FIRST_WRONG);
	assert_int_equal(period_read(NULL, "2026-02-30", NOW, &period),
			 PERIOD_LAST_WRONG);
	assert_int_equal(period_read("2026-02", "2026-01", NOW, &period),
			 PERIOD_BACKWARDS);
	assert_int_equal(period_read("2027-01-01", NULL, NOW, &period),
			 PERIOD_BACKWARDS);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(days_may_be_cut_short_or_left_out),
		cmocka_unit_test(files_are_named_for_their_days),
		cmocka_unit_test(moments_are_local_midnights),
		cmocka_unit_test(what_is_no_period_is_refused),
	};

	return cmocka_run_group_tests(tests, in_toronto, NULL);
}
