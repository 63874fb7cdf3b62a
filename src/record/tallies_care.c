#include "record/segment.h"
#include "record/tallies.h"

/* Needs and what became of them, the intensive stream, and appointments. */

/* Whom there is to count. */
#define HERE "p.gone = 0 AND p.merged_into IS NULL AND p.deceased IS NULL"

/* The signed assessments up to the period's end, the newest of a person first
 * (latest = 1) and the oldest (oldest = 1). */
#define VERSIONS                                                              \
	"versions (id, person, latest, oldest) AS (SELECT a.id, a.person,"    \
	" row_number() OVER (PARTITION BY a.person ORDER BY a.number DESC),"  \
	" row_number() OVER (PARTITION BY a.person ORDER BY a.number)"        \
	" FROM assessment AS a JOIN person AS p ON p.id = a.person AND " HERE \
	" WHERE a.gone = 0 AND a.signed_at IS NOT NULL AND"                   \
	" days_after(a.day, 0) <= ?4)"

const struct tally tally_assessments = {
	.name = "assessments",
	.sql = "SELECT a.what, count(*), count(DISTINCT a.person) FROM"
	       " assessment AS a WHERE a.gone = 0 AND a.person IN"
	       " (SELECT id FROM person WHERE gone = 0) AND"
	       " a.signed_at IS NOT NULL AND days_after(a.day, 0)"
	       " BETWEEN ?3 AND ?4 GROUP BY a.what ORDER BY a.what",
	.columns = { { .name = "what", .kind = "assessment", .field = "what" },
		     { .name = "assessments", .measure = TALLY_COUNT },
		     { .name = "people", .measure = TALLY_COUNT } },
	.chart = TALLY_BARS,
	.shared = true,
};

const struct tally tally_needs_by_level = {
	.name = "needs-by-level",
	.sql = "WITH " VERSIONS
	       " SELECT l.domain, count(*), count(*) FILTER (WHERE"
	       " l.level = 'crisis'), count(*) FILTER (WHERE l.level ="
	       " 'vulnerable'), count(*) FILTER (WHERE l.level ="
	       " 'stable'), count(*) FILTER (WHERE l.level ="
	       " 'thriving'), count(*) FILTER (WHERE l.level ="
	       " 'unknown') FROM versions AS v JOIN level AS l ON"
	       " l.assessment = v.id AND l.gone = 0 WHERE v.latest = 1"
	       " GROUP BY l.domain ORDER BY l.domain",
	.columns = { { .name = "domain", .kind = "level", .field = "domain" },
		     { .name = "people", .measure = TALLY_COUNT },
		     { .name = "crisis", .measure = TALLY_PART },
		     { .name = "vulnerable", .measure = TALLY_PART },
		     { .name = "stable", .measure = TALLY_PART },
		     { .name = "thriving", .measure = TALLY_PART },
		     { .name = "unknown", .measure = TALLY_PART } },
	.chart = TALLY_STACKED,
	.shared = true,
};

const struct tally tally_needs_wanted = {
	.name = "needs-wanted",
	.sql = "WITH " VERSIONS
	       " SELECT l.domain, count(*), count(*) FILTER (WHERE"
	       " l.foremost = 1) FROM versions AS v JOIN level AS l ON"
	       " l.assessment = v.id AND l.gone = 0 AND l.wanted = 1"
	       " WHERE v.latest = 1 GROUP BY l.domain ORDER BY 2 DESC,"
	       " 1",
	.columns = { { .name = "domain", .kind = "level", .field = "domain" },
		     { .name = "people", .measure = TALLY_COUNT },
		     { .name = "foremost", .measure = TALLY_COUNT } },
	.chart = TALLY_BARS,
	.shared = true,
};

