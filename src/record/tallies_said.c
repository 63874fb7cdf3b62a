#include "record/tallies.h"

/*
 * What people said at a kiosk or on paper. Of visits whose answers were erased,
 * as their people wished, nothing of it is left to count.
 */

const struct tally tally_languages_asked = {
	.name = "languages-asked",
	/* Of a visit the language of the screen; interpreter is the form's.
	 */
	.sql = "WITH asked (language, interpreter) AS (SELECT"
	       " v.language, EXISTS (SELECT 1 FROM fact AS f WHERE"
	       " f.visit = v.id AND f.field = 'interpreter' AND"
	       " f.value = 'yes') FROM visit AS v WHERE v.arrived >="
	       " ?1 AND v.arrived < ?2), people (language, many) AS"
	       " (SELECT p.language, count(*) FROM person AS p WHERE"
	       " p.gone = 0 AND p.merged_into IS NULL AND p.language"
	       " IS NOT NULL AND EXISTS (SELECT 1 FROM visit AS v"
	       " WHERE v.person = p.id AND v.arrived >= ?1 AND"
	       " v.arrived < ?2) GROUP BY p.language), known"
	       " (language) AS (SELECT language FROM asked UNION"
	       " SELECT language FROM people) SELECT k.language,"
	       " (SELECT count(*) FROM asked AS a WHERE a.language ="
	       " k.language), (SELECT count(*) FROM asked AS a WHERE"
	       " a.language = k.language AND a.interpreter),"
	       " coalesce((SELECT many FROM people AS q WHERE"
	       " q.language = k.language), 0), (SELECT count(*) FROM"
	       " \"user\" AS u WHERE u.gone = 0 AND coalesce(u.away,"
	       " 0) = 0 AND ' ' || u.languages || ' ' LIKE '% ' ||"
	       " k.language || ' %') FROM known AS k WHERE k.language"
	       " <> '' ORDER BY 2 DESC, 1",
	.columns = { { .name = "language",
		       .kind = "person",
		       .field = "language" },
		     { .name = "visits", .measure = TALLY_COUNT },
		     { .name = "interpreter", .measure = TALLY_COUNT },
		     { .name = "people", .measure = TALLY_COUNT },
		     { .name = "workers", .measure = TALLY_COUNT } },
	.chart = TALLY_BARS,
	.shared = true,
};

const struct tally tally_dialects_asked = {
	.name = "dialects-asked",
	.sql = "SELECT p.dialect, count(*), (SELECT count(*) FROM"
	       " \"user\" AS u WHERE u.gone = 0 AND coalesce(u.away,"
	       " 0) = 0 AND lower(u.dialects) LIKE '%' ||"
	       " lower(p.dialect) || '%') FROM person AS p WHERE"
	       " p.gone = 0 AND p.merged_into IS NULL AND p.dialect IS"
	       " NOT NULL AND EXISTS (SELECT 1 FROM visit AS v WHERE"
	       " v.person = p.id AND v.arrived >= ?1 AND v.arrived <"
	       " ?2) GROUP BY p.dialect ORDER BY 2 DESC, 1",
	.columns = { { .name = "dialect", .measure = TALLY_BY },
		     { .name = "people", .measure = TALLY_COUNT },
		     { .name = "workers", .measure = TALLY_COUNT } },
	.chart = TALLY_BARS,
};

const struct tally tally_kiosk_consents = {
	.name = "kiosk-consents",
	.sql = "SELECT c.purpose, count(*), count(*) FILTER (WHERE"
	       " c.given = 1), count(*) FILTER (WHERE c.given = 0)"
	       " FROM visit_consent AS c WHERE c.at >= ?1 AND c.at <"
	       " ?2 GROUP BY c.purpose ORDER BY c.purpose",
	.columns = { { .name = "purpose",
		       .kind = "consent",
		       .field = "purpose" },
		     { .name = "asked", .measure = TALLY_COUNT },
		     { .name = "given", .measure = TALLY_PART },
		     { .name = "refused", .measure = TALLY_PART } },
	.chart = TALLY_BARS,
	.shared = true,
};

const struct tally tally_nobodys_visits = {
	.name = "nobodys-visits",
	.sql = "SELECT substr(local_day(v.arrived, v.zone), 1, 7),"
	       " count(*), count(*) FILTER (WHERE v.person IS NOT"
	       " NULL), count(*) FILTER (WHERE v.person IS NULL) FROM"
	       " visit AS v WHERE v.arrived >= ?1 AND v.arrived < ?2"
	       " GROUP BY 1 ORDER BY 1",
	.columns = { { .name = "month", .measure = TALLY_BY },
		     { .name = "visits", .measure = TALLY_COUNT },
		     { .name = "known", .measure = TALLY_PART },
		     { .name = "nobody", .measure = TALLY_PART } },
	.chart = TALLY_STACKED,
	.shared = true,
	.rows_add = true,
};

