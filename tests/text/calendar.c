#include "text/calendar.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/memory.h"
#include "tests/support/chance.h"
#include "tests/support/slow.h"
#include "tests/test.h"
#include "text/language.h"

static void known_days_read_the_same_in_both_directions(void **state)
{
	static const struct {
		enum calendar calendar;
		struct calendar_date iso, date;
	} days[] = {
		{ CALENDAR_GREGORIAN, { 1, 1, 1 }, { 1, 1, 1 } },
		{ CALENDAR_GREGORIAN, { 9999, 12, 31 }, { 9999, 12, 31 } },
		/* No gap in October 1582: proleptic. */
		{ CALENDAR_GREGORIAN, { 1582, 10, 10 }, { 1582, 10, 10 } },
		{ CALENDAR_BUDDHIST, { 2026, 2, 28 }, { 2569, 2, 28 } },
		{ CALENDAR_BUDDHIST, { 1500, 2, 28 }, { 2043, 2, 28 } },
		/* Meskerem 1 is September 11, or 12 before a leap year. */
		{ CALENDAR_ETHIOPIC, { 2025, 9, 11 }, { 2018, 1, 1 } },
		{ CALENDAR_ETHIOPIC, { 2023, 9, 12 }, { 2016, 1, 1 } },
		{ CALENDAR_ETHIOPIC, { 2023, 9, 11 }, { 2015, 13, 6 } },
		{ CALENDAR_ETHIOPIC, { 1991, 5, 28 }, { 1983, 9, 20 } },
		{ CALENDAR_COPTIC, { 2023, 9, 12 }, { 1740, 1, 1 } },
		/* Nowruz. */
		{ CALENDAR_PERSIAN, { 2021, 3, 20 }, { 1399, 12, 30 } },
		{ CALENDAR_PERSIAN, { 2021, 3, 21 }, { 1400, 1, 1 } },
		{ CALENDAR_PERSIAN, { 2024, 3, 20 }, { 1403, 1, 1 } },
		{ CALENDAR_PERSIAN, { 2025, 3, 20 }, { 1403, 12, 30 } },
		{ CALENDAR_PERSIAN, { 1979, 2, 11 }, { 1357, 11, 22 } },
		/* As announced in Mecca. */
		{ CALENDAR_ISLAMIC_UMALQURA, { 2024, 3, 11 }, { 1445, 9, 1 } },
		{ CALENDAR_ISLAMIC_UMALQURA, { 2023, 4, 21 }, { 1444, 10, 1 } },
		{ CALENDAR_ISLAMIC_UMALQURA, { 2025, 6, 26 }, { 1447, 1, 1 } },
		/* The table's first and last day, and days that Nepal and its
		 * neighbours know by both dates. */
		{ CALENDAR_BIKRAM_SAMBAT, { 1913, 4, 13 }, { 1970, 1, 1 } },
		{ CALENDAR_BIKRAM_SAMBAT, { 2044, 4, 13 }, { 2100, 12, 31 } },
		{ CALENDAR_BIKRAM_SAMBAT, { 1934, 1, 15 }, { 1990, 10, 2 } },
		{ CALENDAR_BIKRAM_SAMBAT, { 1943, 4, 14 }, { 2000, 1, 1 } },
		{ CALENDAR_BIKRAM_SAMBAT, { 1951, 2, 18 }, { 2007, 11, 7 } },
		{ CALENDAR_BIKRAM_SAMBAT, { 1960, 12, 15 }, { 2017, 9, 1 } },
		{ CALENDAR_BIKRAM_SAMBAT, { 1990, 11, 9 }, { 2047, 7, 23 } },
		{ CALENDAR_BIKRAM_SAMBAT, { 2001, 6, 1 }, { 2058, 2, 19 } },
		{ CALENDAR_BIKRAM_SAMBAT, { 2006, 4, 24 }, { 2063, 1, 11 } },
		{ CALENDAR_BIKRAM_SAMBAT, { 2008, 5, 28 }, { 2065, 2, 15 } },
		{ CALENDAR_BIKRAM_SAMBAT, { 2015, 4, 25 }, { 2072, 1, 12 } },
		{ CALENDAR_BIKRAM_SAMBAT, { 2015, 9, 20 }, { 2072, 6, 3 } },
		{ CALENDAR_BIKRAM_SAMBAT, { 2017, 3, 28 }, { 2073, 12, 15 } },
		{ CALENDAR_BIKRAM_SAMBAT, { 2024, 4, 13 }, { 2081, 1, 1 } },
		{ CALENDAR_BIKRAM_SAMBAT, { 2025, 4, 14 }, { 2082, 1, 1 } },
		/* By rule, a day apart. */
		{ CALENDAR_ISLAMIC_CIVIL, { 2025, 6, 27 }, { 1447, 1, 1 } },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(days); i++) {
		struct calendar_date date = { 0 }, iso = { 0 };

		assert_true(
		    calendar_from_iso(days[i].calendar, days[i].iso, &date));
		assert_memory_equal(&date, &days[i].date, sizeof date);
		assert_true(
		    calendar_to_iso(days[i].calendar, days[i].date, &iso));
		assert_memory_equal(&iso, &days[i].iso, sizeof iso);
	}
}

