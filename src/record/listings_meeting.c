#include "record/listings.h"

/* Lists of appointments, contacts, events and what people said of them. */

#define NAMED                                                          \
	" LEFT JOIN person ON person.id = appointment.person LEFT"     \
	" JOIN name ON name.person = person.id AND name.gone = 0 LEFT" \
	" JOIN user ON user.id = appointment.worker"
#define WORKER_COLUMN                    \
	{                                \
		"worker", "user", "name" \
	}
#define PERSON_COLUMNS                                                  \
	{ "number", "person", "number" }, { "latin", "name", "latin" }, \
	{                                                               \
		"own_script", "name", "own_script"                      \
	}

/* Half a day back: whoever is late is still there. */
const struct listing listing_appointments_today = {
	.name = "appointments-today",
	.kind = "appointment",
	.sql = "SELECT appointment.id, CASE WHEN at < ?1 THEN at END,"
	       " appointment.person, at, number, latin, own_script,"
	       " appointment.mode, user.name, state FROM appointment" NAMED
	       " WHERE appointment.gone = 0 AND at BETWEEN ?1 - 43200000 AND"
	       " utc_moment(?2) + 36 * 3600000 AND state IN ('booked',"
	       " 'attended', 'no-show') ORDER BY at, appointment.id",
	.columns = { { "at", "appointment", "at" },
		     PERSON_COLUMNS,
		     { "mode", "appointment", "mode" },
		     WORKER_COLUMN,
		     { "state", "appointment", "state" } },
	.read = ROLES_FRONT,
};

const struct listing listing_no_shows = {
	.name = "no-shows",
	.kind = "appointment",
	.sql = "SELECT appointment.id, at, appointment.person, at, number,"
	       " latin, own_script, appointment.mode, reason, user.name"
	       " FROM appointment" NAMED
	       " WHERE appointment.gone = 0 AND state = 'no-show' AND at >= ?1"
	       " - 90 * 86400000 ORDER BY at DESC, appointment.id",
	.columns = { { "at", "appointment", "at" },
		     PERSON_COLUMNS,
		     { "mode", "appointment", "mode" },
		     { "reason", "appointment", "reason" },
		     WORKER_COLUMN },
	.read = ROLES_FRONT,
};

/* Of a year: what was kept, missed and put off, by mode. */
const struct listing listing_no_show_rate = {
	.name = "no-show-rate",
	.kind = "appointment",
	.sql =
	    "SELECT max(id), NULL, NULL, mode, count(*), sum(state ="
	    " 'attended'), sum(state = 'no-show'), sum(state = 'moved'),"
	    " sum(state = 'cancelled'), CASE WHEN sum(state IN ('attended',"
	    " 'no-show')) > 0 THEN CAST(round(100.0 * sum(state = 'no-show') /"
	    " sum(state IN ('attended', 'no-show'))) AS INTEGER) || '%' END"
	    " FROM appointment WHERE gone = 0 AND state <> 'booked' AND at >="
	    " ?1 - 365 * 86400000 GROUP BY mode ORDER BY mode",
	.columns = { { "mode", "appointment", "mode" },
		     { "all", NULL, NULL },
		     { "attended", NULL, NULL },
		     { "missed", NULL, NULL },
		     { "moved", NULL, NULL },
		     { "cancelled", NULL, NULL },
		     { "rate", NULL, NULL } },
};

const struct listing listing_no_show_reasons = {
	.name = "no-show-reasons",
	.kind = "appointment",
	.sql = "SELECT max(id), NULL, NULL, reason, mode, count(*) FROM"
	       " appointment WHERE gone = 0 AND state = 'no-show' AND at >= ?1"
	       " - 365 * 86400000 GROUP BY reason, mode ORDER BY count(*)"
	       " DESC, reason, mode",
	.columns = { { "reason", "appointment", "reason" },
		     { "mode", "appointment", "mode" },
		     { "count", NULL, NULL } },
};

/* --- contacts --------------------------------------------------------------
 */

#define ABOUT                                                                 \
	" LEFT JOIN sponsorship ON sponsorship.id = outreach.sponsorship"     \
	" LEFT JOIN sponsor_group ON sponsor_group.id ="                      \
	" coalesce(outreach.sponsor_group, sponsorship.sponsor_group)"        \
	" LEFT JOIN household ON household.id = coalesce(outreach.household," \
	" sponsorship.household)"

const struct listing listing_contacts_planned = {
	.name = "contacts-planned",
	.kind = "outreach",
	.sql = "SELECT outreach.id, CASE WHEN outreach.day < ?2 THEN"
	       " utc_moment(outreach.day) END, NULL, outreach.day,"
	       " family_code, sponsor_group.name, outreach.mode, outreach.note,"
	       " user.name FROM outreach" ABOUT
	       " LEFT JOIN user ON user.id = coalesce(outreach.worker,"
	       " household.worker) WHERE outreach.gone = 0 AND outreach.state ="
	       " 'planned' ORDER BY outreach.day, outreach.id",
	.columns = { { "day", "outreach", "day" },
		     { "family", "household", "family_code" },
		     { "group", "sponsor_group", "name" },
		     { "mode", "outreach", "mode" },
		     { "note", "outreach", "note" },
		     WORKER_COLUMN },
	.read = ROLES_FRONT,
};

