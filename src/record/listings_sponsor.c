#include "record/listings.h"

/* Lists of the sponsor's path. The days are those of sponsor_path(), of which
 * these are the questions over all cases at once. */

/* What is open between a sponsor and a household, and who it is about. */
#define CASES                                                              \
	" FROM sponsorship JOIN sponsor_group ON sponsor_group.id ="       \
	" sponsorship.sponsor_group LEFT JOIN household ON household.id =" \
	" sponsorship.household LEFT JOIN user ON user.id ="               \
	" coalesce(household.worker, sponsorship.worker)"
#define HELD(kind)                                                        \
	"EXISTS (SELECT 1 FROM meeting WHERE gone = 0 AND state = 'held'" \
	" AND what = '" kind "' AND meeting.sponsorship = sponsorship.id"
#define GROUP_COLUMN                             \
	{                                        \
		"group", "sponsor_group", "name" \
	}
#define WORKER_COLUMN                    \
	{                                \
		"worker", "user", "name" \
	}

/* As sponsor_meeting_defaults() has them. */
#define POST_DUE                                                         \
	"days_after(arrived_on, coalesce(post_days, CASE what WHEN 'G5'" \
	" THEN 14 WHEN 'COSP' THEN 21 ELSE 30 END))"

const struct listing listing_expected_arrivals = {
	.name = "expected-arrivals",
	.kind = "sponsorship",
	.sql = "SELECT sponsorship.id, CASE WHEN expected_on < ?2 THEN"
	       " utc_moment(expected_on) END, NULL, expected_on,"
	       " sponsor_group.name, what, expected_people,"
	       " sponsorship.language, user.name, (SELECT max(day) FROM meeting"
	       " WHERE meeting.gone = 0 AND meeting.what = 'PRE' AND state ="
	       " 'held' AND meeting.sponsorship = sponsorship.id)" CASES
	       " WHERE sponsorship.gone = 0 AND state = 'expected'"
	       " ORDER BY expected_on IS NULL, expected_on, sponsorship.id",
	.columns = { { "expected", "sponsorship", "expected_on" },
		     GROUP_COLUMN,
		     { "what", "sponsor_group", "what" },
		     { "people", "sponsorship", "expected_people" },
		     { "language", "sponsorship", "language" },
		     WORKER_COLUMN,
		     { "pre", "meeting", "day" } },
	.read = ROLES_FRONT,
};

/* Here, and nobody of the agency has met any of them since. */
const struct listing listing_arrived_not_seen = {
	.name = "arrived-not-seen",
	.kind = "sponsorship",
	.sql = "SELECT sponsorship.id, utc_moment(arrived_on), NULL,"
	       " arrived_on, sponsor_group.name, expected_people,"
	       " user.name" CASES
	       " WHERE sponsorship.gone = 0 AND state IN ('arrived',"
	       " 'broken-down') AND NOT EXISTS (SELECT 1 FROM meeting WHERE"
	       " gone = 0 AND state = 'held' AND day >= arrived_on AND"
	       " (meeting.sponsorship = sponsorship.id OR meeting.household ="
	       " sponsorship.household))"
	       " AND NOT EXISTS (SELECT 1 FROM member JOIN visit ON"
	       " visit.person = member.person WHERE member.gone = 0 AND"
	       " member.household = sponsorship.household AND visit.state ="
	       " 'ended' AND visit.outcome <> 'left')"
	       " AND NOT EXISTS (SELECT 1 FROM member JOIN appointment ON"
	       " appointment.person = member.person WHERE member.gone = 0 AND"
	       " appointment.gone = 0 AND appointment.state = 'attended' AND"
	       " member.household = sponsorship.household)"
	       " ORDER BY arrived_on, sponsorship.id",
	.columns = { { "arrived", "sponsorship", "arrived_on" },
		     GROUP_COLUMN,
		     { "people", "sponsorship", "expected_people" },
		     WORKER_COLUMN },
	.read = ROLES_FRONT,
};

