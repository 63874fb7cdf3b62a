#include "record/calendar.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "base/memory.h"
#include "record/days.h"
#include "text/zone.h"

#define DAY_MS ((int64_t)24 * 60 * 60 * 1000)

/* The wall's time at a moment that is known; false where none is. */
static bool wall(struct store_call *call, struct tm *out)
{
	const int64_t at = store_argument_number(call, 0);
	const char *zone = store_argument(call, 1);
	time_t local;

	if (!at)
		return false;
	local = (time_t)((at + zone_offset(zone, at)) / 1000);
	gmtime_r(&local, out);
	return true;
}

static void say(struct store_call *call, const char *text)
{
	store_give_text(call, text, strlen(text));
}

static void local_day(struct store_call *call, void *own)
{
	struct tm time;
	char text[32];

	(void)own;
	if (wall(call, &time) && strftime(text, sizeof text, "%Y-%m-%d", &time))
		say(call, text);
}

static void local_week(struct store_call *call, void *own)
{
	struct tm time;
	char text[32];

	(void)own;
	if (wall(call, &time) && strftime(text, sizeof text, "%G-W%V", &time))
		say(call, text);
}

static void local_hour(struct store_call *call, void *own)
{
	struct tm time;

	(void)own;
	if (wall(call, &time))
		store_give(call, time.tm_hour);
}

/* NULL: it is none. */
static const char *day_of(struct store_call *call, int at)
{
	const char *day = store_argument(call, at);

	return day && days_are(day) ? day : NULL;
}

static void after(struct store_call *call,
		  void later(const char *, int, char *))
{
	const char *day = day_of(call, 0);
	char out[DAYS_BYTES];

	if (!day || store_argument_is_null(call, 1))
		return;
	later(day, (int)store_argument_number(call, 1), out);
	say(call, out);
}

static void months(struct store_call *call, void *own)
{
	(void)own;
	after(call, days_months_after);
}

static void days(struct store_call *call, void *own)
{
	(void)own;
	after(call, days_after);
}

static void between(struct store_call *call, void *own)
{
	const char *from = day_of(call, 0), *until = day_of(call, 1);

	(void)own;
	if (from && until)
		store_give(call, days_between(from, until));
}

static void moment(struct store_call *call, void *own)
{
	const char *day = day_of(call, 0);

	(void)own;
	if (day)
		store_give(call, days_between("1970-01-01", day) * DAY_MS);
}

enum fault calendar_functions(struct store *db)
{
	static const struct store_named functions[] = {
		{ "local_day", 2, local_day, true },
		{ "local_hour", 2, local_hour, true },
		{ "local_week", 2, local_week, true },
		{ "months_after", 2, months, true },
		{ "days_after", 2, days, true },
		{ "days_between", 2, between, true },
		{ "utc_moment", 1, moment, true },
	};

	return store_functions(db, functions, COUNT(functions), NULL);
}
