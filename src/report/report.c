#include "report/report.h"

#include <string.h>

#include "base/memory.h"

/* Numbered as people know them; the first, the monthly service file, is rows
 * and no counts: report/handover.h. */
static const struct report reports[] = {
	{ "needs",
	  { "assessments", "needs-by-level", "needs-wanted",
	    "needs-changed" } },
	{ "stream",
	  { "streams", "stream-clock", "caseload", "reassessments",
	    "stream-reviews" } },
	{ "sponsors",
	  { "sponsor-cases", "sponsor-steps", "duplicates-merged" } },
	{ "waits",
	  { "visits-by-month", "waits-by-level", "waits-by-language",
	    "waits-by-hour", "waits-by-site", "left-before-service",
	    "alert-answers", "alert-outcomes" } },
	{ "referrals",
	  { "referrals-by-state", "referrals-by-service", "referrals-by-age",
	    "referral-ends", "referral-feedback" } },
	{ "segments", { "segments", "segment-stages", "diverted" } },
	{ "languages", { "languages-asked", "dialects-asked" } },
	{ "consents",
	  { "consents", "kiosk-consents", "nobodys-visits", "visits-kept" } },
	{ "returning", { "new-and-returning", "retained" } },
	{ "modes",
	  { "digital-access", "modes-asked", "modes-given", "no-shows",
	    "no-show-reasons" } },
	{ "quality",
	  { "quality-missing", "quality-found", "levels-overridden",
	    "last-answers", "kiosks" } },
	{ "staff", { "staff-load", "incidents", "suggestions" } },
};

size_t report_count(void)
{
	return COUNT(reports);
}

const struct report *report_at(size_t index)
{
	return &reports[index];
}

const struct report *report_find(const char *name)
{
	for (size_t i = 0; i < COUNT(reports); i++) {
		if (strcmp(reports[i].name, name) == 0)
			return &reports[i];
	}
	return NULL;
}

bool report_may(const struct record_who *who)
{
	return !who->roles || who->roles & (ROLE_SUPERVISOR | ROLE_COORDINATOR);
}

char *report_title(const struct wording *wording, const struct report *report)
{
	SCOPED(char_freep) char *key = xasprintf("report.%s", report->name);

	return wording_or(wording, key, report->name);
}

size_t report_tables(const struct report *report)
{
	size_t count = 0;

	while (count < REPORT_TABLES && report->tables[count])
		count++;
	return count;
}

void report_begin(const struct wording *wording, const struct report *report,
		  struct reported *out)
{
	*out = (struct reported){ .report = report,
				  .title = report_title(wording, report) };
}

enum fault report_read_next(const struct wording *wording,
			    const struct period *period, struct reported *out)
{
	const struct tally_period days = period_tally(period);
	const size_t at = out->count++;

	return figures_read(wording, tally_find(out->report->tables[at]), &days,
			    &out->tables[at]);
}

enum fault report_read(const struct wording *wording,
		       const struct report *report, const struct period *period,
		       struct reported *out)
{
	const size_t count = report_tables(report);
	enum fault fault = FAULT_NONE;

	report_begin(wording, report, out);
	for (size_t i = 0; !fault && i < count; i++)
		fault = report_read_next(wording, period, out);
	return fault;
}

void reported_done(struct reported *reported)
{
	for (size_t i = 0; i < reported->count; i++)
		figures_done(&reported->tables[i]);
	char_free(reported->title);
	char_free(reported->note);
	*reported = (struct reported){ 0 };
}
