#pragma once

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

/*
 * How far a long step is, on a line of its own: what is done, how much of it,
 * and the time that is left if it goes on as it went so far. On a terminal the
 * line is drawn over and over; elsewhere only its end is written. A program
 * that asked gets a line each percent: "doing 40 Writing".
 */
struct shown {
	FILE *to;
	bool program;
};

struct progress {
	const struct shown *on; /* NULL: nothing is shown */
	const char *doing;
	uint64_t total, done; /* bytes */
	double started;       /* seconds, of some beginning */
	double drawn;         /* when the line was drawn last */
	int percent;          /* that was told last */
	int terminal;
};

struct progress progress_begin(const struct shown *on, const char *doing,
			       uint64_t total);
void progress_add(struct progress *progress, uint64_t bytes);
/* Ends the line; it says how long it took. */
void progress_end(struct progress *progress);

/* "2 min 10 s", in out. */
#define PROGRESS_TIME 32
void progress_time(double seconds, char out[PROGRESS_TIME]);
