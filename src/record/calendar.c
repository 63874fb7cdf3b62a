#include "record/calendar.h"

#include <stdint.h>
#include <stdio.h>
#include <time.h>

#include "base/memory.h"
#include "record/days.h"
#include "text/zone.h"

#define DAY_MS ((int64_t)24 * 60 * 60 * 1000)

/* The wall's time at a moment that is known; false where none is. */
static bool wall(sqlite3_value **values, struct tm *out)
{
	const int64_t at = sqlite3_value_int64(values[0]);
	const char *zone = (const char *)sqlite3_value_text(values[1]);
	time_t local;

	if (!at)
		return false;
	local = (time_t)((at + zone_offset(zone, at)) / 1000);
	gmtime_r(&local, out);
	return true;
}

static void say(sqlite3_context *to, const char *text)
{
	sqlite3_result_text(to, text, -1, SQLITE_TRANSIENT);
}

static void local_day(sqlite3_context *to, int count, sqlite3_value **values)
{
	struct tm time;
	char text[32];

	(void)count;
	if (wall(values, &time) &&
	    strftime(text, sizeof text, "%Y-%m-%d", &time))
		say(to, text);
}

static void local_week(sqlite3_context *to, int count, sqlite3_value **values)
{
	struct tm time;
	char text[32];

	(void)count;
	if (wall(values, &time) && strftime(text, sizeof text, "%G-W%V", &time))
		say(to, text);
}

static void local_hour(sqlite3_context *to, int count, sqlite3_value **values)
{
	struct tm time;

	(void)count;
	if (wall(values, &time))
		sqlite3_result_int(to, time.tm_hour);
}

/* NULL: it is none. */
static const char *day_of(sqlite3_value *value)
{
	const char *day = (const char *)sqlite3_value_text(value);

	return day && days_are(day) ? day : NULL;
}

static void after(sqlite3_context *to, sqlite3_value **values,
		  void later(const char *, int, char *))
{
	const char *day = day_of(values[0]);
	char out[DAYS_BYTES];

	if (!day || sqlite3_value_type(values[1]) == SQLITE_NULL)
		return;
	later(day, sqlite3_value_int(values[1]), out);
	say(to, out);
}

static void months(sqlite3_context *to, int count, sqlite3_value **values)
{
	(void)count;
	after(to, values, days_months_after);
}

static void days(sqlite3_context *to, int count, sqlite3_value **values)
{
	(void)count;
	after(to, values, days_after);
}

static void between(sqlite3_context *to, int count, sqlite3_value **values)
{
	const char *from = day_of(values[0]), *until = day_of(values[1]);

	(void)count;
	if (from && until)
		sqlite3_result_int(to, days_between(from, until));
}

static void moment(sqlite3_context *to, int count, sqlite3_value **values)
{
	const char *day = day_of(values[0]);

	(void)count;
	if (day)
		sqlite3_result_int64(to,
				     days_between("1970-01-01", day) * DAY_MS);
}

int calendar_functions(sqlite3 *db)
{
	static const struct {
		const char *name;
		int count;
		void (*run)(sqlite3_context *, int, sqlite3_value **);
	} functions[] = {
		{ "local_day", 2, local_day },
		{ "local_hour", 2, local_hour },
		{ "local_week", 2, local_week },
		{ "months_after", 2, months },
		{ "days_after", 2, days },
		{ "days_between", 2, between },
		{ "utc_moment", 1, moment },
	};
	const int flags = SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS;
	int code = SQLITE_OK;

	for (size_t i = 0; !code && i < COUNT(functions); i++)
		code = sqlite3_create_function_v2(
		    db, functions[i].name, functions[i].count, flags, NULL,
		    functions[i].run, NULL, NULL, NULL);
	return code;
}
