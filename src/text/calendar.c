#include "text/calendar.h"

#include <assert.h>
#include <math.h>
#include <string.h>
#include <unicode/ucal.h>

#include "base/memory.h"
#include "text/calendar_bikram.h"
#include "text/icu.h"

#define DAY 86400000.0 /* milliseconds */
#define FIRST_YEAR 1   /* of ISO dates */
#define LAST_YEAR 9999
#define BUDDHIST_YEARS 543 /* ahead of the Gregorian ones */

/* Buddhist months are Gregorian ones, so ICU is asked for those; it is never
 * asked for Bikram Sambat. */
static const struct {
	const char *name; /* ICU's */
	int months;
} calendars[] = {
	[CALENDAR_GREGORIAN] = { "gregorian", 12 },
	[CALENDAR_ETHIOPIC] = { "ethiopic", 13 },
	[CALENDAR_COPTIC] = { "coptic", 13 },
	[CALENDAR_ISLAMIC_UMALQURA] = { "islamic-umalqura", 12 },
	[CALENDAR_ISLAMIC_CIVIL] = { "islamic-civil", 12 },
	[CALENDAR_PERSIAN] = { "persian", 12 },
	[CALENDAR_BUDDHIST] = { "buddhist", 12 },
	[CALENDAR_BIKRAM_SAMBAT] = { "bikram-sambat", 12 },
};

static_assert(COUNT(calendars) == CALENDAR_COUNT, "every calendar is named");

/* Names in forms that are not ICU's. */
static const struct {
	const char *name;
	enum calendar meant;
} aliases[] = {
	{ "ethiopian", CALENDAR_ETHIOPIC },
	{ "islamic", CALENDAR_ISLAMIC_UMALQURA },
	{ "gregory", CALENDAR_GREGORIAN },
	{ "iso8601", CALENDAR_GREGORIAN },
	{ "islamicc", CALENDAR_ISLAMIC_CIVIL },
};

bool calendar_named(const char *name, enum calendar *out)
{
	for (int i = 0; i < CALENDAR_COUNT; i++) {
		if (strcmp(calendars[i].name, name) == 0) {
			*out = (enum calendar)i;
			return true;
		}
	}
	for (size_t i = 0; i < COUNT(aliases); i++) {
		if (strcmp(aliases[i].name, name) == 0) {
			*out = aliases[i].meant;
			return true;
		}
	}
	return false;
}

bool calendar_among(const char *words, enum calendar *out)
{
	SCOPED(char_freep) char *copy = xstrdup(words);
	char *rest = NULL;

	for (char *word = strtok_r(copy, " ", &rest); word;
	     word = strtok_r(NULL, " ", &rest)) {
		if (calendar_named(word, out))
			return true;
	}
	return false;
}

const char *calendar_name(enum calendar calendar)
{
	return calendars[calendar].name;
}

/* ICU turns a calendar that it does not have into the Gregorian unasked. */
static UCalendar *opened(enum calendar calendar)
{
	static UCalendar *open[CALENDAR_COUNT];
	UErrorCode error = U_ZERO_ERROR;

	if (open[calendar])
		return open[calendar];
	SCOPED(char_freep)
	char *locale = xasprintf("en@calendar=%s", calendars[calendar].name);

	open[calendar] =
	    ucal_open(u"Etc/UTC", -1, locale, UCAL_TRADITIONAL, &error);
	icu_must(error, locale);
	if (strcmp(ucal_getType(open[calendar], &error),
		   calendars[calendar].name) != 0)
		icu_must(U_UNSUPPORTED_ERROR, locale);
	ucal_setAttribute(open[calendar], UCAL_LENIENT, false);
	/* Proleptic: no Julian dates however early. */
	if (calendar == CALENDAR_GREGORIAN)
		ucal_setGregorianChange(open[calendar], -8.64e15, &error);
	icu_must(error, locale);
	return open[calendar];
}

static bool bikram_moment(struct calendar_date date, double *out)
{
	int64_t day;

	if (!bikram_to_day(date, &day))
		return false;
	*out = (double)day * DAY;
	return true;
}

