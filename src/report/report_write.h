#pragma once

#include "base/bytes.h"
#include "base/findings.h"
#include "report/about.h"
#include "report/report.h"

/*
 * A report as a file: a table with what stands beside it, the days it is of and
 * whose it is. A shared one says what was hidden (report/shared.h).
 */
struct report_about {
	const char *agency; /* NULL: not set */
	const struct period *period;
	const struct wording *wording;
	bool made_up; /* a demo */
};

/* Added to out, a spreadsheet that was begun (base/spreadsheet.h): of each
 * table its title, heads, rows and what was counted, with an empty row between.
 */
void report_csv(const struct reported *reported,
		const struct report_about *about, struct bytes *out);

/* The same as one JSON object, added to out with a newline. Counts are numbers,
 * lengths of time minutes or days, and a mean has its decimal. */
void report_json(const struct reported *reported,
		 const struct report_about *about, struct bytes *out);

/* As a page for paper; the caller frees it. */
struct page *report_page(const struct reported *reported,
			 const struct report_about *report,
			 const struct about *about);

/*
 * One workbook of several reports (.xlsx, ISO/IEC 29500) at path, whole or not
 * at all, readable to this user alone: a sheet a table, with its
 * chart. FAULT_SYSTEM: it cannot be written; the log says
 * why.
 */
MUST_CHECK enum fault report_workbook(const struct reported *reported,
				      size_t count,
				      const struct report_about *about,
				      const char *path);
