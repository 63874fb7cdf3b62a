#include "record/tallies.h"

/* Referrals, sponsors, consent, and who comes again. */

#define REFERRALS                                                     \
	" FROM referral AS r WHERE r.gone = 0 AND r.person IN"        \
	" (SELECT id FROM person WHERE gone = 0) AND r.made_at >= ?1" \
	" AND r.made_at < ?2 "

const struct tally tally_referrals_by_state = {
	.name = "referrals-by-state",
	.sql = "SELECT r.direction, r.state, count(*)" REFERRALS
	       "GROUP BY r.direction, r.state ORDER BY r.direction"
	       " DESC, 3 DESC, 2",
	.columns = { { .name = "direction",
		       .kind = "referral",
		       .field = "direction" },
		     { .name = "state", .kind = "referral", .field = "state" },
		     { .name = "referrals", .measure = TALLY_COUNT } },
	.chart = TALLY_BARS,
	.shared = true,
	.rows_add = true,
};

const struct tally tally_referrals_by_service = {
	.name = "referrals-by-service",
	.sql = "SELECT coalesce(s.name, r.elsewhere), count(*),"
	       " count(*) FILTER (WHERE r.closed_as = 'helped'),"
	       " count(*) FILTER (WHERE r.closed_as IN ('full',"
	       " 'no-answer', 'not-suitable')), count(*) FILTER (WHERE"
	       " r.closed_as IN ('refused', 'moved')), count(*) FILTER"
	       " (WHERE r.state <> 'closed') FROM referral AS r LEFT"
	       " JOIN service AS s ON s.id = r.service WHERE r.gone ="
	       " 0 AND r.person IN (SELECT id FROM person WHERE gone ="
	       " 0) AND r.direction = 'out' AND r.made_at >= ?1 AND"
	       " r.made_at < ?2 GROUP BY 1 ORDER BY 2 DESC, 1",
	.columns = { { .name = "service", .measure = TALLY_BY },
		     { .name = "referrals", .measure = TALLY_COUNT },
		     { .name = "helped", .measure = TALLY_PART },
		     { .name = "not_helped", .measure = TALLY_PART },
		     { .name = "not_wanted", .measure = TALLY_PART },
		     { .name = "open", .measure = TALLY_PART } },
	.chart = TALLY_STACKED,
	.rows_add = true,
};

/* Since it last moved on, as people who wait see it. */
#define STILL "(?5 - r.changed_at) / 86400000"

const struct tally tally_referrals_by_age = {
	.name = "referrals-by-age",
	.sql = "SELECT CASE WHEN " STILL " <= 7 THEN 'd0-7' WHEN " STILL
	       " <= 30 THEN 'd8-30' WHEN " STILL
	       " <= 90 THEN 'd31-90' ELSE 'd91' END, count(*),"
	       " count(*) FILTER (WHERE r.direction = 'out'), count(*)"
	       " FILTER (WHERE r.direction = 'in') FROM referral AS r"
	       " WHERE r.gone = 0 AND r.person IN (SELECT id FROM"
	       " person WHERE gone = 0) AND r.state <> 'closed' GROUP"
	       " BY 1 ORDER BY min(" STILL ")",
	.columns = { { .name = "age", .field = "age" },
		     { .name = "referrals", .measure = TALLY_COUNT },
		     { .name = "out", .measure = TALLY_PART },
		     { .name = "in", .measure = TALLY_PART } },
	.as_of_now = true,
	.chart = TALLY_STACKED,
	.shared = true,
	.rows_add = true,
};

const struct tally tally_referral_ends = {
	.name = "referral-ends",
	.sql = "SELECT r.need, count(*), count(*) FILTER (WHERE"
	       " r.closed_as = 'helped'), count(*) FILTER (WHERE"
	       " r.closed_as IN ('full', 'no-answer',"
	       " 'not-suitable')), count(*) FILTER (WHERE r.closed_as"
	       " IN ('refused', 'moved')), count(*) FILTER (WHERE"
	       " r.state <> 'closed') " REFERRALS
	       "GROUP BY r.need ORDER BY 2 DESC, 1",
	.columns = { { .name = "need", .kind = "referral", .field = "need" },
		     { .name = "referrals", .measure = TALLY_COUNT },
		     { .name = "helped", .measure = TALLY_PART },
		     { .name = "not_helped", .measure = TALLY_PART },
		     { .name = "not_wanted", .measure = TALLY_PART },
		     { .name = "open", .measure = TALLY_PART } },
	.chart = TALLY_STACKED,
	.shared = true,
	.rows_add = true,
};

/* Marks go from 1 to 5; a mean in tenths. */
const struct tally tally_referral_feedback = {
	.name = "referral-feedback",
	.sql = "SELECT r.need, count(r.rating_person),"
	       " CAST(round(avg(r.rating_person) * 10) AS INTEGER),"
	       " count(r.rating_agency),"
	       " CAST(round(avg(r.rating_agency) * 10) AS INTEGER) " REFERRALS
	       "AND (r.rating_person IS NOT NULL OR r.rating_agency IS"
	       " NOT NULL) GROUP BY r.need ORDER BY 2 DESC, 1",
	.columns = { { .name = "need", .kind = "referral", .field = "need" },
		     { .name = "people", .measure = TALLY_COUNT },
		     { .name = "people_mean", .measure = TALLY_MEAN },
		     { .name = "agencies", .measure = TALLY_COUNT },
		     { .name = "agencies_mean", .measure = TALLY_MEAN } },
	.chart = TALLY_NO_CHART,
	.rows_add = true,
};

