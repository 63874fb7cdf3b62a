#include "record/days.h"

#include <stdio.h>
#include <time.h>

void days_after(const char *day, int days, char out[DAYS_BYTES])
{
	/* A day that is cut short begins with its first. */
	struct tm utc = { .tm_hour = 12, .tm_mon = 1, .tm_mday = 1 };
	time_t moment;

	(void)sscanf(day, "%4d-%2d-%2d", &utc.tm_year, &utc.tm_mon,
		     &utc.tm_mday);
	utc.tm_year -= 1900;
	utc.tm_mon -= 1;
	utc.tm_mday += days;
	moment = timegm(&utc);
	gmtime_r(&moment, &utc);
	/* A year of more than four digits is none that the record keeps. */
	if (!strftime(out, DAYS_BYTES, "%Y-%m-%d", &utc))
		snprintf(out, DAYS_BYTES, "9999-12-31");
}
