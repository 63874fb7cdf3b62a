#include "record/listings.h"
#include "record/quality.h"

/*
 * What is missing, contradictory, stale or there twice, and counts that tell a
 * team how it does. A row that counts several people opens nothing: its id is
 * 0.
 */

#define OFFICE (ROLE_SUPERVISOR | ROLE_WORKER | ROLE_COORDINATOR)

const struct listing listing_quality_missing = {
	.name = "quality-missing",
	.kind = "person",
	.sql = "SELECT id, made_at, id, number, missing FROM (SELECT "
	       "p.*," QUALITY_LACKS
	       "AS missing FROM person AS p WHERE p.gone = 0 AND"
	       " p.merged_into IS NULL) AS lacking WHERE missing <> '' ORDER BY"
	       " length(missing) DESC, id",
	.columns = { { "number", "person", "number" },
		     { "missing", NULL, "missing" } },
	.read = OFFICE,
};

const struct listing listing_quality_contradictory = {
	.name = "quality-contradictory",
	.kind = "person",
	.sql = "SELECT p.id, p.changed_at, p.id, p.number, w.what FROM person"
	       " AS p JOIN" QUALITY_CONTRADICTIONS(
		   "?2") "AS w ON w.who = p.id"
			 " WHERE p.gone = 0 AND p.merged_into IS NULL ORDER BY "
			 "p.id,"
			 " w.what",
	.columns = { { "number", "person", "number" },
		     { "what", NULL, "contradiction" } },
	.read = OFFICE,
};

const struct listing listing_quality_stale = {
	.name = "quality-stale",
	.kind = "person",
	.sql = "SELECT id, last, id, number, state FROM (SELECT p.id, p.number,"
	       " s.state," QUALITY_LAST "AS last FROM person AS p JOIN stream"
	       " AS s ON s.person = p.id AND s.gone = 0 AND " QUALITY_OPEN_CASE
	       " WHERE p.gone = 0 AND p.merged_into IS NULL) AS open WHERE"
	       " last < " QUALITY_STALE("?1") "ORDER BY last, id, state",
	.columns = { { "number", "person", "number" },
		     { "state", "stream", "state" } },
	.read = OFFICE,
};

const struct listing listing_quality_duplicates = {
	.name = "quality-duplicates",
	.kind = "person",
	.sql = "SELECT a.id, NULL, a.id, a.number, b.number, w.why "
	       "FROM" QUALITY_ALIKE "ORDER BY a.id, b.id",
	.columns = { { "number", "person", "number" },
		     { "other", "person", "number" },
		     { "why", NULL, "likeness" } },
	.read = ROLE_SUPERVISOR,
};

/* Calling or writing where nobody said that it is safe. */
const struct listing listing_ask_before_message = {
	.name = "ask-before-message",
	.kind = "person",
	.sql = "SELECT p.id, NULL, p.id, p.number, c.what FROM person p JOIN"
	       " contact c ON c.person = p.id AND c.gone = 0 WHERE p.gone = 0"
	       " AND p.merged_into IS NULL AND coalesce(p.leave_message, 0) ="
	       " 0 ORDER BY p.id, c.id",
	.columns = { { "number", "person", "number" },
		     { "what", "contact", "what" } },
	.read = ROLES_FRONT,
};

/* Weeks begin on Monday, in UTC. */
const struct listing listing_staff_load = {
	.name = "staff-load",
	.kind = "user",
	.sql =
	    "WITH done (name, week, urgent, alerts, debriefs) AS ("
	    "SELECT held_by, local_week(started, 'UTC'),"
	    " 1, 0, 0 FROM visit WHERE started > 0 AND (CASE WHEN staff_level"
	    " > 0 THEN staff_level ELSE level END) IN (1, 2) UNION ALL "
	    "SELECT acknowledged_by, local_week(acknowledged, 'UTC'), 0, 1, 0 "
	    "FROM alert WHERE acknowledged > 0 UNION"
	    " ALL "
	    "SELECT u.name, local_week(utc_moment(d.day), 'UTC'), 0, 0, 1 FROM "
	    "debrief d"
	    " JOIN \"user\" u ON u.id = d.worker WHERE d.gone = 0) "
	    "SELECT coalesce((SELECT min(id) FROM \"user\" u WHERE u.name ="
	    " done.name), 0), NULL, NULL, name, week, sum(urgent),"
	    " sum(alerts), sum(debriefs), CASE WHEN sum(urgent) +"
	    " sum(alerts) >= 10 AND sum(debriefs) = 0 THEN '1' ELSE '0' END "
	    "FROM done WHERE name <> ''"
	    " GROUP BY name, week ORDER BY week DESC, name",
	.columns = { { "worker", "user", "name" },
		     { "week", NULL, NULL },
		     { "urgent", NULL, NULL },
		     { "alerts", NULL, NULL },
		     { "debriefs", NULL, NULL },
		     { "offer", "debrief", "taken" } },
	.read = ROLE_SUPERVISOR | ROLE_COORDINATOR,
};