static void a_day_that_is_not_in_the_calendar_is_refused(void **state)
{
	static const struct {
		enum calendar calendar;
		struct calendar_date date;
	} days[] = {
		{ CALENDAR_GREGORIAN, { 2025, 2, 29 } },
		{ CALENDAR_GREGORIAN, { 2025, 0, 1 } },
		{ CALENDAR_GREGORIAN, { 2025, 13, 1 } },
		{ CALENDAR_GREGORIAN, { 2025, 4, 31 } },
		{ CALENDAR_GREGORIAN, { 2025, 4, 0 } },
		{ CALENDAR_GREGORIAN, { 0, 1, 1 } },
		{ CALENDAR_GREGORIAN, { -5, 1, 1 } },
		{ CALENDAR_GREGORIAN, { 10000, 1, 1 } },
		{ CALENDAR_GREGORIAN, { 2147483647, 1, 1 } },
		{ CALENDAR_ETHIOPIC, { 2016, 13, 6 } },
		{ CALENDAR_ETHIOPIC, { 2016, 14, 1 } },
		{ CALENDAR_ETHIOPIC, { 2016, 1, 31 } },
		{ CALENDAR_ETHIOPIC, { 9999, 1, 1 } }, /* 10006 in ISO */
		{ CALENDAR_PERSIAN, { 1400, 12, 30 } },
		{ CALENDAR_PERSIAN, { 1400, 7, 31 } },
		{ CALENDAR_ISLAMIC_UMALQURA, { 1445, 9, 31 } },
		{ CALENDAR_BUDDHIST, { 543, 1, 1 } },
		{ CALENDAR_BIKRAM_SAMBAT, { 1969, 12, 30 } },
		{ CALENDAR_BIKRAM_SAMBAT, { 2101, 1, 1 } },
		{ CALENDAR_BIKRAM_SAMBAT, { 2000, 1, 31 } },
		{ CALENDAR_BIKRAM_SAMBAT, { 2000, 0, 1 } },
		{ CALENDAR_BIKRAM_SAMBAT, { 2000, 13, 1 } },
		{ CALENDAR_BIKRAM_SAMBAT, { 2000, 2, 33 } },
		{ CALENDAR_BIKRAM_SAMBAT, { 2000, 2, 0 } },
	};
	struct calendar_date iso = { 7, 7, 7 };

	(void)state;
	for (size_t i = 0; i < COUNT(days); i++)
		assert_false(
		    calendar_to_iso(days[i].calendar, days[i].date, &iso));
	/* Before the first year of a calendar there is no date in it. */
	assert_false(calendar_from_iso(
	    CALENDAR_ISLAMIC_CIVIL, (struct calendar_date){ 600, 1, 1 }, &iso));
	assert_false(calendar_from_iso(CALENDAR_BIKRAM_SAMBAT,
				       (struct calendar_date){ 1913, 4, 12 },
				       &iso));
	assert_false(calendar_from_iso(CALENDAR_BIKRAM_SAMBAT,
				       (struct calendar_date){ 2044, 4, 14 },
				       &iso));
	assert_false(calendar_from_iso(
	    CALENDAR_ETHIOPIC, (struct calendar_date){ 2025, 2, 30 }, &iso));
	assert_false(calendar_from_iso(
	    CALENDAR_ETHIOPIC, (struct calendar_date){ 10000, 1, 1 }, &iso));
	assert_int_equal(iso.year, 7);
}

