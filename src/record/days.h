#pragma once

#include <stdbool.h>

/*
 * Days of the Gregorian calendar as the record keeps them: "2026-11-22". One
 * that is cut short ("2026-11", "2026") stands for its first.
 */

#define DAYS_BYTES 11 /* with the zero */

/* So many days after a day, before it where they are negative. */
void days_after(const char *day, int days, char out[DAYS_BYTES]);

/* The same day so many months later, or the last of that month where it has no
 * such day. */
void days_months_after(const char *day, int months, char out[DAYS_BYTES]);

/* How many days lie from one to another; negative where to is earlier. */
int days_between(const char *from, const char *to);

/* Whether it is a day at all, cut short or not. */
bool days_are(const char *day);
