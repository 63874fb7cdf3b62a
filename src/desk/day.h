#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "text/catalogue.h"

/*
 * Days as staff type and read them, in their language. Kept is ISO 8601, which
 * may be cut short: "2026-11-22", "2026-11", "2026". words is the staff's
 * catalogue.
 */
#define DAY_BYTES 11 /* with the zero */

/* The local day of a moment, in ms since 1970 UTC; and the first moment of a
 * whole one. */
void day_of(int64_t now, char out[DAY_BYTES]);
int64_t day_begins(const char *day);

/*
 * What was typed, as ISO 8601: that itself; "22 nov", "nov 22 2027"; today,
 * tomorrow, yesterday; a weekday, the next one of its name; "+30", "-7" days.
 * A day and month without a year are this year's. False, out untouched, for
 * anything else, and for a day that no calendar has.
 */
bool day_read(const struct catalogue *words, const char *typed,
	      const char *today, char out[DAY_BYTES]);

/* "Sun 22 Nov 2026", "Nov 2026", "2026"; what is no day is given as it is. The
 * caller frees it. */
char *day_shown(const struct catalogue *words, const char *iso);

/* Cells of the widest whole day that day_shown() gives. */
int day_cells(const struct catalogue *words);

/* So many days after today, before it where they are negative. */
void day_after(const char *today, int days, char out[DAY_BYTES]);

/* Days from one to the other; both are whole days. */
int day_between(const char *from, const char *to);