/* Days since 0000-12-31, by the rules of each calendar: a second opinion. */
static long gregorian_count(struct calendar_date date)
{
	long year = date.year - 1;
	int late = date.month > 2;
	int leap = date.year % 4 == 0 &&
		   (date.year % 100 != 0 || date.year % 400 == 0);

	return 365 * year + year / 4 - year / 100 + year / 400 +
	       (367 * date.month - 362) / 12 + (late ? (leap ? -1 : -2) : 0) +
	       date.day;
}

static long thirteen_count(struct calendar_date date, long epoch)
{
	return epoch - 1 + 365L * (date.year - 1) + date.year / 4 +
	       30L * (date.month - 1) + date.day;
}

static long civil_count(struct calendar_date date)
{
	return date.day + 29L * (date.month - 1) + (6L * date.month - 1) / 11 +
	       354L * (date.year - 1) + (3 + 11L * date.year) / 30 + 227014;
}

static void any_day_agrees_with_the_rules_of_its_calendar(void **state)
{
	struct chance chance = { 11 };

	(void)state;
	for (long i = 0; i < loops(20000); i++) {
		struct calendar_date iso = {
			700 + (int)chance_below(&chance, 9299),
			1 + (int)chance_below(&chance, 12),
			1 + (int)chance_below(&chance, 28),
		};
		long count = gregorian_count(iso);
		struct calendar_date date;

		assert_int_equal(calendar_weekday(iso), count % 7);
		assert_true(calendar_from_iso(CALENDAR_ETHIOPIC, iso, &date));
		assert_int_equal(thirteen_count(date, 2796), count);
		assert_true(calendar_from_iso(CALENDAR_COPTIC, iso, &date));
		assert_int_equal(thirteen_count(date, 103605), count);
		assert_true(
		    calendar_from_iso(CALENDAR_ISLAMIC_CIVIL, iso, &date));
		assert_int_equal(civil_count(date), count);
	}
}

/* From 1913-04-13 to 2044-04-13. */
static bool is_in_bikram_table(struct calendar_date iso)
{
	int day = (iso.year * 100 + iso.month) * 100 + iso.day;

	return day >= 19130413 && day <= 20440413;
}

static void check_there_and_back(struct calendar_date iso)
{
	for (int i = 0; i < CALENDAR_COUNT; i++) {
		struct calendar_date date, again;

		if (i == CALENDAR_BIKRAM_SAMBAT && !is_in_bikram_table(iso)) {
			assert_false(
			    calendar_from_iso((enum calendar)i, iso, &date));
			continue;
		}
		assert_true(calendar_from_iso((enum calendar)i, iso, &date));
		assert_true(calendar_to_iso((enum calendar)i, date, &again));
		assert_memory_equal(&again, &iso, sizeof iso);
	}
}

static void every_day_of_two_centuries_goes_there_and_back(void **state)
{
	/* Under valgrind every fortieth year. */
	const int step = loops(100) > 1 ? 1 : 40;
	struct calendar_date iso;

	(void)state;
	for (iso.year = 1895; iso.year <= 2100; iso.year += step) {
		for (iso.month = 1; iso.month <= 12; iso.month++) {
			int days = calendar_days(CALENDAR_GREGORIAN, iso.year,
						 iso.month);

			for (iso.day = 1; iso.day <= days; iso.day++)
				check_there_and_back(iso);
		}
	}
}

static bool is_day_after(enum calendar calendar, struct calendar_date date,
			 struct calendar_date next)
{
	if (next.day > 1)
		return next.day == date.day + 1 && next.month == date.month &&
		       next.year == date.year;
	if (date.day != calendar_days(calendar, date.year, date.month))
		return false;
	return next.month > 1
		   ? next.month == date.month + 1 && next.year == date.year
		   : date.month == calendar_months(calendar) &&
			 next.year == date.year + 1;
}

