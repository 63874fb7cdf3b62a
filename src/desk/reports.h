#pragma once

#include "desk/desk.h"
#include "desk/view.h"
#include "report/report.h"

/*
 * Reports on the screen, for supervisors and coordinators: which report, of
 * which days, in which language; a table at a time with what was counted below
 * it; and out of it as spreadsheets, JSON or pages.
 */
extern const struct view desk_reports_screen; /* about: NULL */

/* Whether they are for whoever sits here. */
bool reports_may(const struct desk *desk);

/* What the tables of one report, or of several sites', are opened with; the
 * screen takes over reports, period and language are copied. */
struct reports_shown {
	const char *name; /* of files, "report-waits"; static */
	struct reported *reports;
	size_t count;
	struct period period;
	const char *language; /* "en" or "fr", static */
};
extern const struct view desk_report_screen; /* about: the above */

/* The monthly file of a funder: what would be rejected, and the file itself.
 * For those whom report/service_file.h has. */
extern const struct view desk_funder_screen; /* about: a profile's name */

/* --- what sites count together ---------------------------------------------
 */

/* Writes this site's signed file of those days; the message line says where it
 * is, or why there is none. */
void reports_share(struct desk *desk, const struct period *period);

/*
 * Opens the sum of the files that lie in the folder statistics beside foyer.ini
 * with the list of sites, sites.csv; the message line says who is missing, or
 * what is wrong with a file.
 */
void reports_merge(struct desk *desk, const char *language);

/*
 * Takes what lies on a stick, at its top, in foyer-papers or in statistics,
 * into that folder: every file that a site signed. What was taken before gives
 * way. The list of sites, whose keys are trusted, comes from statistics alone,
 * where whoever coordinates them has put it. *files says how many sites' there
 * were; with none, everything stays as it was. Faults of reading and writing.
 */
MUST_CHECK enum fault reports_gather(const struct home *home, const char *stick,
				     size_t *files);

/* The words of a language ("en", "fr"); the caller frees *out. */
MUST_CHECK enum fault reports_words(const char *language,
				    struct catalogue **out);
