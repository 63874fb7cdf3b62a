#pragma once

#include <stdbool.h>
#include <stdint.h>

/*
 * When a service is open: a row of the directory's schedules (HSDS 3.0,
 * schedule), which are events of iCalendar that recur (RFC 5545 §3.3.10) by
 * week or month. Texts are as the row has them; "" is not given.
 *
 * Times without an offset are what a clock on the wall of the agency shows,
 * and so are days; "09:00-05:00" and the column timezone say another clock.
 */
struct opening {
	const char *valid_from, *valid_to, *dtstart, *until; /* days */
	const char *freq;     /* WEEKLY, MONTHLY */
	const char *wkst;     /* MO: the week's first day */
	const char *byday;    /* "MO,WE"; monthly also "2MO", "-1FR" */
	const char *byweekno; /* "41,-1": of the year */
	const char *bymonthday, *byyearday;
	const char *opens_at, *closes_at;
	const char *timezone; /* hours ahead of UTC */
	const char *interval, *count;
};

/*
 * Whether days and hours are told well enough to say open or closed. Without
 * days, or without an hour to open, only its description helps.
 */
bool opening_is_clear(const struct opening *opening);

/* Whether the day has it. Days count from 1970-01-01. */
bool opening_on(const struct opening *opening, int64_t day);

/*
 * Whether it is open at an instant (ms since 1970 UTC), by the clocks of an
 * IANA zone. Hours that end at or before they begin end the next day. False
 * where it is not clear.
 */
bool opening_at(const struct opening *opening, int64_t now, const char *zone);

/* Minutes since midnight of "09:00", -1 for none. */
int opening_minute(const char *time);

/* "2026-11-22" as days since 1970-01-01; false: it is no day. */
bool opening_day(const char *text, int64_t *day);
/* And back, into 11 bytes. */
void opening_day_write(int64_t day, char text[11]);