/* Unknown is no level, so it is neither better nor worse than one. */
const struct tally tally_needs_changed = {
	.name = "needs-changed",
	.sql = "WITH " VERSIONS
	       ", moved (domain, before, after) AS (SELECT m.domain,"
	       " CASE l.level WHEN 'crisis' THEN 1 WHEN 'vulnerable'"
	       " THEN 2 WHEN 'stable' THEN 3 WHEN 'thriving' THEN 4"
	       " END, CASE m.level WHEN 'crisis' THEN 1 WHEN"
	       " 'vulnerable' THEN 2 WHEN 'stable' THEN 3 WHEN"
	       " 'thriving' THEN 4 END FROM versions AS first JOIN"
	       " versions AS last ON last.person = first.person AND"
	       " last.latest = 1 AND last.id <> first.id JOIN level AS"
	       " l ON l.assessment = first.id AND l.gone = 0 JOIN"
	       " level AS m ON m.assessment = last.id AND m.gone = 0"
	       " AND m.domain = l.domain WHERE first.oldest = 1)"
	       " SELECT domain, count(*), count(*) FILTER (WHERE after"
	       " > before), count(*) FILTER (WHERE after = before),"
	       " count(*) FILTER (WHERE after < before), count(*)"
	       " FILTER (WHERE before IS NULL OR after IS NULL) FROM"
	       " moved GROUP BY domain ORDER BY domain",
	.columns = { { .name = "domain", .kind = "level", .field = "domain" },
		     { .name = "people", .measure = TALLY_COUNT },
		     { .name = "better", .measure = TALLY_PART },
		     { .name = "same", .measure = TALLY_PART },
		     { .name = "worse", .measure = TALLY_PART },
		     { .name = "unknown", .measure = TALLY_PART } },
	.chart = TALLY_STACKED,
	.shared = true,
};

#define SEGMENT_CASE(name, segment) " WHEN '" #name "' THEN '" #segment "'"

const struct tally tally_segments = {
	.name = "segments",
	.sql = "WITH " VERSIONS " SELECT lower(CASE l.domain" NEEDS(
	    SEGMENT_CASE) " END), count(DISTINCT v.person), count(DISTINCT CASE"
			  " WHEN l.level = 'crisis' THEN v.person END),"
			  " count(DISTINCT m.household) FROM versions AS v JOIN"
			  " level AS l ON l.assessment = v.id AND l.gone = 0 "
			  "AND"
			  " l.level IN ('crisis', 'vulnerable') LEFT JOIN "
			  "member"
			  " AS m ON m.person = v.person AND m.gone = 0 AND"
			  " m.until IS NULL WHERE v.latest = 1 GROUP BY 1 ORDER"
			  " BY 1",
	.columns = { { .name = "segment", .field = "segment" },
		     { .name = "people", .measure = TALLY_COUNT },
		     { .name = "crisis", .measure = TALLY_COUNT },
		     { .name = "households", .measure = TALLY_COUNT } },
	.chart = TALLY_BARS,
	.shared = true,
};

const struct tally tally_segment_stages = {
	.name = "segment-stages",
	.sql = "SELECT o.segment, count(DISTINCT o.household),"
	       " count(DISTINCT CASE WHEN o.stage = 'aware' THEN"
	       " o.household END), count(DISTINCT CASE WHEN o.stage ="
	       " 'accessed' THEN o.household END), count(DISTINCT CASE"
	       " WHEN o.stage = 'plan' THEN o.household END),"
	       " count(DISTINCT CASE WHEN o.stage = 'progress' THEN"
	       " o.household END) FROM outcome AS o WHERE o.gone = 0"
	       " AND days_after(o.day, 0) BETWEEN ?3 AND ?4 GROUP BY"
	       " o.segment ORDER BY o.segment",
	.columns = { { .name = "segment",
		       .kind = "outcome",
		       .field = "segment" },
		     { .name = "households", .measure = TALLY_COUNT },
		     { .name = "aware", .measure = TALLY_COUNT },
		     { .name = "accessed", .measure = TALLY_COUNT },
		     { .name = "plan", .measure = TALLY_COUNT },
		     { .name = "progress", .measure = TALLY_COUNT } },
	.chart = TALLY_BARS,
	.shared = true,
};