/* --- sponsors --------------------------------------------------------------
 */

const struct tally tally_sponsor_cases = {
	.name = "sponsor-cases",
	.sql = "SELECT g.what, coalesce(sum(s.expected_people), 0),"
	       " count(*), count(*) FILTER"
	       " (WHERE s.state = 'expected'), count(*) FILTER (WHERE"
	       " s.state = 'arrived'), count(*) FILTER (WHERE s.state"
	       " = 'completed'), count(*) FILTER (WHERE s.state IN"
	       " ('broken-down', 'withdrawn')) FROM sponsorship AS s"
	       " JOIN sponsor_group AS g ON g.id = s.sponsor_group"
	       " WHERE s.gone = 0 GROUP BY g.what ORDER BY g.what",
	.columns = { { .name = "what",
		       .kind = "sponsor_group",
		       .field = "what" },
		     { .name = "people", .measure = TALLY_COUNT },
		     { .name = "cases", .measure = TALLY_COUNT },
		     { .name = "expected", .measure = TALLY_PART },
		     { .name = "arrived", .measure = TALLY_PART },
		     { .name = "completed", .measure = TALLY_PART },
		     { .name = "ended", .measure = TALLY_PART } },
	.as_of_now = true,
	.chart = TALLY_STACKED,
	.shared = true,
	.rows_add = true,
};

/* The list of meeting.h has eight checks, seven blanks between them; and all
 * three were there. */
#define COMPLETE                                                            \
	" length(m.checklist) - length(replace(m.checklist, ' ', '')) >= 7" \
	" AND 3 = (SELECT count(DISTINCT CASE p.who WHEN 'SAH' THEN"        \
	" 'sponsor' ELSE p.who END) FROM party AS p WHERE p.meeting = m.id" \
	" AND p.gone = 0 AND p.attended = 1 AND p.who IN ('newcomer',"      \
	" 'sponsor', 'SAH', 'worker')) "
/* Of an arrival whose day nobody noted, its last is early enough. */
#define ARRIVED_BY                                                        \
	" CASE length(s.arrived_on) WHEN 4 THEN days_after(months_after(" \
	"s.arrived_on, 12), -1) WHEN 7 THEN days_after(months_after("     \
	"s.arrived_on, 1), -1) ELSE s.arrived_on END "

/* Cases whose people arrived in the period. A joint meeting has as many
 * days as the group's kind, see sponsor_meeting_defaults(). */
const struct tally tally_sponsor_steps = {
	.name = "sponsor-steps",
	.sql = "WITH cases (id, arrived, due) AS (SELECT s.id," ARRIVED_BY
	       ", days_after(" ARRIVED_BY
	       ", coalesce(g.post_days, CASE g.what WHEN 'G5' THEN 14"
	       " WHEN 'COSP' THEN 21 ELSE 30 END)) FROM sponsorship AS"
	       " s JOIN sponsor_group AS g ON g.id = s.sponsor_group"
	       " WHERE s.gone = 0 AND days_after(s.arrived_on, 0)"
	       " BETWEEN ?3 AND ?4), held (what, sponsorship, day,"
	       " complete) AS (SELECT m.what, m.sponsorship,"
	       " min(days_after(m.day, 0)), min(CASE WHEN" COMPLETE
	       "THEN days_after(m.day, 0) END) FROM meeting AS m WHERE"
	       " m.gone = 0 AND m.state = 'held' GROUP BY m.what,"
	       " m.sponsorship), steps (step, place, day, due) AS"
	       " (SELECT 'pre', 1, h.day, c.arrived FROM cases AS c"
	       " LEFT JOIN held AS h ON h.sponsorship = c.id AND"
	       " h.what = 'PRE' UNION ALL SELECT 'post', 2, h.day,"
	       " c.due FROM cases AS c LEFT JOIN held AS h ON"
	       " h.sponsorship = c.id AND h.what = 'POST' UNION ALL"
	       " SELECT 'connected', 3, h.complete, c.due FROM cases"
	       " AS c LEFT JOIN held AS h ON h.sponsorship = c.id AND"
	       " h.what = 'POST') SELECT step, count(*), count(*)"
	       " FILTER (WHERE day <= due), count(*) FILTER (WHERE day"
	       " > due), count(*) FILTER (WHERE day IS NULL AND due <"
	       " ?6), count(*) FILTER (WHERE day IS NULL AND due >="
	       " ?6) FROM steps GROUP BY step, place ORDER BY place",
	.columns = { { .name = "step", .field = "step" },
		     { .name = "cases", .measure = TALLY_COUNT },
		     { .name = "on_time", .measure = TALLY_PART },
		     { .name = "late", .measure = TALLY_PART },
		     { .name = "missed", .measure = TALLY_PART },
		     { .name = "open", .measure = TALLY_PART } },
	.chart = TALLY_STACKED,
	.shared = true,
};

