#include "xpath/date.h"

#include <string.h>
#include <time.h>

#include "tests/support/slow.h"
#include "tests/support/world.h"
#include "tests/test.h"

static void dates_and_times_are_read(void **state)
{
	static const struct {
		const char *text;
		int64_t civil, offset;
		bool timed, placed;
	} cases[] = {
		{ "1970-01-01", 0, 0, false, false },
		{ "2020-02-29", 18321 * DAY_MS, 0, false, false },
		{ "0000-01-01", -719528 * DAY_MS, 0, false, false },
		{ "9999-12-31", 2932896 * DAY_MS, 0, false, false },
		{ "1970-01-02T00:00:00.000Z", DAY_MS, 0, true, true },
		{ "1970-01-01T10", 36000000, 0, true, false },
		{ "1970-01-01T10:30", 37800000, 0, true, false },
		{ "1970-01-01T10:30:15", 37815000, 0, true, false },
		{ "1970-01-01T10:30:15.1239", 37815123, 0, true, false },
		{ "1970-01-01T00:00:00+04:30", 0, 16200000, true, true },
		{ "1970-01-01T00:00-05:00", 0, -18000000, true, true },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct moment moment;

		assert_true(moment_parse(cases[i].text, &moment));
		assert_int_equal(moment.civil, cases[i].civil);
		assert_int_equal(moment.offset, cases[i].offset);
		assert_int_equal(moment.timed, cases[i].timed);
		assert_int_equal(moment.placed, cases[i].placed);
	}
}

static void what_is_no_date_is_not_read(void **state)
{
	static const char *const texts[] = {
		"",
		"garbage",
		"2020",
		"2020-01",
		"2020-00-01",
		"2020-13-01",
		"2020-01-00",
		"2020-02-30",
		"2019-02-29",
		"1900-02-29",
		"2020-1-1",
		"20-01-01",
		"12020-01-01",
		"2020-01-01 ",
		" 2020-01-01",
		"2020-01-01T",
		"2020-01-01T24:00",
		"2020-01-01T10:60",
		"2020-01-01T10:00:60",
		"2020-01-01T10:00:00.",
		"2020-01-01T10:",
		"2020-01-01T10:00+4:30",
		"2020-01-01T10:00+15:00",
		"2020-01-01T10:00+04:60",
		"2020-01-01T10:00+0430",
		"2020-01-01T10:00Zx",
		"2020-01-01Z",
		"-2020-01-01",
		"٢٠٢٠-٠١-٠١",
	};

	(void)state;
	for (size_t i = 0; i < COUNT(texts); i++) {
		struct moment moment;

		if (moment_parse(texts[i], &moment))
			fail_msg("\"%s\" is a date", texts[i]);
	}
}

/* Every day of ten thousand years, against the C library's calendar. */
static void every_day_prints_and_reads_back(void **state)
{
	int64_t step = 1 + 100 * (3652425 / loops(3652425) > 1);

	(void)state;
	for (int64_t days = -719528; days <= 2932896; days += step) {
		char text[DATE_TEXT_SIZE], expected[DATE_TEXT_SIZE];
		time_t seconds = (time_t)(days * 86400);
		struct moment moment;
		struct tm tm;

		moment_print(days * DAY_MS, 0, text);
		gmtime_r(&seconds, &tm);
		snprintf(expected, sizeof expected, "%04d-%02d-%02d",
			 tm.tm_year + 1900, tm.tm_mon + 1, tm.tm_mday);
		if (strcmp(text, expected) != 0)
			fail_msg("%s, not %s", text, expected);
		assert_int_equal(moment_fields(days * DAY_MS).weekday,
				 tm.tm_wday);
		assert_true(moment_parse(text, &moment));
		assert_int_equal(moment.civil, days * DAY_MS);
	}
}