/* --- the intensive stream --------------------------------------------------
 */

#define STREAMS                                                           \
	" FROM stream AS s JOIN person AS p ON p.id = s.person AND " HERE \
	" WHERE s.gone = 0 "
#define MONTHS_HERE "days_between(p.arrived, ?6) / 30.4375"

const struct tally tally_streams = {
	.name = "streams",
	.sql = "SELECT s.state, count(*)" STREAMS
	       "GROUP BY s.state ORDER BY s.state",
	.columns = { { .name = "state", .kind = "stream", .field = "state" },
		     { .name = "people", .measure = TALLY_COUNT } },
	.as_of_now = true,
	.chart = TALLY_BARS,
	.shared = true,
	.rows_add = true,
};

const struct tally tally_stream_clock = {
	.name = "stream-clock",
	.sql = "SELECT CASE WHEN p.arrived IS NULL THEN 'unknown' WHEN"
	       " " MONTHS_HERE " < 12 THEN 'm0-11' WHEN " MONTHS_HERE
	       " < 24 THEN 'm12-23' ELSE 'm24' END, count(*), count(*)"
	       " FILTER (WHERE s.state = 'active'), count(*) FILTER"
	       " (WHERE s.state = 'exit') " STREAMS
	       "AND s.state IN ('active', 'exit') GROUP BY 1 ORDER BY"
	       " 1",
	.columns = { { .name = "here", .field = "clock" },
		     { .name = "people", .measure = TALLY_COUNT },
		     { .name = "active", .measure = TALLY_PART },
		     { .name = "exit", .measure = TALLY_PART } },
	.as_of_now = true,
	.chart = TALLY_STACKED,
	.shared = true,
	.rows_add = true,
};

const struct tally tally_caseload = {
	.name = "caseload",
	.sql = "SELECT u.name, count(*), count(*) FILTER (WHERE"
	       " s.state = 'active'), count(*) FILTER (WHERE s.state ="
	       " 'exit') FROM stream AS s JOIN person AS p ON p.id ="
	       " s.person AND " HERE
	       " LEFT JOIN \"user\" AS u ON u.id = s.worker WHERE"
	       " s.gone = 0 AND s.state IN ('active', 'exit') GROUP BY"
	       " u.name ORDER BY 2 DESC, 1",
	.columns = { { .name = "worker", .kind = "user", .field = "name" },
		     { .name = "people", .measure = TALLY_COUNT },
		     { .name = "active", .measure = TALLY_PART },
		     { .name = "exit", .measure = TALLY_PART } },
	.as_of_now = true,
	.chart = TALLY_STACKED,
	.rows_add = true,
};

/* Those that were due in the period: by when the next was signed. */
const struct tally tally_reassessments = {
	.name = "reassessments",
	.sql = "WITH due (month, due, done) AS (SELECT"
	       " substr(a.next_due, 1, 7), a.next_due, (SELECT"
	       " min(days_after(b.day, 0)) FROM assessment AS b WHERE"
	       " b.person = a.person AND b.gone = 0 AND b.signed_at IS"
	       " NOT NULL AND b.number > a.number) FROM assessment AS"
	       " a JOIN person AS p ON p.id = a.person AND " HERE
	       " WHERE a.gone = 0 AND a.signed_at IS NOT NULL AND"
	       " days_after(a.next_due, 0) BETWEEN ?3 AND ?4) SELECT"
	       " month, count(*), count(*) FILTER (WHERE done <= due),"
	       " count(*) FILTER (WHERE done > due), count(*) FILTER"
	       " (WHERE done IS NULL) FROM due GROUP BY month ORDER BY"
	       " month",
	.columns = { { .name = "month", .measure = TALLY_BY },
		     { .name = "due", .measure = TALLY_COUNT },
		     { .name = "on_time", .measure = TALLY_PART },
		     { .name = "late", .measure = TALLY_PART },
		     { .name = "open", .measure = TALLY_PART } },
	.chart = TALLY_STACKED,
	.shared = true,
	.rows_add = true,
};

