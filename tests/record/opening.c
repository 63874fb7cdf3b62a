#include "tests/test.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "record/opening.h"
#include "text/zone.h"

static struct opening weekly(const char *days, const char *from, const char *to)
{
	return (struct opening){
		.valid_from = "",
		.valid_to = "",
		.dtstart = "",
		.until = "",
		.freq = "WEEKLY",
		.wkst = "",
		.byday = days,
		.byweekno = "",
		.bymonthday = "",
		.byyearday = "",
		.opens_at = from,
		.closes_at = to,
		.timezone = "",
		.interval = "",
		.count = "",
	};
}

static int64_t day(const char *text)
{
	int64_t at = 0;

	assert_true(opening_day(text, &at));
	return at;
}

/* The days of a month that have it: "2 9 16". */
static void assert_days(const struct opening *opening, const char *month,
			const char *days)
{
	char list[200] = "", text[32];

	for (int i = 1; i <= 31; i++) {
		snprintf(text, sizeof text, "%s-%02d", month, i);
		if (opening_day(text, &(int64_t){ 0 }) &&
		    opening_on(opening, day(text)))
			snprintf(list + strlen(list),
				 sizeof list - strlen(list), "%s%d",
				 *list ? " " : "", i);
	}
	assert_string_equal(list, days);
}

static void a_day_becomes_a_number_and_comes_back(void **state)
{
	static const char *const days[] = { "1970-01-01", "2000-02-29",
					    "2026-11-22", "1899-12-31",
					    "9999-12-31", "0001-01-01" };
	char text[11];

	(void)state;
	for (size_t i = 0; i < COUNT(days); i++) {
		opening_day_write(day(days[i]), text);
		assert_string_equal(text, days[i]);
	}
	assert_int_equal(day("1970-01-01"), 0);
	assert_int_equal(day("2026-11-22"), 20779);
	assert_false(opening_day("2026-02-29", &(int64_t){ 0 }));
}

static void weeks_and_months_recur_as_icalendar_says(void **state)
{
	struct opening at = weekly("MO,TH", "09:00", "17:00");

	(void)state;
	assert_days(&at, "2026-11", "2 5 9 12 16 19 23 26 30");
	at.dtstart = "2026-11-09";
	assert_days(&at, "2026-11", "9 12 16 19 23 26 30");
	at.until = "2026-11-20";
	assert_days(&at, "2026-11", "9 12 16 19");
	at.until = "";
	at.interval = "2"; /* the weeks of 9 and 23 November */
	assert_days(&at, "2026-11", "9 12 23 26");
	at.interval = "";
	at.count = "3";
	assert_days(&at, "2026-11", "9 12 16");
	at.count = "";
	at.byweekno = "47,-1"; /* 16 to 22 November, 28 December on */
	assert_days(&at, "2026-11", "16 19");
	assert_days(&at, "2026-12", "28 31");

	at = weekly("2TU,-1FR", "09:00", "");
	at.freq = "MONTHLY";
	assert_days(&at, "2026-11", "10 27");
	at.byday = "";
	at.bymonthday = "1,-1,40";
	assert_days(&at, "2026-11", "1 30");
	assert_days(&at, "2024-02", "1 29");
	at.valid_from = "2024-02-02";
	at.valid_to = "2024-02-28";
	assert_days(&at, "2024-02", "");

	at = weekly("", "09:00", "");
	at.dtstart = "2026-11-04"; /* a Wednesday: every one */
	assert_days(&at, "2026-11", "4 11 18 25");
	at.freq = "MONTHLY";
	at.interval = "2";
	assert_days(&at, "2026-12", "");
	assert_days(&at, "2027-01", "4");
	at.freq = ""; /* once */
	assert_days(&at, "2026-11", "4");
}

static void open_now_goes_by_the_agencys_clocks(void **state)
{
	static const struct {
		const char *opens, *closes, *timezone;
		int day, hour, minute; /* on the wall in Toronto, November */
		bool open;
	} cases[] = {
		{ "09:00", "17:00", "", 23, 8, 59, false }, /* a Monday */
		{ "09:00", "17:00", "", 23, 9, 0, true },
		{ "09:00:00", "17:00:00", "", 23, 16, 59, true },
		{ "09:00", "17:00", "", 23, 17, 0, false },
		{ "09:00", "17:00", "", 24, 12, 0, false },
		{ "09:00", "", "", 23, 23, 59, true },
		/* Over midnight, into Tuesday. */
		{ "22:00", "02:00", "", 23, 23, 0, true },
		{ "22:00", "02:00", "", 24, 1, 59, true },
		{ "22:00", "02:00", "", 24, 2, 0, false },
		{ "22:00", "02:00", "", 23, 1, 0, false },
		/* 9 to 17 by other clocks is 4 to 12, then 10 to 18. */
		{ "09:00Z", "17:00Z", "", 23, 4, 30, true },
		{ "09:00Z", "17:00Z", "", 23, 13, 0, false },
		{ "09:00-06:00", "17:00-06:00", "", 23, 9, 30, false },
		{ "09:00-06:00", "17:00-06:00", "", 23, 17, 30, true },
		{ "09:00", "17:00", "-6", 23, 17, 30, true },
		{ "09:00", "17:00", "99", 23, 9, 30, true },
		/* What is not said is not guessed. */
		{ "", "17:00", "", 23, 12, 0, false },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		struct opening at =
		    weekly("MO", cases[i].opens, cases[i].closes);
		const int64_t local =
		    ((day("2026-11-01") + cases[i].day - 1) * 24 * 60 +
		     cases[i].hour * 60 + cases[i].minute) *
		    60000;

		at.timezone = cases[i].timezone;
		if (opening_at(&at, zone_to_utc("America/Toronto", local),
			       "America/Toronto") != cases[i].open)
			fail_msg("case %zu", i);
	}
}

static void without_days_or_an_hour_nothing_is_clear(void **state)
{
	struct opening at = weekly("MO", "09:00", "");

	(void)state;
	assert_true(opening_is_clear(&at));
	at.byday = "";
	assert_false(opening_is_clear(&at));
	at.dtstart = "2026-11-04";
	assert_true(opening_is_clear(&at));
	at.opens_at = "noon";
	assert_false(opening_is_clear(&at));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_day_becomes_a_number_and_comes_back),
		cmocka_unit_test(weeks_and_months_recur_as_icalendar_says),
		cmocka_unit_test(open_now_goes_by_the_agencys_clocks),
		cmocka_unit_test(without_days_or_an_hour_nothing_is_clear),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
