#include <stdio.h>
#include <string.h>

#include "base/bytes.h"
#include "base/memory.h"
#include "office/demo_pilot.h"
#include "report/report.h"
#include "tests/support/case.h"
#include "tests/support/teller.h"
#include "tests/test.h"

/*
 * Every report of the invented agency, against numbers that were counted by
 * hand on its lists: demo_families (office/demo_people.c), and what
 * office/demo_days.c, demo_services.c and demo_refer.c say of each home. Homes
 * count from 0; today is the 21st of November 2026, and the days are those of
 * 2025 and 2026. Report 1 is tests/report/service_file.c, report 13
 * tests/report/statistics.c.
 */

struct told {
	struct bytes text;
	size_t width;
};

static void take(void *to, const char *const *values)
{
	struct told *told = to;

	for (size_t i = 0; i < told->width; i++)
		bytes_add_format(&told->text, "%s%s", i ? "|" : "",
				 values[i] ?: "-");
	bytes_add_text(&told->text, "\n");
}

static const struct counted {
	const char *report, *table, *rows;
} counted[] = {
	/* Report 2. Homes 2 to 16 are here for 30 days or more: a first
	 * assessment each; 7 to 15 for more than 180: a second. Each is asked
	 * of three needs of five, beginning with its own number, so that a need
	 * is asked of nine homes. */
	{ "needs", "assessments", "first|15|15\nreassessment|9|9\n" },
	{ "needs", "needs-by-level",
	  "COM|9|3|0|6|0|0\n" /* again: 7 8 9 12 13 14; once: 2 3 4 */
	  "EMP|9|0|9|0|0|0\n" /* again or not, it stays */
	  "HEA|9|0|4|5|0|0\n" /* again: 7 10 11 12 15; once: 2 5 6 16 */
	  "HOU|9|0|3|6|0|0\n" /* again: 8 9 10 13 14 15; once: 3 4 5 */
	  "LAN|9|4|5|0|0|0\n" /* again: 9 10 11 14 15; once: 4 5 6 16 */ },
	{ "needs", "needs-wanted", "" },
	{ "needs", "needs-changed",
	  "COM|6|6|0|0|0\nEMP|5|0|5|0|0\nHEA|5|5|0|0|0\nHOU|6|6|0|0|0\n"
	  "LAN|5|5|0|0|0\n" },

	/* Report 3. Signing the first screens; nobody is in the stream yet. The
	 * next is due 90 days after each, and the second came 10 days late. */
	{ "stream", "streams", "screened|15\n" },
	{ "stream", "stream-clock", "" },
	{ "stream", "caseload", "" },
	{ "stream", "reassessments",
	  "2025-11|1|0|1|0\n" /* the 6th: home 15 */
	  "2026-02|2|0|1|1\n" /* 14th: 14, and 15 again */
	  "2026-03|2|0|2|0\n" /* 26th: 12; 20th: 13 */
	  "2026-05|3|0|2|1\n" /* 25th: 10, and 14 again; 5th: 11 */
	  "2026-06|1|0|0|1\n" /* 28th: 13 again */
	  "2026-07|2|0|1|1\n" /* 24th: 9; 4th: 12 again */
	  "2026-08|1|0|0|1\n" /* 13th: 11 again */
	  "2026-09|3|0|2|1\n" /* 17th: 7; 2nd: 8, and 10 again */
	  "2026-10|1|0|0|1\n" /* 22nd: 6 */
	  "2026-11|2|0|0|2\n" /* 11th: 5; 1st: 9 again */
	  "2026-12|3|0|0|3\n" /* 16th: 4; 26th: 7 again; 11th: 8 again */ },
	{ "stream", "stream-reviews", "" },

	/* Report 4. Groups 4 to 11 are constituent groups, 12 to 18 of five, 19
	 * to 21 community sponsors, 22 a co-sponsor. */
	{ "sponsors", "sponsor-cases",
	  "CG|37|9|1|8|0|0\nCOSP|2|1|0|1|0|0\nCS|9|3|1|0|2|0\n"
	  "G5|34|8|2|5|0|1\n" },
	/* Of 17: no PRE of homes 5, 10, 16. POST: none of 0 and 1, which have
	 * days left, of 2, 6 and 16; that of 5 after 40 days. It lacked
	 * something with 5 and 10. */
	{ "sponsors", "sponsor-steps",
	  "pre|17|14|0|3|0\npost|17|11|1|3|2\nconnected|17|10|0|5|2\n" },
	{ "sponsors", "duplicates-merged", "" },

	/* Report 5. Nobody has come with a ticket yet. */
	{ "waits", "visits-by-month", "" },
	{ "waits", "waits-by-level", "" },
	{ "waits", "waits-by-language", "" },
	{ "waits", "waits-by-hour", "" },
	{ "waits", "waits-by-site", "" },
	{ "waits", "left-before-service", "" },
	{ "waits", "alert-answers", "" },
	{ "waits", "alert-outcomes", "" },

	/* Report 6. */
	{ "referrals", "referrals-by-state",
	  "out|closed|2\nout|contacted|1\nout|made|1\nout|proposed|1\n"
	  "in|closed|1\nin|first-attempt|1\nin|reached|1\nin|received|1\n"
	  "in|visit|1\n" },
	{ "referrals", "referrals-by-service",
	  "Employment office|1|0|1|0|0\nHousing help desk|1|0|0|0|1\n"
	  "Language assessment|1|0|0|0|1\nNewcomer clinic|1|1|0|0|0\n"
	  "Women's cooking group|1|0|0|0|1\n" },
	/* Since it moved: in 6, 9, 36, 54 days; out 26, 68, 20. */
	{ "referrals", "referrals-by-age",
	  "d0-7|1|0|1\nd8-30|3|2|1\nd31-90|3|1|2\n" },
	{ "referrals", "referral-ends",
	  "COM|2|0|0|0|2\nHEA|2|1|0|0|1\nHOU|2|0|0|0|2\nLAN|2|1|0|0|1\n"
	  "EDU|1|0|0|0|1\nEMP|1|0|1|0|0\n" },
	{ "referrals", "referral-feedback", "" },

	/* Report 7. HOU and COM are community supports: homes 2 to 5, of which
	 * 2 to 4 in crisis; LAN and EMP life skills: one of them with all. */
	{ "segments", "segments",
	  "community_supports|4|3|4\nhealth|4|0|4\nlife_skills|15|4|15\n" },
	{ "segments", "segment-stages", "" },
	{ "segments", "diverted", "" },

	/* Report 8: of visits. */
	{ "languages", "languages-asked", "" },
	{ "languages", "dialects-asked", "" },

	/* Report 9. Nine are counted and one took it back; seven share with the
	 * funder, and four (3, 5, 6, 7) with whom they were sent to. */
	{ "consents", "consents", "count|9|0|1\nshare|11|0|0\n" },
	{ "consents", "kiosk-consents", "" },
	{ "consents", "nobodys-visits", "" },
	{ "consents", "visits-kept", "" },

	/* Report 10. In October homes 3 4 6 7 8 9 11 12, in November 7 and 12
	 * again. */
	{ "returning", "new-and-returning", "2026-10|8|8|0\n2026-11|2|0|2\n" },
	{ "returning", "retained", "2026-10|8|0|0|0\n" },

	/* Report 11. */
	{ "modes", "digital-access", "" },
	{ "modes", "modes-asked", "" },
	{ "modes", "modes-given",
	  "in-person|7|6|385\n" /* 60 45 - 90 120 40 30 */
	  "phone|3|3|45\n"      /* 15 20 10 */
	  "video|2|2|55\n" /* 30 25 */ },
	{ "modes", "no-shows",
	  "in-person|9|4|2|0|0|3\nphone|4|2|0|0|1|1\nvideo|3|1|1|0|0|1\n" },
	{ "modes", "no-show-reasons", "childcare|1\ndevice|1\ntransport|1\n" },

	/* Report 12. Nobody was asked whether to be kept. */
	{ "quality", "quality-missing",
	  "consent|68|68\nbirth|68|0\nlanguage|68|0\nname|68|0\n"
	  "status|68|0\n" },
	/* Here for more than half a year: 7 to 15; heard of since by a service:
	 * 7, 8, 9, 11 and 12. */
	{ "quality", "quality-found", "stale|4\nduplicates|0\n" },
	{ "quality", "levels-overridden", "" },
	{ "quality", "last-answers", "" },
	{ "quality", "kiosks", "" },

	/* Report 14. */
	{ "staff", "staff-load", "" },
	{ "staff", "incidents", "" },
	{ "staff", "suggestions", "" },
};