const struct tally tally_stream_reviews = {
	.name = "stream-reviews",
	.sql = "WITH months (m) AS (VALUES (6), (12), (18), (24))"
	       " SELECT months.m, count(*), count(*) FILTER (WHERE"
	       " CAST(coalesce(s.reviewed, '0') AS INTEGER) >="
	       " months.m), count(*) FILTER (WHERE"
	       " CAST(coalesce(s.reviewed, '0') AS INTEGER) <"
	       " months.m) FROM months JOIN stream AS s ON s.gone = 0"
	       " AND s.state IN ('active', 'exit', 'closed') JOIN"
	       " person AS p ON p.id = s.person AND " HERE
	       " WHERE months_after(p.arrived, months.m) BETWEEN ?3"
	       " AND ?4 GROUP BY months.m ORDER BY months.m",
	.columns = { { .name = "months", .measure = TALLY_BY },
		     { .name = "due", .measure = TALLY_COUNT },
		     { .name = "held", .measure = TALLY_PART },
		     { .name = "open", .measure = TALLY_PART } },
	.chart = TALLY_STACKED,
	.shared = true,
};

/* --- how people were met --------------------------------------------------
 */

const struct tally tally_modes_given = {
	.name = "modes-given",
	.sql = "SELECT c.mode, count(*), count(DISTINCT c.person),"
	       " coalesce(sum(c.minutes), 0) FROM service_contact AS c"
	       " WHERE c.gone = 0 AND c.person IN (SELECT id FROM"
	       " person WHERE gone = 0) AND days_after(c.day, 0)"
	       " BETWEEN ?3 AND ?4 GROUP BY c.mode ORDER BY 2 DESC, 1",
	.columns = { { .name = "mode",
		       .kind = "service_contact",
		       .field = "mode" },
		     { .name = "contacts", .measure = TALLY_COUNT },
		     { .name = "people", .measure = TALLY_COUNT },
		     { .name = "minutes", .measure = TALLY_MINUTES } },
	.chart = TALLY_BARS,
	.shared = true,
};

const struct tally tally_no_shows = {
	.name = "no-shows",
	.sql = "SELECT a.mode, count(*), count(*) FILTER (WHERE"
	       " a.state = 'attended'), count(*) FILTER (WHERE a.state"
	       " = 'no-show'), count(*) FILTER (WHERE a.state ="
	       " 'moved'), count(*) FILTER (WHERE a.state ="
	       " 'cancelled'), count(*) FILTER (WHERE a.state ="
	       " 'booked') FROM appointment AS a WHERE a.gone = 0 AND"
	       " a.person IN (SELECT id FROM person WHERE gone = 0)"
	       " AND a.at >= ?1 AND a.at < ?2 GROUP BY a.mode ORDER BY"
	       " a.mode",
	.columns = { { .name = "mode", .kind = "appointment", .field = "mode" },
		     { .name = "appointments", .measure = TALLY_COUNT },
		     { .name = "attended", .measure = TALLY_PART },
		     { .name = "no_show", .measure = TALLY_PART },
		     { .name = "moved", .measure = TALLY_PART },
		     { .name = "cancelled", .measure = TALLY_PART },
		     { .name = "open", .measure = TALLY_PART } },
	.chart = TALLY_STACKED,
	.shared = true,
	.rows_add = true,
};

const struct tally tally_no_show_reasons = {
	.name = "no-show-reasons",
	.sql = "SELECT a.reason, count(*) FROM appointment AS a WHERE"
	       " a.gone = 0 AND a.person IN (SELECT id FROM person"
	       " WHERE gone = 0) AND a.state = 'no-show' AND a.at >="
	       " ?1 AND a.at < ?2 GROUP BY a.reason ORDER BY 2 DESC, 1",
	.columns = { { .name = "reason",
		       .kind = "appointment",
		       .field = "reason" },
		     { .name = "appointments", .measure = TALLY_COUNT } },
	.chart = TALLY_BARS,
	.shared = true,
	.rows_add = true,
};
