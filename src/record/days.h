#pragma once

/* Days of the Gregorian calendar as the record keeps them: "2026-11-22". */

#define DAYS_BYTES 11 /* with the zero */

/* So many days after a day (of one cut short: its first), before it where they
 * are negative. */
void days_after(const char *day, int days, char out[DAYS_BYTES]);
