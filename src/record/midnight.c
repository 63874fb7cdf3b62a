#include "record/record.h"

#include <stdlib.h>
#include <time.h>

/* Days of a local calendar as one number that only grows. */
static int64_t local_day(time_t at)
{
	struct tm local;

	localtime_r(&at, &local);
	return (int64_t)local.tm_year * 400 + local.tm_yday;
}

static int64_t first_second_after_day_of(time_t at)
{
	const int64_t today = local_day(at);
	time_t still = at, next = at + 26 * 3600;

	/* No offset change is longer than that, whatever a zone does. */
	while (local_day(next) == today)
		next += 3600;
	while (next - still > 1) {
		time_t middle = still + (next - still) / 2;

		if (local_day(middle) == today)
			still = middle;
		else
			next = middle;
	}
	return next;
}

int64_t record_midnight_after(int64_t at, const char *zone)
{
	SCOPED(char_freep) char *before = NULL;
	int64_t midnight;

	if (zone) {
		before = getenv("TZ") ? xstrdup(getenv("TZ")) : NULL;
		setenv("TZ", zone, 1);
		tzset();
	}
	midnight = first_second_after_day_of((time_t)(at / 1000)) * 1000;
	if (zone) {
		if (before)
			setenv("TZ", before, 1);
		else
			unsetenv("TZ");
		tzset();
	}
	return midnight;
}
