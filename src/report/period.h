#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "record/days.h"
#include "record/tally.h"

/* The days that a report is about, in the zone of the computer it is made on.
 */
struct period {
	char first[DAYS_BYTES], last[DAYS_BYTES];
	char today[DAYS_BYTES];
	int64_t from, until; /* ms; until is the first moment after it */
	int64_t now;
};

enum period_answer {
	PERIOD_READ,
	PERIOD_FIRST_WRONG, /* from is no day */
	PERIOD_LAST_WRONG,
	PERIOD_BACKWARDS, /* it ends before it begins */
};

/*
 * From a day to a day, both with it; each may be cut short: "2026-11" begins
 * with the first of the month and ends with its last. Without from (NULL) it
 * begins with to's month, without to it ends today, or with from where that is
 * cut short and over: "2026-10" alone is that month.
 */
enum period_answer period_read(const char *from, const char *to, int64_t now,
			       struct period *out);

/* As the name of a file has it: "2026-10" for a whole month, "2025" for a whole
 * year, else "2026-11-01_2026-11-22". */
#define PERIOD_NAME (2 * DAYS_BYTES)
void period_name(const struct period *period, char out[PERIOD_NAME]);

/* What a report's file is called before its ending, "waits-2026-10-fr": of
 * other days, or in the other language, it is another file. The caller frees
 * it. */
char *period_file(const struct period *period, const char *name,
		  const char *language);

/* As statements take it; points into period. */
struct tally_period period_tally(const struct period *period);
