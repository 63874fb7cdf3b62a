#include "record/quality.h"
#include "record/tallies.h"

/* How good the record is, what its team carries, and what it noted of itself.
 * How good the record is, it says as it stands now. */

const struct tally tally_quality_missing = {
	.name = "quality-missing",
	.sql = "WITH codes (code) AS (VALUES ('birth'), ('language'),"
	       " ('name'), ('consent'), ('status')), lacking (missing)"
	       " AS (SELECT" QUALITY_LACKS
	       "FROM person AS p WHERE p.gone = 0 AND p.merged_into IS"
	       " NULL) SELECT codes.code, (SELECT count(*) FROM"
	       " lacking), (SELECT count(*) FROM lacking WHERE ' ' ||"
	       " missing || ' ' LIKE '% ' || codes.code || ' %') FROM"
	       " codes ORDER BY 3 DESC, 1",
	.columns = { { .name = "what", .field = "missing" },
		     { .name = "people", .measure = TALLY_COUNT },
		     { .name = "without", .measure = TALLY_COUNT } },
	.as_of_now = true,
	.chart = TALLY_BARS,
};

const struct tally tally_quality_found = {
	.name = "quality-found",
	.sql =
	    "SELECT w.what, count(DISTINCT w.who) FROM" QUALITY_CONTRADICTIONS(
		"?6") "AS w JOIN person AS p ON p.id = w.who AND p.gone = 0"
		      " AND p.merged_into IS NULL GROUP BY w.what UNION ALL"
		      " SELECT 'stale', count(*) FROM (SELECT" QUALITY_LAST
		      "AS last FROM person AS p JOIN stream AS s ON s.person"
		      " = p.id AND s.gone = 0 AND " QUALITY_OPEN_CASE
		      " WHERE p.gone = 0 AND p.merged_into IS NULL) AS open"
		      " WHERE last < " QUALITY_STALE(
			  "?5") "UNION ALL SELECT 'duplicates', count(*) FROM "
				"(SELECT"
				" DISTINCT a.id, b.id FROM" QUALITY_ALIKE
				") AS alike",
	.columns = { { .name = "what", .field = "found" },
		     { .name = "people", .measure = TALLY_COUNT } },
	.as_of_now = true,
	.chart = TALLY_BARS,
};

const struct tally tally_staff_load = {
	.name = "staff-load",
	.sql = "WITH done (worker, week, urgent, alerts, debriefs) AS"
	       " (SELECT v.held_by, local_week(v.started, v.zone), 1,"
	       " 0, 0 FROM visit AS v WHERE v.started > 0 AND"
	       " v.started >= ?1 AND v.started < ?2 AND CASE WHEN"
	       " v.staff_level > 0 THEN v.staff_level ELSE v.level END"
	       " IN (1, 2) UNION ALL SELECT a.acknowledged_by,"
	       " local_week(a.acknowledged, coalesce(v.zone, 'UTC')),"
	       " 0, 1, 0 FROM alert AS a LEFT JOIN visit AS v ON v.id"
	       " = a.visit WHERE a.acknowledged > 0 AND a.kind ="
	       " 'quiet' AND a.acknowledged >= ?1 AND a.acknowledged <"
	       " ?2 UNION ALL SELECT u.name,"
	       " local_week(utc_moment(d.day), 'UTC'), 0, 0, 1 FROM"
	       " debrief AS d JOIN \"user\" AS u ON u.id = d.worker"
	       " WHERE d.gone = 0 AND days_after(d.day, 0) BETWEEN ?3"
	       " AND ?4) SELECT worker, week, sum(urgent),"
	       " sum(alerts), sum(debriefs) FROM done WHERE worker <>"
	       " '' GROUP BY worker, week ORDER BY week, worker",
	.columns = { { .name = "worker", .kind = "user", .field = "name" },
		     { .name = "week", .measure = TALLY_BY },
		     { .name = "urgent", .measure = TALLY_COUNT },
		     { .name = "alerts", .measure = TALLY_COUNT },
		     { .name = "debriefs", .measure = TALLY_COUNT } },
	.chart = TALLY_BARS,
	.rows_add = true,
};

const struct tally tally_incidents = {
	.name = "incidents",
	.sql = "SELECT i.what, count(*), count(*) FILTER (WHERE"
	       " i.effect IN ('data-seen', 'data-lost',"
	       " 'person-harmed')), count(*) FILTER (WHERE i.state ="
	       " 'open') FROM incident AS i WHERE i.gone = 0 AND"
	       " days_after(i.day, 0) BETWEEN ?3 AND ?4 GROUP BY"
	       " i.what ORDER BY 2 DESC, 1",
	.columns = { { .name = "what", .kind = "incident", .field = "what" },
		     { .name = "incidents", .measure = TALLY_COUNT },
		     { .name = "harm", .measure = TALLY_COUNT },
		     { .name = "open", .measure = TALLY_COUNT } },
	.chart = TALLY_BARS,
	.shared = true,
	.rows_add = true,
};

const struct tally tally_suggestions = {
	.name = "suggestions",
	.sql = "SELECT s.screen, count(*), count(*) FILTER (WHERE"
	       " s.state = 'open'), count(*) FILTER (WHERE s.state ="
	       " 'accepted'), count(*) FILTER (WHERE s.state ="
	       " 'done'), count(*) FILTER (WHERE s.state = 'declined')"
	       " FROM suggestion AS s WHERE s.gone = 0 AND s.made_at"
	       " >= ?1 AND s.made_at < ?2 GROUP BY s.screen ORDER BY 2"
	       " DESC, 1",
	.columns = { { .name = "screen", .measure = TALLY_BY },
		     { .name = "suggestions", .measure = TALLY_COUNT },
		     { .name = "open", .measure = TALLY_PART },
		     { .name = "accepted", .measure = TALLY_PART },
		     { .name = "done", .measure = TALLY_PART },
		     { .name = "declined", .measure = TALLY_PART } },
	.chart = TALLY_STACKED,
	.rows_add = true,
};