/* Households whose interval is over since the last time they were met, came, or
 * were reached. */
const struct listing listing_contact_overdue = {
	.name = "contact-overdue",
	.kind = "household",
	.sql =
	    "SELECT id, utc_moment(due), NULL, family_code, last,"
	    " contact_days, due, worker_name FROM (SELECT household.id AS id,"
	    " family_code, contact_days, user.name AS worker_name,"
	    " contacts.last AS last, days_after(coalesce(contacts.last,"
	    " local_day(household.made_at, 'UTC')), contact_days) AS due"
	    " FROM household LEFT JOIN user ON user.id ="
	    " household.worker LEFT JOIN (SELECT household, max(day) AS last"
	    " FROM (SELECT household, day FROM meeting WHERE gone = 0 AND"
	    " state = 'held' UNION ALL SELECT household, day FROM outreach"
	    " WHERE gone = 0 AND state = 'done' UNION ALL SELECT household,"
	    " local_day(at, 'UTC') FROM appointment JOIN member ON"
	    " member.person = appointment.person WHERE appointment.gone = 0"
	    " AND member.gone = 0 AND state = 'attended' UNION ALL SELECT"
	    " household, day FROM service_contact WHERE gone = 0 AND"
	    " attendance IS DISTINCT FROM 'absent' UNION ALL SELECT"
	    " member.household,"
	    " day FROM service_contact AS c JOIN member ON member.person ="
	    " c.person WHERE c.gone = 0 AND member.gone = 0 AND"
	    " attendance IS DISTINCT FROM 'absent' UNION ALL SELECT"
	    " household, local_day(arrived, 'UTC') FROM visit JOIN"
	    " member ON member.person = visit.person WHERE member.gone = 0)"
	    " AS met GROUP BY household) AS contacts ON contacts.household ="
	    " household.id WHERE household.gone = 0 AND contact_days NOTNULL)"
	    " AS awaited WHERE due < ?2 ORDER BY due, id",
	.columns = { { "family", "household", "family_code" },
		     { "last", "meeting", "day" },
		     { "interval", "household", "contact_days" },
		     { "due", "meeting", "day" },
		     WORKER_COLUMN },
	.read = ROLES_FRONT,
};

const struct listing listing_meetings_planned = {
	.name = "meetings-planned",
	.kind = "meeting",
	.sql =
	    "SELECT meeting.id, CASE WHEN meeting.day < ?2 THEN"
	    " utc_moment(meeting.day) END, NULL, meeting.day,"
	    " meeting.what, meeting.mode, sponsor_group.name, family_code,"
	    " user.name FROM meeting LEFT JOIN sponsorship ON sponsorship.id ="
	    " meeting.sponsorship LEFT JOIN sponsor_group ON"
	    " sponsor_group.id = sponsorship.sponsor_group LEFT JOIN household"
	    " ON household.id = coalesce(meeting.household,"
	    " sponsorship.household) LEFT JOIN user ON user.id ="
	    " coalesce(household.worker, sponsorship.worker) WHERE"
	    " meeting.gone = 0 AND meeting.state = 'planned'"
	    " ORDER BY meeting.day, meeting.id",
	.columns = { { "day", "meeting", "day" },
		     { "what", "meeting", "what" },
		     { "mode", "meeting", "mode" },
		     { "group", "sponsor_group", "name" },
		     { "family", "household", "family_code" },
		     WORKER_COLUMN },
	.read = ROLES_FRONT,
};

/* --- learning --------------------------------------------------------------
 */

#define HOURS                                                                \
	"CASE WHEN minutes IS NOT NULL THEN printf('%.1f', minutes / 60.0) " \
	"END"

/* A worker's last training of a topic holds for so many months. */
const struct listing listing_training_overdue = {
	.name = "training-overdue",
	.kind = "user",
	.sql = "SELECT user.id, utc_moment(coalesce(months_after(last,"
	       " need.months), local_day(user.made_at, 'UTC'))),"
	       " NULL, user.name, need.topic, last, months_after(last,"
	       " need.months) FROM training_need AS need CROSS JOIN user LEFT"
	       " JOIN (SELECT event_party.user AS who, lower(topic) AS topic,"
	       " max(day) AS last FROM event JOIN event_party ON"
	       " event_party.event = event.id WHERE event.gone = 0 AND"
	       " event_party.gone = 0 AND what = 'training' AND came = 1"
	       " GROUP BY 1, 2) AS done ON done.who = user.id AND done.topic ="
	       " lower(need.topic) WHERE need.gone = 0 AND user.gone = 0 AND"
	       " coalesce(away, 0) = 0 AND (last IS NULL OR months_after(last,"
	       " need.months) < ?2) AND (need.roles IS NULL OR EXISTS (SELECT"
	       " 1 FROM (VALUES ('reception'), ('worker'), ('supervisor'),"
	       " ('coordinator'), ('administrator'), ('auditor'), ('safety'))"
	       " AS role WHERE ' ' || need.roles || ' ' LIKE '% ' || column1 ||"
	       " ' %' AND ' ' || user.roles || ' ' LIKE '% ' || column1 ||"
	       " ' %')) ORDER BY user.name, user.id, need.topic, need.id",
	.columns = { { "name", "user", "name" },
		     { "topic", "event", "topic" },
		     { "last", "event", "day" },
		     { "due", "event", "day" } },
};

