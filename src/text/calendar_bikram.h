#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "text/calendar.h"

/*
 * Inside the room: Bikram Sambat, the calendar of Nepal, which ICU does not
 * have. Its months follow the sun through the signs and have 29 to 32 days in
 * no short pattern, so they stand in a table: calendar_bikram.c names its
 * source. Days are counted from 1970-01-01, Gregorian.
 */
#define BIKRAM_FIRST 1970 /* began on 1913-04-13 */
#define BIKRAM_LAST 2100  /* ends on 2044-04-13 */

/* Days of a month; 0 where there is none in the table. */
int bikram_month_days(int year, int month);

/* False, *day untouched, where the table has no such day. */
bool bikram_to_day(struct calendar_date date, int64_t *day);

/* False, *out untouched, for a day outside the table. */
bool bikram_from_day(int64_t day, struct calendar_date *out);
