#pragma once

#include "base/fault.h"
#include "record/store.h"

/*
 * What statements may ask about days and hours, beside what every engine has:
 *
 *	local_day(ms, zone)     "2026-11-22", the day in an IANA zone
 *	local_hour(ms, zone)    0 to 23
 *	local_week(ms, zone)    "2026-W47", ISO 8601
 *	months_after(day, n)    the same day n months later, or the month's last
 *	days_after(day, n)
 *	days_between(a, b)      from day a to day b
 *	utc_moment(day)         its first moment in UTC, ms
 *
 * A day that is cut short ("2026-11", "2026") counts from its first. NULL, what
 * is no day, and the moment 0 give NULL.
 */
MUST_CHECK enum fault calendar_functions(struct store *db);
