#pragma once

#include <stdbool.h>
#include <stdint.h>

/*
 * Days of the proleptic Gregorian calendar, years 1 to 9999, as ISO 8601 text
 * "2026-03-01" and as days since 1970-01-01.
 */
#define DAY_FIRST (-719162) /* 0001-01-01 */
#define DAY_LAST 2932896    /* 9999-12-31 */
#define DAY_TEXT 11

/* False if text is not a day that exists. */
bool day_of_text(const char *text, int64_t *day);

/* number is from DAY_FIRST to DAY_LAST. */
void day_text(int64_t number, char text[DAY_TEXT]);