/* Day follows day without a gap, through every month and year. */
static void a_calendar_leaves_no_day_out(void **state)
{
	const int last = loops(100) > 1 ? 2044 : 1915;

	(void)state;
	for (int i = 0; i < CALENDAR_COUNT; i++) {
		struct calendar_date iso = { 1913, 4, 13 }, date, next;

		assert_true(calendar_from_iso((enum calendar)i, iso, &date));
		while (iso.year < last) {
			if (iso.day++ == calendar_days(CALENDAR_GREGORIAN,
						       iso.year, iso.month)) {
				iso.day = 1;
				iso.year += iso.month == 12;
				iso.month = iso.month % 12 + 1;
			}
			assert_true(
			    calendar_from_iso((enum calendar)i, iso, &next));
			assert_true(is_day_after((enum calendar)i, date, next));
			date = next;
		}
	}
}

/*
 * The sun's longitude by the Surya Siddhanta, in degrees, days after the
 * midnight that began the Kali age (18 February 3102 BC, Julian).
 */
static double sun_at(double days)
{
	const double year = 1577917828.0 / 4320000, turn = acos(-1) / 180;
	double mean = fmod(days / year, 1) * 360;
	double sine = sin((mean - 77 - 17.0 / 60) * turn);
	double circle = 14 - fabs(sine) / 3;

	return mean - asin(circle / 360 * sine) / turn;
}

/* When the sun enters a sign (0 to 11), near the given day. */
static double entry_near(double day, int sign)
{
	double low = day - 5, high = day + 5;

	while (high - low > 1e-6) {
		double middle = (low + high) / 2;
		double ahead = fmod(sun_at(middle) - sign * 30 + 540, 360);

		*(ahead < 180 ? &low : &high) = middle;
	}
	return high;
}

/*
 * A second opinion on every month of the table, published and computed alike:
 * the sun's entry, counted from midnight with one shift for each sign.
 */
static void bikram_months_begin_with_the_sun_in_a_sign(void **state)
{
	static const double shifts[12] = { .0235, .0078, .0215, -.2108,
					   .0201, .0226, .0283, .0296,
					   .0216, .3128, .0083, .0167 };
	const double year = 1577917828.0 / 4320000, to_1970 = -1852122;
	const int step = loops(100) > 1 ? 1 : 40;

	(void)state;
	for (int y = 1970; y <= 2100; y += step) {
		double near = (y + 3044) * year + 2;

		for (int month = 1; month <= 12; month++) {
			struct calendar_date iso;
			double entry = entry_near(near, month - 1);
			struct tm day = { 0 };

			assert_true(calendar_to_iso(
			    CALENDAR_BIKRAM_SAMBAT,
			    (struct calendar_date){ y, month, 1 }, &iso));
			day.tm_year = iso.year - 1900;
			day.tm_mon = iso.month - 1;
			day.tm_mday = iso.day;
			assert_int_equal(
			    timegm(&day) / 86400,
			    (long)floor(entry + to_1970 + shifts[month - 1]));
			near = entry + 30.4;
		}
	}
}