const struct listing listing_training_log = {
	.name = "training-log",
	.kind = "event",
	.sql = "SELECT event.id, NULL, NULL, user.name, topic, day,"
	       " " HOURS " FROM event JOIN event_party ON"
	       " event_party.event = event.id JOIN user ON user.id ="
	       " event_party.user WHERE event.gone = 0 AND event_party.gone ="
	       " 0 AND what = 'training' AND came = 1 ORDER BY user.name, day,"
	       " event.id, event_party.id",
	.columns = { { "name", "user", "name" },
		     { "topic", "event", "topic" },
		     { "day", "event", "day" },
		     { "hours", NULL, NULL } },
};

#define EVENTS                                                               \
	"SELECT event.id, NULL, NULL, day, what, topic, " HOURS              \
	", (SELECT count(*) FROM event_party WHERE gone = 0"                 \
	" AND event = event.id AND invited_on NOTNULL), (SELECT count(*)"    \
	" FROM event_party WHERE gone = 0 AND event = event.id AND came ="   \
	" 1), (SELECT group_concat(name, ', ') FROM (SELECT"                 \
	" sponsor_group.name AS name FROM event_party JOIN sponsor_group ON" \
	" sponsor_group.id = event_party.sponsor_group WHERE"                \
	" event_party.gone = 0 AND came = 1 AND event_party.event ="         \
	" event.id ORDER BY event_party.id) AS came_from) FROM event WHERE"  \
	" gone = 0"
#define NEWEST_FIRST " ORDER BY day DESC, id"
#define EVENT_COLUMNS                                                       \
	{                                                                   \
		{ "day", "event", "day" }, { "what", "event", "what" },     \
		    { "topic", "event", "topic" }, { "hours", NULL, NULL }, \
		    { "invited", NULL, NULL }, { "came", NULL, NULL },      \
		{                                                           \
			"groups", NULL, NULL                                \
		}                                                           \
	}

const struct listing listing_orientations = {
	.name = "orientations",
	.kind = "event",
	.sql = EVENTS " AND what = 'orientation'" NEWEST_FIRST,
	.columns = EVENT_COLUMNS,
};

const struct listing listing_community_training = {
	.name = "community-training",
	.kind = "event",
	.sql = EVENTS " AND what IN ('training', 'workshop') AND"
		      " meant_for LIKE '%community%'" NEWEST_FIRST,
	.columns = EVENT_COLUMNS,
};

const struct listing listing_team_days = {
	.name = "team-days",
	.kind = "event",
	.sql = EVENTS " AND what IN ('workshop', 'retrospective',"
		      " 'recognition', 'break')" NEWEST_FIRST,
	.columns = EVENT_COLUMNS,
};

/* --- what people said ------------------------------------------------------
 */

/* The two months up to today, what was asked about by whom; below it what they
 * wrote stands in feedback-words. */
const struct listing listing_feedback_two_months = {
	.name = "feedback-two-months",
	.kind = "feedback",
	.sql = "SELECT max(id), NULL, NULL, about, giver, count(*),"
	       " CASE WHEN count(mark) > 0 THEN printf('%.1f', avg(CAST(mark"
	       " AS INTEGER))) END, sum(mark <= '2'),"
	       " count(words), max(day) FROM feedback WHERE gone = 0 AND day"
	       " BETWEEN months_after(?2, -2) AND ?2 GROUP BY about, giver"
	       " ORDER BY about, giver",
	.columns = { { "about", "feedback", "about" },
		     { "giver", "feedback", "giver" },
		     { "count", NULL, NULL },
		     { "mean", NULL, NULL },
		     { "low", NULL, NULL },
		     { "words", NULL, NULL },
		     { "last", "feedback", "day" } },
};

const struct listing listing_feedback_words = {
	.name = "feedback-words",
	.kind = "feedback",
	.sql = "SELECT id, NULL, NULL, day, about, giver, mark, words FROM"
	       " feedback WHERE gone = 0 AND words NOTNULL AND day BETWEEN"
	       " months_after(?2, -2) AND ?2 ORDER BY day DESC, id DESC",
	.columns = { { "day", "feedback", "day" },
		     { "about", "feedback", "about" },
		     { "giver", "feedback", "giver" },
		     { "mark", "feedback", "mark" },
		     { "words", "feedback", "words" } },
};
