#include "record/alert.h"
#include "record/tallies.h"

/* Visits, how long people waited, and silent calls. What was typed in from
 * paper waited for nobody. */

#define VISITS                                                     \
	" FROM visit AS v WHERE v.source = 'ticket' AND v.arrived" \
	" >= ?1 AND v.arrived < ?2 "

const struct tally tally_visits_by_month = {
	.name = "visits-by-month",
	.sql = "SELECT substr(local_day(arrived, zone), 1, 7),"
	       " count(*), count(*) FILTER (WHERE level = 1), count(*)"
	       " FILTER (WHERE level = 2), count(*) FILTER (WHERE"
	       " level = 3), count(*) FILTER (WHERE level = 4),"
	       " count(*) FILTER (WHERE level NOT BETWEEN 1 AND 4)"
	       " FROM (SELECT v.arrived, v.zone, CASE WHEN"
	       " v.staff_level > 0 THEN v.staff_level ELSE v.level END"
	       " AS level FROM visit AS v WHERE v.arrived >= ?1 AND"
	       " v.arrived < ?2) AS x GROUP BY 1 ORDER BY 1",
	.columns = { { .name = "month", .measure = TALLY_BY },
		     { .name = "visits", .measure = TALLY_COUNT },
		     { .name = "now", .measure = TALLY_PART },
		     { .name = "today", .measure = TALLY_PART },
		     { .name = "week", .measure = TALLY_PART },
		     { .name = "planned", .measure = TALLY_PART },
		     { .name = "information", .measure = TALLY_PART } },
	.chart = TALLY_LINE,
	.shared = true,
	.rows_add = true,
};

/* --- waits ----------------------------------------------------------------
 */

/* From the ticket, where the kiosk's clock was right, or else the scan, to the
 * first call; to being taken in where nobody called. In minutes. */
#define CALLED                                                             \
	" coalesce((SELECT min(a.at) FROM visit_act AS a WHERE a.visit ="  \
	" v.id AND a.act = 'call' AND a.undone = 0), nullif(v.called, 0)," \
	" nullif(v.started, 0)) "
#define WAITED                                                              \
	"waited (level, language, hour, site, wait) AS (SELECT level,"      \
	" language, hour, site, (called - CASE WHEN issued > 0 AND issued"  \
	" <= called THEN issued ELSE arrived END) / 60000 FROM (SELECT"     \
	" 'U' || CAST(CASE WHEN v.staff_level > 0 THEN v.staff_level ELSE"  \
	" v.level END AS TEXT) AS level, v.language, local_hour(v.arrived," \
	" v.zone) AS hour, (SELECT coalesce(s.name, k.name) FROM ticket"    \
	" AS t JOIN kiosk AS k ON k.key = t.kiosk_key LEFT JOIN site AS s"  \
	" ON s.id = k.site WHERE t.case_id = CAST(v.id AS TEXT)) AS site,"  \
	" v.issued, v.arrived," CALLED "AS called" VISITS                   \
	") AS seen WHERE called >= arrived)"
/* The middle of a row's waits, and what nine of ten did not exceed. */
#define WAITS_BY(what)                                                     \
	"WITH " WAITED ", ranked (of, wait, place, many) AS (SELECT " what \
	", wait, row_number() OVER (PARTITION BY " what " ORDER BY wait)," \
	" count(*) OVER (PARTITION BY " what ") FROM waited) SELECT of,"   \
	" max(many), min(CASE WHEN place * 2 >= many THEN wait END),"      \
	" min(CASE WHEN place * 10 >= many * 9 THEN wait END), max(wait)"  \
	" FROM ranked GROUP BY of ORDER BY of"
#define WAIT_COLUMNS                                        \
	{ .name = "visits", .measure = TALLY_COUNT },       \
	    { .name = "half", .measure = TALLY_MINUTES },   \
	    { .name = "most", .measure = TALLY_MINUTES },   \
	{                                                   \
		.name = "longest", .measure = TALLY_MINUTES \
	}

const struct tally tally_waits_by_level = {
	.name = "waits-by-level",
	.sql = WAITS_BY("level"),
	.columns = { { .name = "level", .field = "level" }, WAIT_COLUMNS },
	.chart = TALLY_BARS,
	.rows_add = true,
};

const struct tally tally_waits_by_language = {
	.name = "waits-by-language",
	.sql = WAITS_BY("language"),
	.columns = { { .name = "language",
		       .kind = "person",
		       .field = "language" },
		     WAIT_COLUMNS },
	.chart = TALLY_BARS,
	.rows_add = true,
};

const struct tally tally_waits_by_hour = {
	.name = "waits-by-hour",
	.sql = WAITS_BY("hour"),
	.columns = { { .name = "hour", .measure = TALLY_BY }, WAIT_COLUMNS },
	.chart = TALLY_LINE,
	.rows_add = true,
};

const struct tally tally_waits_by_site = {
	.name = "waits-by-site",
	.sql = WAITS_BY("site"),
	.columns = { { .name = "site", .measure = TALLY_BY }, WAIT_COLUMNS },
	.chart = TALLY_BARS,
	.rows_add = true,
};