const struct tally tally_duplicates_merged = {
	.name = "duplicates-merged",
	.sql = "SELECT substr(local_day(m.made_at, 'UTC'), 1, 7),"
	       " count(*), count(*) FILTER (WHERE m.state = 'undone'),"
	       " count(*) FILTER (WHERE EXISTS (SELECT 1 FROM member"
	       " AS h JOIN sponsorship AS s ON s.household ="
	       " h.household AND s.gone = 0 WHERE h.person = m.kept"
	       " AND h.gone = 0)) FROM merge AS m WHERE m.gone = 0 AND"
	       " m.made_at >= ?1 AND m.made_at < ?2 GROUP BY 1 ORDER"
	       " BY 1",
	.columns = { { .name = "month", .measure = TALLY_BY },
		     { .name = "merged", .measure = TALLY_COUNT },
		     { .name = "undone", .measure = TALLY_COUNT },
		     { .name = "sponsored", .measure = TALLY_COUNT } },
	.chart = TALLY_BARS,
	.rows_add = true,
};

/* --- consent ---------------------------------------------------------------
 */

const struct tally tally_consents = {
	.name = "consents",
	.sql = "SELECT c.purpose, count(*) FILTER (WHERE c.state <>"
	       " 'refused' AND c.made_at >= ?1 AND c.made_at < ?2),"
	       " count(*) FILTER (WHERE c.state = 'refused' AND"
	       " c.made_at >= ?1 AND c.made_at < ?2), count(*) FILTER"
	       " (WHERE c.state = 'withdrawn' AND c.changed_at >= ?1"
	       " AND c.changed_at < ?2) FROM consent AS c WHERE c.gone"
	       " = 0 AND c.person IN (SELECT id FROM person WHERE gone"
	       " = 0) AND (c.made_at >= ?1 AND c.made_at < ?2 OR"
	       " c.changed_at >= ?1 AND c.changed_at < ?2) GROUP BY"
	       " c.purpose ORDER BY c.purpose",
	.columns = { { .name = "purpose",
		       .kind = "consent",
		       .field = "purpose" },
		     { .name = "given", .measure = TALLY_COUNT },
		     { .name = "refused", .measure = TALLY_COUNT },
		     { .name = "withdrawn", .measure = TALLY_COUNT } },
	.chart = TALLY_BARS,
	.shared = true,
};

/* --- who comes again -------------------------------------------------------
 */

/* Every day that somebody whom the agency knows was met. */
#define MET                                                                   \
	"met (person, day) AS (SELECT person, local_day(arrived, zone) FROM"  \
	" visit WHERE person IN (SELECT id FROM person WHERE gone = 0) UNION" \
	" SELECT person, days_after(day, 0) FROM service_contact WHERE"       \
	" gone = 0 AND person IN (SELECT id FROM person WHERE gone = 0)),"    \
	" spans (person, first, last) AS (SELECT person, min(day), max(day)"  \
	" FROM met GROUP BY person)"

const struct tally tally_new_and_returning = {
	.name = "new-and-returning",
	.sql =
	    "WITH " MET " SELECT substr(m.day, 1, 7), count(DISTINCT m.person),"
	    " count(DISTINCT CASE WHEN substr(s.first, 1, 7) ="
	    " substr(m.day, 1, 7) THEN m.person END),"
	    " count(DISTINCT CASE WHEN substr(s.first, 1, 7) <"
	    " substr(m.day, 1, 7) THEN m.person END) FROM met AS m"
	    " JOIN spans AS s ON s.person = m.person WHERE m.day"
	    " BETWEEN ?3 AND ?4 GROUP BY 1 ORDER BY 1",
	.columns = { { .name = "month", .measure = TALLY_BY },
		     { .name = "people", .measure = TALLY_COUNT },
		     { .name = "new", .measure = TALLY_PART },
		     { .name = "returning", .measure = TALLY_PART } },
	.chart = TALLY_STACKED,
	.shared = true,
};

/* Of those who came first in a month: how many were met so many months later,
 * or after that. */

const struct tally tally_retained = {
	.name = "retained",
	.sql =
	    "WITH " MET " SELECT substr(first, 1, 7), count(*), count(*) FILTER"
	    " (WHERE last >= months_after(first, 3)), count(*)"
	    " FILTER (WHERE last >= months_after(first, 6)),"
	    " count(*) FILTER (WHERE last >= months_after(first,"
	    " 12)) FROM spans WHERE first BETWEEN ?3 AND ?4 GROUP"
	    " BY 1 ORDER BY 1",
	.columns = { { .name = "month", .measure = TALLY_BY },
		     { .name = "people", .measure = TALLY_COUNT },
		     { .name = "months_3", .measure = TALLY_COUNT },
		     { .name = "months_6", .measure = TALLY_COUNT },
		     { .name = "months_12", .measure = TALLY_COUNT } },
	.chart = TALLY_LINE,
	.shared = true,
	.rows_add = true,
};