const struct listing listing_pre_missing = {
	.name = "pre-missing",
	.kind = "sponsorship",
	.sql = "SELECT sponsorship.id, sponsorship.made_at, NULL, expected_on,"
	       " sponsor_group.name, representative, phone, user.name,"
	       " (SELECT min(day) FROM meeting WHERE meeting.gone = 0 AND"
	       " meeting.what = 'PRE' AND state = 'planned' AND day >= ?2 AND"
	       " meeting.sponsorship = sponsorship.id)" CASES
	       " WHERE sponsorship.gone = 0 AND state = 'expected' AND"
	       " NOT " HELD("PRE") ")"
				   " ORDER BY expected_on IS NULL, "
				   "expected_on, sponsorship.id",
	.columns = { { "expected", "sponsorship", "expected_on" },
		     GROUP_COLUMN,
		     { "representative", "sponsor_group", "representative" },
		     { "phone", "sponsor_group", "phone" },
		     WORKER_COLUMN,
		     { "planned", "meeting", "day" } },
	.read = ROLES_FRONT,
};

/* The same people as the kiosk's rule T309 finds: arrived at most six months
 * ago, no joint meeting yet. */
const struct listing listing_post_overdue = {
	.name = "post-overdue",
	.kind = "sponsorship",
	.sql = "SELECT sponsorship.id, utc_moment(arrived_on), NULL,"
	       " arrived_on, " POST_DUE " AS due, sponsor_group.name, phone,"
	       " user.name, (SELECT min(day) FROM meeting WHERE"
	       " meeting.gone = 0 AND meeting.what = 'POST' AND state ="
	       " 'planned' AND day >= ?2 AND meeting.sponsorship ="
	       " sponsorship.id)" CASES
	       " WHERE sponsorship.gone = 0 AND state = 'arrived' AND ?2 <="
	       " months_after(arrived_on, 6) AND NOT " HELD(
		   "POST") ")"
			   " ORDER BY due, sponsorship.id",
	.columns = { { "arrived", "sponsorship", "arrived_on" },
		     { "due", "meeting", "day" },
		     GROUP_COLUMN,
		     { "phone", "sponsor_group", "phone" },
		     WORKER_COLUMN,
		     { "planned", "meeting", "day" } },
	.read = ROLES_FRONT,
};

/* From a fortnight before its day until the next check's. */
const struct listing listing_checks_due = {
	.name = "checks-due",
	.kind = "sponsorship",
	.sql = "SELECT id, CASE WHEN due < ?2 THEN utc_moment(due) END, NULL,"
	       " months, due, arrived_on, group_name, worker_name FROM"
	       " (SELECT sponsorship.id AS id, sponsorship.state AS state,"
	       " checks.months AS months, checks.next AS next, arrived_on,"
	       " months_after(arrived_on, checks.months) AS due,"
	       " sponsor_group.name AS group_name, user.name AS"
	       " worker_name" CASES
	       " CROSS JOIN (SELECT 3 AS months, 6 AS next UNION ALL SELECT 6,"
	       " 12 UNION ALL SELECT 12, NULL) AS checks WHERE"
	       " sponsorship.gone = 0) AS checked WHERE state IN ('arrived',"
	       " 'broken-down') AND due <= days_after(?2, 14) AND (next IS NULL"
	       " OR ?2 < months_after(arrived_on, next)) AND NOT EXISTS (SELECT"
	       " 1 FROM meeting WHERE gone = 0 AND meeting.what = 'FOLLOW' AND"
	       " meeting.sponsorship = checked.id AND meeting.months ="
	       " CAST(checked.months AS TEXT) AND (meeting.state = 'held' OR"
	       " (meeting.state = 'planned' AND day >= ?2)))"
	       " ORDER BY due, id",
	.columns = { { "months", "meeting", "months" },
		     { "due", "meeting", "day" },
		     { "arrived", "sponsorship", "arrived_on" },
		     GROUP_COLUMN,
		     WORKER_COLUMN },
	.read = ROLES_FRONT,
};