const struct tally tally_visits_kept = {
	.name = "visits-kept",
	.sql = "SELECT substr(local_day(v.arrived, v.zone), 1, 7),"
	       " count(*), count(*) FILTER (WHERE v.keep = 'kept'),"
	       " count(*) FILTER (WHERE v.keep = 'today'), count(*)"
	       " FILTER (WHERE v.keep = 'no') FROM visit AS v WHERE"
	       " v.arrived >= ?1 AND v.arrived < ?2 GROUP BY 1 ORDER"
	       " BY 1",
	.columns = { { .name = "month", .measure = TALLY_BY },
		     { .name = "visits", .measure = TALLY_COUNT },
		     { .name = "kept", .measure = TALLY_PART },
		     { .name = "today", .measure = TALLY_PART },
		     { .name = "no", .measure = TALLY_PART } },
	.chart = TALLY_STACKED,
	.shared = true,
	.rows_add = true,
};

const struct tally tally_digital_access = {
	.name = "digital-access",
	.sql = "SELECT f.value, count(*) FILTER (WHERE f.field ="
	       " 'phone_internet'), count(*) FILTER (WHERE f.field ="
	       " 'online_forms') FROM fact AS f JOIN visit AS v ON"
	       " v.id = f.visit AND f.field IN ('phone_internet',"
	       " 'online_forms') WHERE v.arrived >= ?1 AND v.arrived <"
	       " ?2 GROUP BY f.value ORDER BY f.value",
	.columns = { { .name = "answer", .field = "answer" },
		     { .name = "phone_internet", .measure = TALLY_COUNT },
		     { .name = "online_forms", .measure = TALLY_COUNT } },
	.chart = TALLY_BARS,
	.shared = true,
	.rows_add = true,
};

const struct tally tally_modes_asked = {
	.name = "modes-asked",
	.sql = "SELECT f.value, count(*) FROM fact AS f JOIN visit AS"
	       " v ON v.id = f.visit AND f.field = 'meeting_mode'"
	       " WHERE v.arrived >= ?1 AND v.arrived < ?2 GROUP BY"
	       " f.value ORDER BY 2 DESC, 1",
	.columns = { { .name = "mode", .kind = "person", .field = "mode" },
		     { .name = "visits", .measure = TALLY_COUNT } },
	.chart = TALLY_BARS,
	.shared = true,
	.rows_add = true,
};

/* A lower number is more urgent. */
const struct tally tally_levels_overridden = {
	.name = "levels-overridden",
	.sql = "SELECT r.rule, count(*), count(*) FILTER (WHERE"
	       " v.staff_level BETWEEN 1 AND v.level - 1), count(*)"
	       " FILTER (WHERE v.staff_level > v.level) FROM"
	       " visit_rule AS r JOIN visit AS v ON v.id = r.visit"
	       " WHERE r.language = 'en' AND v.arrived >= ?1 AND"
	       " v.arrived < ?2 GROUP BY r.rule ORDER BY r.rule",
	.columns = { { .name = "rule", .measure = TALLY_BY },
		     { .name = "fired", .measure = TALLY_COUNT },
		     { .name = "sooner", .measure = TALLY_COUNT },
		     { .name = "later", .measure = TALLY_COUNT } },
	.chart = TALLY_BARS,
};

/* Where people stopped: the last question that a visit answered. */
const struct tally tally_last_answers = {
	.name = "last-answers",
	.sql = "SELECT a.reference, v.language, count(*) FROM"
	       " intake_answer AS a JOIN visit AS v ON v.id = a.visit"
	       " WHERE a.position = (SELECT max(b.position) FROM"
	       " intake_answer AS b WHERE b.visit = a.visit AND"
	       " b.value <> '') AND v.source = 'ticket' AND v.arrived"
	       " >= ?1 AND v.arrived < ?2 GROUP BY a.reference,"
	       " v.language ORDER BY 3 DESC, 1, 2",
	.columns = { { .name = "question", .measure = TALLY_BY },
		     { .name = "language",
		       .kind = "person",
		       .field = "language" },
		     { .name = "visits", .measure = TALLY_COUNT } },
	.chart = TALLY_NO_CHART,
	.rows_add = true,
};
