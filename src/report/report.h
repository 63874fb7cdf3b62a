#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "report/figures.h"
#include "report/period.h"

/*
 * A report: a name ("waits") and the tables of counts it is made of. Its title
 * is the word "report.NAME". Reports are exact and name nobody whom the agency
 * serves; what may leave the agency is report/shared.h's.
 */
#define REPORT_TABLES 8

struct report {
	const char *name;
	const char *tables[REPORT_TABLES]; /* of record/tally.h; ends NULL */
};

size_t report_count(void);
const struct report *report_at(size_t index); /* in the order of the manual */
const struct report *report_find(const char *name); /* NULL: none */

/* Who may see reports: supervisors and coordinators. No role at all is whoever
 * holds the file. */
bool report_may(const struct record_who *who);

char *report_title(const struct wording *wording, const struct report *report);

/* A report as it was read: what is written, printed and shown. */
struct reported {
	const struct report *report;
	char *title;
	char *note; /* what was hidden or left out; NULL: nothing */
	struct figures tables[REPORT_TABLES];
	size_t count;
};

/* Reads every table. *out is released with reported_done(), after a fault too.
 */
MUST_CHECK enum fault report_read(const struct wording *wording,
				  const struct report *report,
				  const struct period *period,
				  struct reported *out);

/* The same a table at a time, for programs that have other things to do
 * meanwhile: none of them yet, and then the next. */
size_t report_tables(const struct report *report);
void report_begin(const struct wording *wording, const struct report *report,
		  struct reported *out);
MUST_CHECK enum fault report_read_next(const struct wording *wording,
				       const struct period *period,
				       struct reported *out);

void reported_done(struct reported *reported);