static void expect(struct book *book, const struct period *period,
		   const struct counted *wanted)
{
	const struct tally *tally = tally_find(wanted->table);
	const struct tally_period days = period_tally(period);
	struct told told = { .width = tally_width(tally) };

	bytes_add_text(&told.text, "");
	assert_int_equal(tally_each(book->record, tally, &days, take, &told),
			 FAULT_NONE);
	if (strcmp((const char *)told.text.data, wanted->rows) != 0)
		fail_msg("%s:\n%s", wanted->table,
			 (const char *)told.text.data);
	bytes_done(&told.text);
}

static bool is_counted(const struct report *report, const char *table)
{
	for (size_t i = 0; i < COUNT(counted); i++) {
		if (strcmp(counted[i].report, report->name) == 0 &&
		    strcmp(counted[i].table, table) == 0)
			return true;
	}
	return false;
}

static void every_report_has_the_numbers_that_were_counted_by_hand(void **state)
{
	struct teller *teller = *state;
	struct period period;

	assert_int_equal(
	    pilot_write(teller->book->record, &book_sam, BOOK_NOW, CASE_TODAY),
	    FAULT_NONE);
	assert_int_equal(period_read("2025", "2026", BOOK_NOW, &period),
			 PERIOD_READ);
	for (size_t i = 0; i < COUNT(counted); i++)
		expect(teller->book, &period, &counted[i]);
	for (size_t i = 0; i < report_count(); i++) {
		const struct report *report = report_at(i);

		for (size_t j = 0; j < REPORT_TABLES && report->tables[j]; j++)
			if (!is_counted(report, report->tables[j]))
				fail_msg("%s: nobody has counted it",
					 report->tables[j]);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		WITH_TELLER(
		    every_report_has_the_numbers_that_were_counted_by_hand),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