static void numbers_become_moments_only_within_the_calendar(void **state)
{
	struct moment moment;

	(void)state;
	assert_true(moment_from_days(-719528, &moment));
	assert_true(moment_from_days(2932896.999, &moment));
	assert_false(moment_from_days(-719529, &moment));
	assert_false(moment_from_days(2932897, &moment));
	assert_false(moment_from_days(2932896.9999999999, &moment));
	assert_false(moment_from_days(1e300, &moment));
	assert_false(moment_from_days(0.0 / 0.0, &moment));
}

static void expect_all(const char *zone, const char *const (*cases)[2],
		       size_t count)
{
	struct world world;

	world_init(&world, NULL);
	world.host.zone = zone;
	for (size_t i = 0; i < count; i++)
		world_expect(&world, NULL, cases[i][0], cases[i][1]);
	world_done(&world);
}

static void date_functions_work_in_utc(void **state)
{
	static const char *const cases[][2] = {
		{ "today()", "2020-02-03" },
		{ "now()", "2020-02-03T12:00:00.000+00:00" },
		{ "number(now())", "18295.5" },
		{ "date('2020-01-02')", "2020-01-02" },
		{ "date('2020-1-2')", "2020-01-02" },
		{ "date(18263)", "2020-01-02" },
		{ "date('18263')", "2020-01-02" },
		{ "date(18262.5)", "2020-01-01T12:00:00.000+00:00" },
		{ "date('2020-01-01T10:00:00Z')",
		  "2020-01-01T10:00:00.000+00:00" },
		{ "date('2020-01-01T10:00:00+04:30')",
		  "2020-01-01T05:30:00.000+00:00" },
		{ "date('2020-01-01T10:00')", "2020-01-01T10:00:00.000+00:00" },
		{ "date('')", "" },
		{ "date('x')", "" },
		{ "date(true())", "" },
		{ "date(number('x'))", "" },
		{ "date(/data/d1)", "2020-01-01" },
		{ "date(-1)", "1969-12-31" },
		{ "date-time('2020-01-01')", "2020-01-01" },
		{ "date-time(18262.25)", "2020-01-01T06:00:00.000+00:00" },
		{ "decimal-date-time('1970-01-02')", "1" },
		{ "decimal-date-time('2020-01-01T12:00:00Z')", "18262.5" },
		{ "decimal-date-time(5)", "5" },
		{ "decimal-date-time('x')", "" },
		{ "decimal-time('06:00:00.000+00:00')", "0.25" },
		{ "decimal-time('12:00')", "0.5" },
		{ "decimal-time('23:59:60')", "" },
		{ "decimal-time('25:00')", "" },
		{ "decimal-time('12')", "" },
		{ "decimal-time('')", "" },
		{ "decimal-time(now())", "0.5" },
		{ "format-date('2020-03-05', '%Y %y %m %n %b %d %e %a')",
		  "2020 20 03 3 Mar 05 5 Thu" },
		{ "format-date('2020-03-01', '%a')", "Sun" },
		{ "format-date-time('2020-03-05T07:08:09.012Z', "
		  "'%H %h %M %S %3')",
		  "07 7 08 09 012" },
		{ "format-date('2020-03-05', '%%d %q %')", "%05 %q %" },
		{ "format-date('', '%Y')", "" },
		{ "format-date('x', '%Y')", "" },
		{ "format-date(true(), '%Y')", "" },
		{ "format-date(18262, '%Y')", "2020" },
		{ "format-date('2020-01-01', 'سال %Y')", "سال 2020" },
		{ "format-date-time(18262.5, '%H')", "12" },
	};

	(void)state;
	expect_all("UTC", cases, COUNT(cases));
}

