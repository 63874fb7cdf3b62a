#include "record/days.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#define SECONDS_A_DAY (24 * 60 * 60)

/* Noon of it, in UTC. */
static struct tm noon(const char *day)
{
	struct tm utc = { .tm_hour = 12, .tm_mon = 1, .tm_mday = 1 };

	(void)sscanf(day, "%4d-%2d-%2d", &utc.tm_year, &utc.tm_mon,
		     &utc.tm_mday);
	utc.tm_year -= 1900;
	utc.tm_mon -= 1;
	return utc;
}

static void write_day(struct tm *utc, char out[DAYS_BYTES])
{
	time_t moment = timegm(utc);

	gmtime_r(&moment, utc);
	/* A year of more than four digits is none that the record keeps. */
	if (!strftime(out, DAYS_BYTES, "%Y-%m-%d", utc))
		snprintf(out, DAYS_BYTES, "9999-12-31");
}

void days_after(const char *day, int days, char out[DAYS_BYTES])
{
	struct tm utc = noon(day);

	utc.tm_mday += days;
	write_day(&utc, out);
}

void days_months_after(const char *day, int months, char out[DAYS_BYTES])
{
	struct tm first = noon(day), utc;
	const int wanted = first.tm_mday;

	first.tm_mday = 1;
	first.tm_mon += months;
	utc = first;
	utc.tm_mday = wanted;
	write_day(&utc, out);
	if (utc.tm_mday == wanted)
		return;
	/* The day before the first of the month after. */
	first.tm_mon++;
	first.tm_mday = 0;
	write_day(&first, out);
}

int days_between(const char *from, const char *to)
{
	struct tm first = noon(from), last = noon(to);

	return (int)((timegm(&last) - timegm(&first)) / SECONDS_A_DAY);
}

bool days_are(const char *day)
{
	static const char *const shapes[] = { "dddd", "dddd-dd", "dddd-dd-dd" };

	for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
		size_t at = 0;

		while (shapes[i][at] &&
		       (shapes[i][at] == 'd' ? day[at] >= '0' && day[at] <= '9'
					     : day[at] == '-'))
			at++;
		if (!shapes[i][at] && !day[at])
			return true;
	}
	return false;
}
