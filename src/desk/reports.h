#pragma once

#include "desk/desk.h"
#include "desk/view.h"
#include "report/gather.h"
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

#define REPORTS_SITES_ROLES ROLE_COORDINATOR /* change the list of sites */

/* Writes this site's signed file of those days; the message line says where it
 * is, or why there is none. */
void reports_share(struct desk *desk, const struct period *period);

/* The coordinator's list (report/sites.h). false: the message line says which
 * row of it is wrong. */
bool reports_sites(struct desk *desk, struct sites *out);

/*
 * Opens the sum of what is kept of the sites on the list, of days that are
 * picked where there are several; the message line says who is missing, or what
 * is wrong. sum is of the screen below: zeros, with a language that is static,
 * and released with reports_sum_done().
 */
struct reports_sum {
	struct sites sites;
	struct gather_kept kept;
	const char *language;
};
void reports_merge(struct desk *desk, struct reports_sum *sum);
void reports_sum_done(struct reports_sum *sum);

/*
 * Takes what lies on a stick, at its top, in foyer-papers or in statistics: the
 * files that sites signed, and nothing else. The caller releases *out with
 * gathering_done(), after a fault too.
 */
MUST_CHECK enum fault reports_gather(const struct home *home, const char *stick,
				     struct gathering *out);

/* The same at a desk without sticks, of a folder that is asked for. */
void reports_gather_here(struct desk *desk);

/* What became of each file. A site that is not on the list is put there from
 * here, once its fingerprint was compared. about: struct gathering, which it
 * takes over. */
extern const struct view desk_gathered_screen;

/* Opens it, and says how many were left for another time. */
void gathered_open(struct desk *desk, const struct gathering *gathering);

/* The list of sites, and this site's own key. */
extern const struct view desk_sites_screen; /* about: NULL */

/* The words of a language ("en", "fr"); the caller frees *out. */
MUST_CHECK enum fault reports_words(const char *language,
				    struct catalogue **out);