/* The first moment of a day; false where there is no such day. */
static bool moment_of(enum calendar calendar, struct calendar_date date,
		      double *out)
{
	UErrorCode error = U_ZERO_ERROR;
	UCalendar *icu;

	if (calendar == CALENDAR_BIKRAM_SAMBAT)
		return bikram_moment(date, out);
	if (calendar == CALENDAR_BUDDHIST) {
		calendar = CALENDAR_GREGORIAN;
		date.year -= BUDDHIST_YEARS;
	}
	if (date.year < 1 || date.year > LAST_YEAR * 2 || date.month < 1 ||
	    date.month > calendars[calendar].months || date.day < 1 ||
	    date.day > 31)
		return false;
	icu = opened(calendar);
	ucal_clear(icu);
	ucal_set(icu, UCAL_EXTENDED_YEAR, date.year);
	ucal_set(icu, UCAL_MONTH, date.month - 1);
	ucal_set(icu, UCAL_DATE, date.day);
	*out = ucal_getMillis(icu, &error);
	return U_SUCCESS(error);
}

/* Of year 0 or before where the calendar has no such day. */
static struct calendar_date date_at(enum calendar calendar, double moment)
{
	const bool buddhist = calendar == CALENDAR_BUDDHIST;
	struct calendar_date date = { 0 };
	UErrorCode error = U_ZERO_ERROR;
	UCalendar *icu;

	if (calendar == CALENDAR_BIKRAM_SAMBAT) {
		(void)bikram_from_day(llround(moment / DAY), &date);
		return date;
	}
	icu = opened(buddhist ? CALENDAR_GREGORIAN : calendar);
	ucal_setMillis(icu, moment, &error);
	date = (struct calendar_date){
		.year = ucal_get(icu, UCAL_EXTENDED_YEAR, &error) +
			(buddhist ? BUDDHIST_YEARS : 0),
		.month = ucal_get(icu, UCAL_MONTH, &error) + 1,
		.day = ucal_get(icu, UCAL_DATE, &error),
	};
	icu_must(error, "reading a date");
	return date;
}

bool calendar_from_iso(enum calendar calendar, struct calendar_date iso,
		       struct calendar_date *out)
{
	struct calendar_date date;
	double moment;

	if (iso.year > LAST_YEAR ||
	    !moment_of(CALENDAR_GREGORIAN, iso, &moment))
		return false;
	date = date_at(calendar, moment);
	if (date.year < 1)
		return false;
	*out = date;
	return true;
}

bool calendar_to_iso(enum calendar calendar, struct calendar_date date,
		     struct calendar_date *out)
{
	struct calendar_date iso;
	double moment;

	if (!moment_of(calendar, date, &moment))
		return false;
	iso = date_at(CALENDAR_GREGORIAN, moment);
	if (iso.year < FIRST_YEAR || iso.year > LAST_YEAR)
		return false;
	*out = iso;
	return true;
}

struct calendar_years calendar_years(enum calendar calendar)
{
	if (calendar == CALENDAR_BIKRAM_SAMBAT)
		return (struct calendar_years){ BIKRAM_FIRST, BIKRAM_LAST };
	return (struct calendar_years){ FIRST_YEAR, LAST_YEAR };
}

int calendar_months(enum calendar calendar)
{
	return calendars[calendar].months;
}

int calendar_days(enum calendar calendar, int year, int month)
{
	struct calendar_date first = { year, month, 1 };
	struct calendar_date next = { year, month + 1, 1 };
	double start, end;

	if (calendar == CALENDAR_BIKRAM_SAMBAT)
		return bikram_month_days(year, month);
	if (month == calendars[calendar].months)
		next = (struct calendar_date){ year + 1, 1, 1 };
	if (!calendar_to_iso(calendar, first, &(struct calendar_date){ 0 }) ||
	    !moment_of(calendar, first, &start) ||
	    !moment_of(calendar, next, &end))
		return 0;
	return (int)lround((end - start) / DAY);
}

int calendar_weekday(struct calendar_date iso)
{
	double moment;
	int day;

	if (iso.year > LAST_YEAR ||
	    !moment_of(CALENDAR_GREGORIAN, iso, &moment))
		return -1;
	/* 1970-01-01 was a Thursday. */
	day = (int)fmod(floor(moment / DAY) + 4, 7);
	return day < 0 ? day + 7 : day;
}