const struct listing listing_open_incidents = {
	.name = "open-incidents",
	.kind = "incident",
	.sql = "SELECT id, made_at, NULL, day, what, effect, words, told"
	       " FROM incident WHERE gone = 0 AND state = 'open'"
	       " ORDER BY day, id",
	.columns = { { "day", "incident", "day" },
		     { "what", "incident", "what" },
		     { "effect", "incident", "effect" },
		     { "words", "incident", "words" },
		     { "told", "incident", "told" } },
};

/* Counts alone, which may be handed on: a row a month and what it was. */
const struct listing listing_incidents_counted = {
	.name = "incidents-counted",
	.kind = "incident",
	.sql = "SELECT 0, NULL, NULL, substr(day, 1, 7) AS month, what,"
	       " count(*), sum(effect IN ('data-seen', 'data-lost',"
	       " 'person-harmed')), sum(state = 'open') FROM incident WHERE"
	       " gone = 0 GROUP BY month, what ORDER BY month DESC, what",
	.columns = { { "month", NULL, NULL },
		     { "what", "incident", "what" },
		     { "count", NULL, NULL },
		     { "harm", NULL, NULL },
		     { "open", NULL, NULL } },
};

/* The last of each thing that was looked at, what is longest ago first. */
const struct listing listing_hardware_reviews = {
	.name = "hardware-reviews",
	.kind = "hardware_review",
	.sql = "SELECT id, NULL, NULL, what, day, found, changed, next FROM"
	       " (SELECT *, row_number() OVER (PARTITION BY what ORDER BY day"
	       " DESC, id DESC) AS place FROM hardware_review WHERE gone = 0)"
	       " AS newest WHERE place = 1 ORDER BY day, what",
	.columns = { { "what", "hardware_review", "what" },
		     { "day", "hardware_review", "day" },
		     { "found", "hardware_review", "found" },
		     { "changed", "hardware_review", "changed" },
		     { "next", "hardware_review", "next" } },
};

/* Of those who came first in a month: how many had contact again 3, 6 and 12
 * months later or after that. */
const struct listing listing_still_in_contact = {
	.name = "still-in-contact",
	.kind = "person",
	.sql = "WITH met (person, day) AS (SELECT person, local_day(arrived,"
	       " 'UTC') FROM visit WHERE person IS NOT NULL UNION ALL"
	       " SELECT person, day FROM service_contact WHERE gone = 0),"
	       " span (person, first, last) AS (SELECT person, min(day),"
	       " max(day) FROM met GROUP BY person) "
	       "SELECT 0, NULL, NULL, substr(first, 1, 7), count(*),"
	       " sum(last >= months_after(first, 3)),"
	       " sum(last >= months_after(first, 6)),"
	       " sum(last >= months_after(first, 12)) FROM span GROUP BY 4"
	       " ORDER BY 4 DESC",
	.columns = { { "month", NULL, NULL },
		     { "people", NULL, NULL },
		     { "months_3", NULL, NULL },
		     { "months_6", NULL, NULL },
		     { "months_12", NULL, NULL } },
	.read = OFFICE,
};

/* How people asked to be met, and how they were. */
const struct listing listing_modes = {
	.name = "modes",
	.kind = "person",
	.sql = "SELECT 0, NULL, NULL, coalesce(p.mode, ''), s.mode, count(*)"
	       " FROM service_contact s JOIN person p ON p.id = s.person WHERE"
	       " s.gone = 0 AND p.gone = 0 GROUP BY 4, 5 ORDER BY 4, 5",
	.columns = { { "asked", "person", "mode" },
		     { "given", "service_contact", "mode" },
		     { "contacts", NULL, NULL } },
	.read = OFFICE,
};

const struct listing listing_shared_answers = {
	.name = "shared-answers",
	.kind = "shared_answer",
	.sql =
	    "SELECT id, made_at, NULL, topic, question, answer, owner, site"
	    " FROM shared_answer WHERE gone = 0 ORDER BY topic, day DESC, id",
	.columns = { { "topic", "shared_answer", "topic" },
		     { "question", "shared_answer", "question" },
		     { "answer", "shared_answer", "answer" },
		     { "owner", "shared_answer", "owner" },
		     { "site", "shared_answer", "site" } },
};