const struct tally tally_left_before_service = {
	.name = "left-before-service",
	.sql = "SELECT level, count(*), count(*) FILTER (WHERE outcome"
	       " <> 'left'), count(*) FILTER (WHERE outcome = 'left'"
	       " AND called = 0), count(*) FILTER (WHERE outcome ="
	       " 'left' AND called > 0 AND started = 0), count(*)"
	       " FILTER (WHERE outcome = 'left' AND started > 0) FROM"
	       " (SELECT 'U' || CAST(CASE WHEN v.staff_level > 0 THEN"
	       " v.staff_level ELSE v.level END AS TEXT) AS level,"
	       " v.outcome, v.called, v.started" VISITS
	       " AND v.state = 'ended') AS x GROUP BY level ORDER BY"
	       " level",
	.columns = { { .name = "level", .field = "level" },
		     { .name = "ended", .measure = TALLY_COUNT },
		     { .name = "served", .measure = TALLY_PART },
		     { .name = "not_called", .measure = TALLY_PART },
		     { .name = "called", .measure = TALLY_PART },
		     { .name = "in_service", .measure = TALLY_PART } },
	.chart = TALLY_BARS,
	.shared = true,
	.rows_add = true,
};

/* Where they were sent: as what the visit was handed to, or to which service
 * somebody referred the person that day. */
const struct tally tally_diverted = {
	.name = "diverted",
	.sql = "SELECT place, count(*) FROM (SELECT coalesce((SELECT"
	       " h.system FROM handover AS h WHERE h.visit = v.id AND"
	       " h.gone = 0 ORDER BY h.id LIMIT 1), (SELECT"
	       " coalesce(s.name, r.elsewhere) FROM referral AS r LEFT"
	       " JOIN service AS s ON s.id = r.service WHERE r.person"
	       " = v.person AND r.gone = 0 AND r.direction = 'out' AND"
	       " r.made_at >= v.arrived AND r.made_at < v.ended +"
	       " 86400000 ORDER BY r.id LIMIT 1)) AS place FROM visit"
	       " AS v WHERE v.outcome = 'diverted' AND v.arrived >= ?1"
	       " AND v.arrived < ?2) AS x GROUP BY place ORDER BY 2"
	       " DESC, 1",
	.columns = { { .name = "place", .measure = TALLY_BY },
		     { .name = "visits", .measure = TALLY_COUNT } },
	.chart = TALLY_BARS,
	.rows_add = true,
};

/* --- silent calls ---------------------------------------------------------
 */

#define TEXT_OF(text) #text
#define TEXT(macro) TEXT_OF(macro)
#define IN_TIME TEXT(ALERT_REPEAT_MS)

const struct tally tally_alert_answers = {
	.name = "alert-answers",
	.sql = "WITH calls (month, took, repeated) AS (SELECT"
	       " substr(local_day(a.raised, coalesce(v.zone, 'UTC')),"
	       " 1, 7), CASE WHEN a.acknowledged > 0 THEN"
	       " a.acknowledged - a.raised END, a.repeated > 0 FROM"
	       " alert AS a LEFT JOIN visit AS v ON v.id = a.visit"
	       " WHERE a.kind = 'quiet' AND a.raised >= ?1 AND"
	       " a.raised < ?2) SELECT month, count(*), count(*)"
	       " FILTER (WHERE took < " IN_TIME
	       "), count(*) FILTER (WHERE took >= " IN_TIME
	       "), count(*) FILTER (WHERE took IS NULL), max(took) /"
	       " 60000 FROM calls GROUP BY month ORDER BY month",
	.columns = { { .name = "month", .measure = TALLY_BY },
		     { .name = "calls", .measure = TALLY_COUNT },
		     { .name = "in_time", .measure = TALLY_PART },
		     { .name = "late", .measure = TALLY_PART },
		     { .name = "never", .measure = TALLY_PART },
		     { .name = "longest", .measure = TALLY_MINUTES } },
	.chart = TALLY_BARS,
	.rows_add = true,
};

const struct tally tally_alert_outcomes = {
	.name = "alert-outcomes",
	.sql = "SELECT CASE WHEN a.closed = 0 THEN 'open' ELSE"
	       " a.outcome END, count(*) FROM alert AS a WHERE a.kind"
	       " = 'quiet' AND a.raised >= ?1 AND a.raised < ?2 GROUP"
	       " BY 1 ORDER BY 2 DESC, 1",
	.columns = { { .name = "outcome", .field = "ended" },
		     { .name = "calls", .measure = TALLY_COUNT } },
	.chart = TALLY_BARS,
	.rows_add = true,
};

/* --- kiosks side by side ---------------------------------------------------
 */

/* Which questions each kiosk puts: the reference of its form, which is a hash
 * of all that it asks. One that was changed has a row for each. */
const struct tally tally_kiosks = {
	.name = "kiosks",
	.sql = "WITH came AS (SELECT t.kiosk_key, v.id, v.form, v.arrived,"
	       " v.zone, v.outcome, v.staff_level FROM visit AS v JOIN ticket"
	       " AS t ON t.case_id = CAST(v.id AS TEXT) WHERE v.arrived >= ?1"
	       " AND v.arrived < ?2) SELECT k.name, lower(hex(c.form)),"
	       " max(local_day(c.arrived, c.zone)), count(c.id), count(c.id)"
	       " FILTER (WHERE c.outcome = 'left'), count(c.id) FILTER (WHERE"
	       " c.staff_level > 0) FROM kiosk AS k LEFT JOIN came AS c ON"
	       " c.kiosk_key = k.key WHERE c.id IS NOT NULL OR k.revoked_at IS"
	       " NULL GROUP BY k.key, k.name, c.form ORDER BY k.name, 3, 2",
	.columns = { { .name = "kiosk", .measure = TALLY_BY },
		     { .name = "content", .measure = TALLY_BY },
		     { .name = "last", .measure = TALLY_BY },
		     { .name = "visits", .measure = TALLY_COUNT },
		     { .name = "left", .measure = TALLY_COUNT },
		     { .name = "overridden", .measure = TALLY_COUNT } },
	.chart = TALLY_NO_CHART,
	.rows_add = true,
};