/* Why a private path was opened, and what kiosk answers ask for one. */
const struct listing listing_private_paths = {
	.name = "private-paths",
	.kind = "sponsorship",
	.sql = "SELECT sponsorship.id, private_since, NULL, state, private,"
	       " sponsor_group.name, user.name" CASES
	       " WHERE sponsorship.gone = 0 AND (private NOTNULL OR state ="
	       " 'broken-down') ORDER BY private_since DESC,"
	       " sponsorship.id",
	.columns = { { "state", "sponsorship", "state" },
		     { "private", "sponsorship", "private" },
		     GROUP_COLUMN,
		     WORKER_COLUMN },
	.read = ROLES_CLIENT,
};

/* --- who does what ---------------------------------------------------------
 */

#define TASKS(since)                                          \
	"SELECT task.id, " since ", NULL, task.task,"         \
	" task.detail, task.owners, task.due, "               \
	"sponsor_group.name, user.name"                       \
	" FROM responsibility AS task LEFT JOIN sponsorship " \
	"ON"                                                  \
	" sponsorship.id = task.sponsorship LEFT JOIN "       \
	"sponsor_group ON"                                    \
	" sponsor_group.id = sponsorship.sponsor_group LEFT " \
	"JOIN household"                                      \
	" ON household.id = sponsorship.household LEFT JOIN " \
	"user ON"                                             \
	" user.id = coalesce(household.worker, "              \
	"sponsorship.worker)"                                 \
	" WHERE task.gone = 0 AND task.state = 'open' AND "
#define TASK_COLUMNS                                                  \
	{                                                             \
		{ "task", "responsibility", "task" },                 \
		    { "detail", "responsibility", "detail" },         \
		    { "owners", "responsibility", "owners" },         \
		    { "due", "responsibility", "due" }, GROUP_COLUMN, \
		    WORKER_COLUMN                                     \
	}

const struct listing listing_tasks_without_owner = {
	.name = "tasks-without-owner",
	.kind = "responsibility",
	.sql = TASKS("task.made_at") "task.owners IS NULL"
				     " ORDER BY task.due, task.id",
	.columns = TASK_COLUMNS,
	.read = ROLES_FRONT,
};

/* One task with two owners, or the same one agreed twice. */
const struct listing listing_tasks_with_two_owners = {
	.name = "tasks-with-two-owners",
	.kind = "responsibility",
	.sql = TASKS("task.made_at") //
	"(task.owners LIKE '% %' OR EXISTS (SELECT 1 FROM responsibility AS"
	" same WHERE same.gone = 0 AND same.state <> 'dropped' AND same.id <>"
	" task.id AND same.sponsorship = task.sponsorship AND same.task ="
	" task.task AND same.owners IS DISTINCT FROM task.owners AND (task.task"
	" <> 'other' OR lower(coalesce(same.detail, '')) ="
	" lower(coalesce(task.detail, ''))))) ORDER BY task.sponsorship,"
	" task.task, task.id",
	.columns = TASK_COLUMNS,
	.read = ROLES_FRONT,
};

const struct listing listing_tasks_overdue = {
	.name = "tasks-overdue",
	.kind = "responsibility",
	.sql = TASKS("utc_moment(task.due)") " task.due < substr(?2, 1, "
					     "length(task.due))"
					     " ORDER BY task.due, task.id",
	.columns = TASK_COLUMNS,
	.read = ROLES_FRONT,
};

/* --- groups ----------------------------------------------------------------
 */

const struct listing listing_agreements_ending = {
	.name = "agreements-ending",
	.kind = "agreement",
	.sql = "SELECT agreement.id, NULL, NULL, sponsor_group.name, scope,"
	       " agreement.since, agreement.until, representative FROM"
	       " agreement JOIN sponsor_group ON sponsor_group.id ="
	       " agreement.sponsor_group WHERE agreement.gone = 0 AND"
	       " agreement.until >= substr(?2, 1, length(agreement.until)) AND"
	       " agreement.until <= days_after(?2, 60) AND NOT EXISTS (SELECT 1"
	       " FROM agreement AS next WHERE next.gone = 0 AND"
	       " next.sponsor_group = agreement.sponsor_group AND next.id <>"
	       " agreement.id AND (next.until IS NULL OR next.until >"
	       " agreement.until)) ORDER BY agreement.until, agreement.id",
	.columns = { GROUP_COLUMN,
		     { "scope", "agreement", "scope" },
		     { "from", "agreement", "since" },
		     { "until", "agreement", "until" },
		     { "representative", "sponsor_group", "representative" } },
	.read = ROLES_FRONT,
};