static void date_functions_work_in_kabul(void **state)
{
	static const char *const cases[][2] = {
		{ "today()", "2020-02-03" },
		{ "now()", "2020-02-03T16:30:00.000+04:30" },
		{ "date(18262)", "2020-01-01" },
		{ "number('2020-01-01')", "18262" },
		{ "date(18262.5)", "2020-01-01T12:00:00.000+04:30" },
		{ "date('2020-01-01T19:30:00Z')", "2020-01-02" },
		{ "decimal-date-time('1970-01-02')", "0.8125" },
		{ "decimal-time('00:00:00Z')", "0.1875" },
		{ "decimal-time('00:00:00')", "0" },
		{ "decimal-time('20:00:00Z')", "0.020833333333333332" },
		{ "format-date-time('2020-01-01T00:00:00Z', '%H:%M')",
		  "04:30" },
		{ "now() - '2020-02-03T12:00:00Z'", "0" },
		{ "now() = '2020-02-03T12:00:00Z'", "true" },
		{ "now() < '2020-02-03T16:00:00'", "false" },
	};

	(void)state;
	expect_all("Asia/Kabul", cases, COUNT(cases));
}

static void date_functions_work_in_new_york(void **state)
{
	static const char *const cases[][2] = {
		{ "today()", "2020-02-03" },
		{ "now()", "2020-02-03T07:00:00.000-05:00" },
		{ "date(18262)", "2020-01-01" },
		{ "date('2020-07-01T12:00:00Z')",
		  "2020-07-01T08:00:00.000-04:00" },
		{ "decimal-date-time('1970-01-02')", "1.2083333333333333" },
		{ "decimal-time('02:00:00Z')", "0.875" },
		/* The hour that was skipped, and the one that came twice. */
		{ "date-time('2020-03-08T02:30')",
		  "2020-03-08T02:30:00.000-05:00" },
		{ "date-time('2020-11-01T01:30')",
		  "2020-11-01T01:30:00.000-04:00" },
		{ "date-time('2020-11-01T06:30:00Z')",
		  "2020-11-01T01:30:00.000-05:00" },
	};

	(void)state;
	expect_all("America/New_York", cases, COUNT(cases));
}

static void names_are_in_the_language_of_the_form(void **state)
{
	struct world world;

	(void)state;
	world_init(&world, NULL);
	world_expect(&world, NULL, "format-date('2020-03-05', '%a %b')",
		     "Thu Mar");
	world.host.language = "fr";
	world_expect(&world, NULL, "format-date('2020-03-05', '%a %b')",
		     "jeu. mars");
	world_done(&world);
}

static void no_date_is_marked_as_such(void **state)
{
	static const struct {
		const char *expression;
		bool invalid, date;
	} cases[] = {
		{ "date('2020-02-30')", true, false },
		{ "date('garbage')", true, false },
		{ "if(true(), date('x'), 1)", true, false },
		{ "date('')", false, false },
		{ "date('2020-02-28')", false, true },
		{ "today()", false, true },
		{ "'2020-02-28'", false, false },
	};
	struct xpath_place place = { 0 };
	struct world world;

	(void)state;
	world_init(&world, NULL);
	for (size_t i = 0; i < COUNT(cases); i++) {
		SCOPED(xpath_freep) struct xpath *xpath = NULL;
		struct xpath_value value;

		assert_int_equal(xpath_parse(cases[i].expression, &xpath, NULL),
				 FAULT_NONE);
		assert_int_equal(xpath_evaluate(xpath, &world.host, &place, 10,
						&value, NULL),
				 FAULT_NONE);
		assert_int_equal(value.type, XPATH_TEXT);
		assert_int_equal(value.invalid, cases[i].invalid);
		assert_int_equal(value.date, cases[i].date);
		xpath_value_done(&value);
	}
	world_done(&world);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(dates_and_times_are_read),
		cmocka_unit_test(what_is_no_date_is_not_read),
		cmocka_unit_test(every_day_prints_and_reads_back),
		cmocka_unit_test(
		    numbers_become_moments_only_within_the_calendar),
		cmocka_unit_test(date_functions_work_in_utc),
		cmocka_unit_test(date_functions_work_in_kabul),
		cmocka_unit_test(date_functions_work_in_new_york),
		cmocka_unit_test(names_are_in_the_language_of_the_form),
		cmocka_unit_test(no_date_is_marked_as_such),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