static void months_have_their_days(void **state)
{
	static const struct {
		enum calendar calendar;
		int year, month, days;
	} months[] = {
		{ CALENDAR_GREGORIAN, 2024, 2, 29 },
		{ CALENDAR_GREGORIAN, 1900, 2, 28 },
		{ CALENDAR_GREGORIAN, 9999, 12, 31 },
		{ CALENDAR_GREGORIAN, 2024, 13, 0 },
		{ CALENDAR_GREGORIAN, 2024, 0, 0 },
		{ CALENDAR_GREGORIAN, 0, 1, 0 },
		{ CALENDAR_GREGORIAN, 10000, 1, 0 },
		{ CALENDAR_BUDDHIST, 2567, 2, 29 },
		{ CALENDAR_ETHIOPIC, 2015, 13, 6 },
		{ CALENDAR_ETHIOPIC, 2016, 13, 5 },
		{ CALENDAR_ETHIOPIC, 2016, 12, 30 },
		{ CALENDAR_PERSIAN, 1403, 12, 30 },
		{ CALENDAR_PERSIAN, 1402, 12, 29 },
		{ CALENDAR_PERSIAN, 1402, 6, 31 },
		{ CALENDAR_ISLAMIC_UMALQURA, 1445, 9, 30 },
		{ CALENDAR_ISLAMIC_CIVIL, 1445, 12, 30 },
		{ CALENDAR_BIKRAM_SAMBAT, 2081, 2, 32 },
		{ CALENDAR_BIKRAM_SAMBAT, 2081, 12, 31 },
		{ CALENDAR_BIKRAM_SAMBAT, 2083, 6, 31 },
		{ CALENDAR_BIKRAM_SAMBAT, 2100, 12, 31 },
		{ CALENDAR_BIKRAM_SAMBAT, 2101, 1, 0 },
		{ CALENDAR_BIKRAM_SAMBAT, 1969, 12, 0 },
		{ CALENDAR_BIKRAM_SAMBAT, 2081, 13, 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(months); i++)
		assert_int_equal(calendar_days(months[i].calendar,
					       months[i].year, months[i].month),
				 months[i].days);
	assert_int_equal(calendar_months(CALENDAR_ETHIOPIC), 13);
	assert_int_equal(calendar_months(CALENDAR_COPTIC), 13);
	assert_int_equal(calendar_months(CALENDAR_PERSIAN), 12);
}

static void a_calendar_is_known_by_icus_name_and_by_xlsforms(void **state)
{
	static const struct {
		const char *name, *known;
	} names[] = {
		{ "gregorian", "gregorian" },
		{ "ethiopic", "ethiopic" },
		{ "ethiopian", "ethiopic" },
		{ "coptic", "coptic" },
		{ "islamic", "islamic-umalqura" },
		{ "islamic-umalqura", "islamic-umalqura" },
		{ "islamic-civil", "islamic-civil" },
		{ "persian", "persian" },
		{ "buddhist", "buddhist" },
		{ "bikram-sambat", "bikram-sambat" },
		{ "myanmar", NULL },
		{ "", NULL },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(names); i++) {
		enum calendar calendar;

		assert_int_equal(calendar_named(names[i].name, &calendar),
				 names[i].known != NULL);
		if (names[i].known)
			assert_string_equal(calendar_name(calendar),
					    names[i].known);
	}
}

static void english_months_and_weekdays_are_short_as_always(void **state)
{
	static const char *const months[] = { "Jan", "Feb", "Mar", "Apr",
					      "May", "Jun", "Jul", "Aug",
					      "Sep", "Oct", "Nov", "Dec" };
	static const char *const days[] = { "Sun", "Mon", "Tue", "Wed",
					    "Thu", "Fri", "Sat" };
	static const char *const tags[] = { "en", "en-CA", "en-GB" };

	(void)state;
	for (size_t t = 0; t < COUNT(tags); t++) {
		for (int i = 0; i < 12; i++)
			assert_string_equal(
			    calendar_month_name(CALENDAR_GREGORIAN, tags[t],
						i + 1, CALENDAR_SHORT),
			    months[i]);
		for (int i = 0; i < 7; i++)
			assert_string_equal(
			    calendar_weekday_name(tags[t], i, CALENDAR_SHORT),
			    days[i]);
	}
}

static void months_are_named_in_the_language_that_is_asked_for(void **state)
{
	static const struct {
		enum calendar calendar;
		const char *language;
		int month;
		enum calendar_width width;
		const char *name;
	} months[] = {
		{ CALENDAR_GREGORIAN, "fr", 8, CALENDAR_FULL, "août" },
		{ CALENDAR_GREGORIAN, "fr-CA", 2, CALENDAR_SHORT, "févr." },
		{ CALENDAR_BUDDHIST, "fr", 8, CALENDAR_FULL, "août" },
		{ CALENDAR_GREGORIAN, "ar", 1, CALENDAR_FULL, "يناير" },
		{ CALENDAR_GREGORIAN, "ru", 1, CALENDAR_FULL, "январь" },
		{ CALENDAR_GREGORIAN, "ht", 4, CALENDAR_SHORT, "avril" },
		{ CALENDAR_ETHIOPIC, "am", 1, CALENDAR_FULL, "መስከረም" },
		{ CALENDAR_ETHIOPIC, "am", 13, CALENDAR_FULL, "ጳጉሜን" },
		{ CALENDAR_ETHIOPIC, "ti", 2, CALENDAR_FULL, "ጥቅምቲ" },
		{ CALENDAR_ETHIOPIC, "om", 1, CALENDAR_FULL, "Fuulbana" },
		{ CALENDAR_ETHIOPIC, "en", 1, CALENDAR_FULL, "Meskerem" },
		{ CALENDAR_PERSIAN, "fa", 1, CALENDAR_FULL, "فروردین" },
		{ CALENDAR_PERSIAN, "prs", 1, CALENDAR_FULL, "حمل" },
		{ CALENDAR_PERSIAN, "ps", 1, CALENDAR_FULL, "وری" },
		{ CALENDAR_ISLAMIC_UMALQURA, "ar", 9, CALENDAR_FULL, "رمضان" },
		{ CALENDAR_ISLAMIC_CIVIL, "ar", 9, CALENDAR_FULL, "رمضان" },
		{ CALENDAR_GREGORIAN, "zh-Hans", 3, CALENDAR_SHORT, "3月" },
		/* Nobody named them: a number is read everywhere. */
		{ CALENDAR_GREGORIAN, "ksw", 3, CALENDAR_FULL, "3" },
		{ CALENDAR_GREGORIAN, "rhg", 12, CALENDAR_SHORT, "12" },
		{ CALENDAR_ETHIOPIC, "ps", 13, CALENDAR_FULL, "13" },
		{ CALENDAR_PERSIAN, "so", 1, CALENDAR_FULL, "1" },
		/* One without a name, and the whole calendar is counted. */
		{ CALENDAR_ISLAMIC_UMALQURA, "uk", 1, CALENDAR_FULL, "1" },
		{ CALENDAR_PERSIAN, "prs", 12, CALENDAR_FULL, "حوت" },
		{ CALENDAR_PERSIAN, "ps", 2, CALENDAR_FULL, "غویی" },
		{ CALENDAR_PERSIAN, "ckb", 12, CALENDAR_FULL, "ڕەشەمە" },
		{ CALENDAR_PERSIAN, "fa-IR", 12, CALENDAR_FULL, "اسفند" },
		{ CALENDAR_ISLAMIC_UMALQURA, "ur", 9, CALENDAR_FULL, "رمضان" },
		{ CALENDAR_ISLAMIC_UMALQURA, "ps", 4, CALENDAR_FULL,
		  "ربيع الثاني" },
		{ CALENDAR_ISLAMIC_UMALQURA, "so", 1, CALENDAR_FULL,
		  "Muxarram" },
		{ CALENDAR_BIKRAM_SAMBAT, "ne", 1, CALENDAR_FULL, "बैशाख" },
		{ CALENDAR_BIKRAM_SAMBAT, "ne", 12, CALENDAR_SHORT, "चैत" },
		{ CALENDAR_BIKRAM_SAMBAT, "en", 1, CALENDAR_FULL, "Baisakh" },
		{ CALENDAR_BIKRAM_SAMBAT, "vi", 12, CALENDAR_FULL, "Chaitra" },
		{ CALENDAR_BIKRAM_SAMBAT, "my", 12, CALENDAR_FULL, "12" },
		{ CALENDAR_BIKRAM_SAMBAT, "ne", 13, CALENDAR_FULL, "" },
		{ CALENDAR_GREGORIAN, "aii", 4, CALENDAR_FULL, "ܢܝܣܢ" },
		{ CALENDAR_GREGORIAN, "de", 3, CALENDAR_FULL, "März" },
		{ CALENDAR_GREGORIAN, "fr", 0, CALENDAR_FULL, "" },
		{ CALENDAR_GREGORIAN, "fr", 13, CALENDAR_FULL, "" },
		{ CALENDAR_ETHIOPIC, "am", 14, CALENDAR_FULL, "" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(months); i++)
		assert_string_equal(
		    calendar_month_name(months[i].calendar, months[i].language,
					months[i].month, months[i].width),
		    months[i].name);
}

/* What a reader of a language can be shown as a month: a number, or a name in
 * its own script; never the root's "M01", nor an English name elsewhere. */
static void check_month(const struct language *language, enum calendar calendar,
			int month)
{
	static const enum calendar_width widths[] = { CALENDAR_FULL,
						      CALENDAR_SHORT };
	const bool latin = strcmp(language->script, "Latn") == 0;

	for (size_t i = 0; i < COUNT(widths); i++) {
		const char *name = calendar_month_name(calendar, language->tag,
						       month, widths[i]);
		const char *english =
		    calendar_month_name(calendar, "en", month, widths[i]);

		if (!*name || strncmp(name, "M0", 2) == 0 ||
		    (!latin && strpbrk(name, "abcdefghijklmnopqrstuvwxyzM")) ||
		    (calendar == CALENDAR_GREGORIAN && month == 1 &&
		     widths[i] == CALENDAR_FULL &&
		     strcmp(language->tag, "en") != 0 &&
		     strcmp(name, english) == 0))
			fail_msg("%s, %s, month %d: \"%s\"", language->tag,
				 calendar_name(calendar), month, name);
	}
}

static void no_language_shows_anothers_months(void **state)
{
	(void)state;
	for (size_t i = 0; i < LANGUAGES; i++) {
		for (int c = 0; c < CALENDAR_COUNT; c++) {
			for (int m = 1; m <= calendar_months((enum calendar)c);
			     m++)
				check_month(language_at(i), (enum calendar)c,
					    m);
		}
	}
}

/* Its own calendars, those that CLDR or we have names for, are named. */
static void a_language_names_the_months_of_its_own_calendars(void **state)
{
	(void)state;
	for (size_t i = 0; i < LANGUAGES; i++) {
		const struct language *language = language_at(i);
		SCOPED(char_freep) char *list = xstrdup(language->calendars);
		char *rest = NULL;

		/* Nobody has written these down. */
		if (strcmp(language->tag, "ksw") == 0 ||
		    strcmp(language->tag, "rhg") == 0)
			continue;
		for (char *name = strtok_r(list, " ", &rest); name;
		     name = strtok_r(NULL, " ", &rest)) {
			enum calendar calendar;

			if (!calendar_named(name, &calendar))
				continue;
			if (strcmp(calendar_month_name(calendar, language->tag,
						       12, CALENDAR_FULL),
				   "12") == 0)
				fail_msg("%s has no months of %s",
					 language->tag, name);
		}
	}
}

static void weekdays_and_calendars_are_named_too(void **state)
{
	(void)state;
	assert_string_equal(calendar_weekday_name("fr", 0, CALENDAR_FULL),
			    "dimanche");
	assert_string_equal(calendar_weekday_name("ht", 1, CALENDAR_FULL),
			    "lendi");
	assert_string_equal(calendar_weekday_name("ar", 5, CALENDAR_SHORT),
			    "الجمعة");
	assert_string_equal(calendar_weekday_name("fr", 7, CALENDAR_FULL), "");
	assert_string_equal(calendar_weekday_name("fr", -1, CALENDAR_FULL), "");
	assert_string_equal(calendar_title(CALENDAR_PERSIAN, "fr"),
			    "calendrier persan");
	assert_string_equal(calendar_title(CALENDAR_BIKRAM_SAMBAT, "ne"),
			    "विक्रम संवत्");
	assert_string_equal(calendar_title(CALENDAR_BIKRAM_SAMBAT, "fr"),
			    "Bikram Sambat (Nepal)");
	/* Staff are told which of the Islamic ones it is. */
	assert_string_equal(calendar_title(CALENDAR_ISLAMIC_UMALQURA, "en"),
			    "Islamic Calendar (Umm al-Qura)");
	assert_string_equal(calendar_title(CALENDAR_ETHIOPIC, "ti"),
			    "Ethiopic Calendar");
	assert_int_equal(calendar_weekday((struct calendar_date){ 1, 1, 1 }),
			 1);
	assert_int_equal(
	    calendar_weekday((struct calendar_date){ 2026, 2, 30 }), -1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known_days_read_the_same_in_both_directions),
		cmocka_unit_test(a_day_that_is_not_in_the_calendar_is_refused),
		cmocka_unit_test(any_day_agrees_with_the_rules_of_its_calendar),
		cmocka_unit_test(
		    every_day_of_two_centuries_goes_there_and_back),
		cmocka_unit_test(a_calendar_leaves_no_day_out),
		cmocka_unit_test(bikram_months_begin_with_the_sun_in_a_sign),
		cmocka_unit_test(months_have_their_days),
		cmocka_unit_test(
		    a_calendar_is_known_by_icus_name_and_by_xlsforms),
		cmocka_unit_test(
		    english_months_and_weekdays_are_short_as_always),
		cmocka_unit_test(
		    months_are_named_in_the_language_that_is_asked_for),
		cmocka_unit_test(no_language_shows_anothers_months),
		cmocka_unit_test(
		    a_language_names_the_months_of_its_own_calendars),
		cmocka_unit_test(weekdays_and_calendars_are_named_too),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