#define GROUPS                                                              \
	"SELECT sponsor_group.id, NULL, NULL, sponsor_group.name, what,"    \
	" representative, phone, sponsor_group.language, (SELECT count(*)"  \
	" FROM sponsorship WHERE sponsorship.gone = 0 AND"                  \
	" sponsorship.sponsor_group = sponsor_group.id AND state IN"        \
	" ('expected', 'arrived', 'broken-down')), (SELECT max(day) FROM"   \
	" meeting JOIN sponsorship ON sponsorship.id = meeting.sponsorship" \
	" WHERE meeting.gone = 0 AND meeting.state = 'held' AND"            \
	" sponsorship.sponsor_group = sponsor_group.id)"                    \
	" FROM sponsor_group WHERE gone = 0 AND closed_on IS NULL"
#define GROUP_COLUMNS                                                        \
	{                                                                    \
		GROUP_COLUMN, { "what", "sponsor_group", "what" },           \
		    { "representative", "sponsor_group", "representative" }, \
		    { "phone", "sponsor_group", "phone" },                   \
		    { "language", "sponsor_group", "language" },             \
		    { "cases", NULL, NULL },                                 \
		{                                                            \
			"met", "meeting", "day"                              \
		}                                                            \
	}

const struct listing listing_sponsor_groups = {
	.name = "sponsor-groups",
	.kind = "sponsor_group",
	.sql = GROUPS " ORDER BY sponsor_group.name, sponsor_group.id",
	.columns = GROUP_COLUMNS,
	.read = ROLES_FRONT,
};

/* Five or more people without an agency behind them. */
const struct listing listing_g5_groups = {
	.name = "g5-groups",
	.kind = "sponsor_group",
	.sql = GROUPS " AND what = 'G5' ORDER BY sponsor_group.name,"
		      " sponsor_group.id",
	.columns = GROUP_COLUMNS,
	.read = ROLES_FRONT,
};

/* To no orientation, and to no meeting. */
const struct listing listing_never_invited = {
	.name = "sponsors-never-invited",
	.kind = "sponsor_group",
	.sql = GROUPS
	" AND NOT EXISTS (SELECT 1 FROM event_party WHERE"
	" event_party.gone = 0 AND event_party.sponsor_group ="
	" sponsor_group.id) AND NOT EXISTS (SELECT 1 FROM party JOIN"
	" meeting ON meeting.id = party.meeting LEFT JOIN sponsorship ON"
	" sponsorship.id = meeting.sponsorship WHERE party.gone = 0 AND"
	" meeting.gone = 0 AND party.who IN ('sponsor', 'SAH') AND"
	" coalesce(party.sponsor_group, sponsorship.sponsor_group) ="
	" sponsor_group.id) ORDER BY sponsor_group.name, sponsor_group.id",
	.columns = GROUP_COLUMNS,
	.read = ROLES_FRONT,
};

const struct listing listing_sponsor_visits = {
	.name = "sponsor-visits",
	.kind = "sponsor_visit",
	.sql = "SELECT sponsor_visit.id, NULL, NULL, sponsor_visit.day,"
	       " visit.number, sponsor_group.name, sponsor_visit.note,"
	       " user.name" CASES " JOIN sponsor_visit ON"
	       " sponsor_visit.sponsorship = sponsorship.id LEFT JOIN visit ON"
	       " visit.id = sponsor_visit.visit WHERE sponsor_visit.gone = 0"
	       " ORDER BY sponsor_visit.day DESC, sponsor_visit.id"
	       " LIMIT 500",
	.columns = { { "day", "sponsor_visit", "day" },
		     { "number", NULL, NULL },
		     GROUP_COLUMN,
		     { "note", "sponsor_visit", "note" },
		     WORKER_COLUMN },
	.read = ROLES_FRONT,
};
