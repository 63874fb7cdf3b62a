#include "record/opening.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "record/hsds_check.h"
#include "text/zone.h"

#define MINUTE_MS ((int64_t)60 * 1000)
#define DAY_MS ((int64_t)24 * 60 * MINUTE_MS)

/* --- days ------------------------------------------------------------------
 */

struct civil {
	int64_t year;
	int month, day; /* from 1 */
};

/* Eras of 400 years that begin in March, so that a leap day comes last. */
static int64_t day_of(struct civil date)
{
	const int64_t year = date.year - (date.month <= 2);
	const int64_t era = (year >= 0 ? year : year - 399) / 400;
	const int64_t of_era = year - era * 400;
	const int of_year =
	    (153 * ((date.month + 9) % 12) + 2) / 5 + date.day - 1;

	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 +
	       of_year - 719468;
}

static struct civil civil_of(int64_t day)
{
	const int64_t moved = day + 719468;
	const int64_t era = (moved >= 0 ? moved : moved - 146096) / 146097;
	const int64_t of_era = moved - era * 146097;
	const int64_t year =
	    (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
	const int of_year =
	    (int)(of_era - (365 * year + year / 4 - year / 100));
	const int month = (5 * of_year + 2) / 153;

	return (struct civil){
		.year = year + era * 400 + (month >= 10),
		.month = month < 10 ? month + 3 : month - 9,
		.day = of_year - (153 * month + 2) / 5 + 1,
	};
}

bool opening_day(const char *text, int64_t *day)
{
	struct civil date = { 0 };

	if (!hsds_is_day(text))
		return false;
	date.year = strtol(text, NULL, 10);
	date.month = (int)strtol(text + 5, NULL, 10);
	date.day = (int)strtol(text + 8, NULL, 10);
	*day = day_of(date);
	return true;
}

void opening_day_write(int64_t day, char text[11])
{
	const struct civil date = civil_of(day);

	snprintf(text, 11, "%04u-%02u-%02u", (unsigned)date.year % 10000,
		 (unsigned)date.month % 100, (unsigned)date.day % 100);
}

static int days_in_month(struct civil date)
{
	const struct civil first = { date.year, date.month, 1 };
	const struct civil next = { date.year + (date.month == 12),
				    date.month % 12 + 1, 1 };

	return (int)(day_of(next) - day_of(first));
}

/* 0 Monday to 6 Sunday. */
static int weekday(int64_t day)
{
	return (int)(((day + 3) % 7 + 7) % 7);
}

static int weekday_named(const char *name)
{
	static const char names[] = "MOTUWETHFRSASU";

	for (int i = 0; i < 7; i++) {
		if (!strncmp(name, names + 2 * i, 2))
			return i;
	}
	return -1;
}

/* --- lists -----------------------------------------------------------------
 */

/* The next part of "MO, 2TU": false at the end. Parts parted by commas. */
static bool next_part(const char **list, long *number, const char **word)
{
	char *end;

	*list += strspn(*list, ", ");
	if (!**list)
		return false;
	*number = strtol(*list, &end, 10);
	*word = end;
	*list = end + strcspn(end, ",");
	return true;
}

/* Whether a list of numbers has at, or counted from the end of most. */
static bool numbers_have(const char *list, int at, int most)
{
	const char *word;
	long number;

	while (next_part(&list, &number, &word)) {
		if (number == at || number == at - most - 1)
			return true;
	}
	return false;
}

/* --- which days ------------------------------------------------------------
 */

static bool by_month(const struct opening *opening)
{
	return !strcmp(opening->freq, "MONTHLY");
}

/* Whether the weekdays have this day; a number before one counts within the
 * month, from its end where it is negative. */
static bool byday_has(const struct opening *opening, int64_t day)
{
	const struct civil date = civil_of(day);
	const int nth = (date.day - 1) / 7 + 1;
	const int nth_last = -((days_in_month(date) - date.day) / 7 + 1);
	const char *list = opening->byday, *word;
	long number;

	while (next_part(&list, &number, &word)) {
		if (weekday_named(word) == weekday(day) &&
		    (!number || !by_month(opening) || number == nth ||
		     number == nth_last))
			return true;
	}
	return false;
}

/* The first day of the week that holds day, as wkst counts weeks. */
static int64_t week_of(const struct opening *opening, int64_t day)
{
	const int first = weekday_named(opening->wkst);

	return day - (weekday(day) - (first < 0 ? 0 : first) + 7) % 7;
}

/* The first week of a year is the first that has four of its days. */
static int64_t first_week(const struct opening *opening, int64_t year)
{
	return week_of(opening, day_of((struct civil){ year, 1, 4 }));
}

static bool weekno_has(const struct opening *opening, int64_t day)
{
	const int64_t week = week_of(opening, day);
	const int64_t year = civil_of(week + 3).year;
	const int64_t first = first_week(opening, year);
	const int weeks = (int)(first_week(opening, year + 1) - first) / 7;

	return numbers_have(opening->byweekno, (int)(week - first) / 7 + 1,
			    weeks);
}

static bool interval_has(const struct opening *opening, int64_t day)
{
	const long interval = strtol(opening->interval, NULL, 10);
	int64_t start;

	if (interval <= 1 || !opening_day(opening->dtstart, &start))
		return true;
	if (by_month(opening)) {
		const struct civil a = civil_of(start), b = civil_of(day);

		return ((b.year - a.year) * 12 + b.month - a.month) %
			   interval ==
		       0;
	}
	return (week_of(opening, day) - week_of(opening, start)) / 7 %
		   interval ==
	       0;
}

static bool is_given(const char *text)
{
	return *text;
}

/* By the rule alone, whatever its beginning and end. */
static bool recurs_on(const struct opening *opening, int64_t day)
{
	const struct civil date = civil_of(day);
	const int64_t new_year = day_of((struct civil){ date.year, 1, 1 });
	const int64_t next_year = day_of((struct civil){ date.year + 1, 1, 1 });
	int64_t start;

	if (is_given(opening->byday) && !byday_has(opening, day))
		return false;
	if (is_given(opening->bymonthday) &&
	    !numbers_have(opening->bymonthday, date.day, days_in_month(date)))
		return false;
	if (is_given(opening->byyearday) &&
	    !numbers_have(opening->byyearday, (int)(day - new_year) + 1,
			  (int)(next_year - new_year)))
		return false;
	if (is_given(opening->byweekno) && !weekno_has(opening, day))
		return false;
	if (!interval_has(opening, day))
		return false;
	if (is_given(opening->byday) || is_given(opening->bymonthday) ||
	    is_given(opening->byyearday))
		return true;
	/* Nothing names a day: the first one does (RFC 5545 §3.3.10). */
	if (!opening_day(opening->dtstart, &start))
		return false;
	if (by_month(opening))
		return civil_of(start).day == date.day;
	return *opening->freq ? weekday(start) == weekday(day) : start == day;
}

#define COUNT_DAYS_LIMIT (20 * 366) /* looked through for a count */

/* Whether fewer than its count came before this day. */
static bool count_has(const struct opening *opening, int64_t day)
{
	long left = strtol(opening->count, NULL, 10);
	int64_t start;

	if (left <= 0 || !opening_day(opening->dtstart, &start))
		return true;
	if (day - start > COUNT_DAYS_LIMIT)
		return false;
	for (int64_t at = start; at < day && left; at++)
		left -= recurs_on(opening, at);
	return left > 0;
}

bool opening_on(const struct opening *opening, int64_t day)
{
	int64_t bound;

	if ((opening_day(opening->valid_from, &bound) && day < bound) ||
	    (opening_day(opening->valid_to, &bound) && day > bound) ||
	    (opening_day(opening->dtstart, &bound) && day < bound) ||
	    (opening_day(opening->until, &bound) && day > bound))
		return false;
	return recurs_on(opening, day) && count_has(opening, day);
}

/* --- hours -----------------------------------------------------------------
 */

int opening_minute(const char *time)
{
	const char *colon = strchr(time, ':');

	if (!hsds_is_time(time))
		return -1;
	return (int)strtol(time, NULL, 10) * 60 +
	       (int)strtol(colon + 1, NULL, 10);
}

bool opening_is_clear(const struct opening *opening)
{
	return opening_minute(opening->opens_at) >= 0 &&
	       (is_given(opening->byday) || is_given(opening->bymonthday) ||
		is_given(opening->byyearday) || is_given(opening->dtstart));
}

/* Minutes ahead of UTC that a time ("09:00-05:00") says of itself. */
static bool offset_told(const char *time, int *minutes)
{
	const char *at = time + strspn(time, "0123456789:");
	const char *digits = at + 1;
	int hours, rest;

	if (*at == 'Z') {
		*minutes = 0;
		return true;
	}
	if (*at != '-' && *at != '+')
		return false;
	hours = (digits[0] - '0') * 10 + digits[1] - '0';
	digits += 2 + (digits[2] == ':');
	rest = *digits ? (int)strtol(digits, NULL, 10) : 0;
	*minutes = (*at == '-' ? -1 : 1) * (hours * 60 + rest);
	return true;
}

static int64_t local_time(const struct opening *opening, int64_t now,
			  const char *zone)
{
	double hours;
	int minutes;

	if (offset_told(opening->opens_at, &minutes))
		return now + minutes * MINUTE_MS;
	hours = strtod(opening->timezone, NULL);
	if (*opening->timezone && hours >= -14 && hours <= 14)
		return now + (int64_t)(hours * 60) * MINUTE_MS;
	return now + zone_offset(zone, now);
}

bool opening_at(const struct opening *opening, int64_t now, const char *zone)
{
	int from, to, minute;
	int64_t local, day;

	if (!opening_is_clear(opening))
		return false;
	local = local_time(opening, now, zone);
	day = local / DAY_MS - (local % DAY_MS < 0);
	minute = (int)((local - day * DAY_MS) / MINUTE_MS);
	from = opening_minute(opening->opens_at);
	to = opening_minute(opening->closes_at);
	if (to < 0)
		to = 24 * 60;
	if (to > from)
		return minute >= from && minute < to &&
		       opening_on(opening, day);
	return (minute >= from && opening_on(opening, day)) ||
	       (minute < to && opening_on(opening, day - 1));
}
