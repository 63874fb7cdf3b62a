#include "record/listings.h"

/* What is due in assessments and plans. */

#define PERSON_COLUMN                        \
	{                                    \
		"person", "person", "number" \
	}

/* The newest signed version of each person. */
#define NEWEST                                                             \
	" (SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY"       \
	" person ORDER BY number DESC, id) AS place FROM assessment"       \
	" WHERE gone = 0 AND signed_at IS NOT NULL) AS signed WHERE place" \
	" = 1) "

/* People whom the agency still works with. */
#define KNOWN                                                \
	"person.gone = 0 AND person.merged_into IS NULL AND" \
	" person.deceased IS NULL"

const struct listing listing_overdue_assessments = {
	.name = "overdue-assessments",
	.kind = "assessment",
	.sql = "SELECT newest.id, utc_moment(newest.next_due),"
	       " person.id, person.number, newest.next_due, newest.day,"
	       " newest.what, newest.author"
	       " FROM" NEWEST "AS newest"
	       " JOIN person ON person.id = newest.person AND " KNOWN
	       " LEFT JOIN stream ON stream.person = person.id AND"
	       " stream.gone = 0"
	       " WHERE newest.next_due < ?2 AND"
	       " coalesce(stream.state, '') <> 'closed'"
	       " ORDER BY newest.next_due, newest.id, stream.id",
	.columns = { PERSON_COLUMN,
		     { "due", "assessment", "next_due" },
		     { "last", "assessment", "day" },
		     { "what", "assessment", "what" },
		     { "author", "assessment", "author" } },
	.read = ROLES_CLIENT,
};

const struct listing listing_drafts = {
	.name = "unsigned-assessments",
	.kind = "assessment",
	.sql = "SELECT a.id, a.made_at, person.id, person.number, a.day,"
	       " a.what, a.made_by FROM assessment AS a"
	       " JOIN person ON person.id = a.person AND " KNOWN
	       " WHERE a.gone = 0 AND a.signed_at IS NULL ORDER BY a.made_at,"
	       " a.id",
	.columns = { PERSON_COLUMN,
		     { "day", "assessment", "day" },
		     { "what", "assessment", "what" },
		     { "by", NULL, NULL } },
	.read = ROLES_CLIENT,
};

/* --- next steps ----------------------------------------------------------- */

const struct listing listing_no_next_step = {
	.name = "no-next-step",
	.kind = "person",
	.sql = "SELECT person.id, NULL, person.id, person.number,"
	       " stream.state, stream.worker, (SELECT count(*) FROM goal WHERE"
	       " goal.person = person.id AND goal.gone = 0 AND goal.state IN"
	       " ('open', 'blocked'))"
	       " FROM person LEFT JOIN stream ON stream.person = person.id AND"
	       " stream.gone = 0"
	       " WHERE " KNOWN " AND coalesce(stream.state, '') <> 'closed'"
	       " AND (stream.state IS NOT NULL OR EXISTS (SELECT 1 FROM goal"
	       " WHERE goal.person = person.id AND goal.gone = 0))"
	       " AND NOT EXISTS (SELECT 1 FROM goal JOIN step ON"
	       " step.id = goal.next AND step.gone = 0 AND step.state = 'open'"
	       " WHERE goal.person = person.id AND goal.gone = 0 AND"
	       " goal.state IN ('open', 'blocked'))"
	       " ORDER BY person.id, stream.id",
	.columns = { PERSON_COLUMN,
		     { "stage", "stream", "state" },
		     { "worker", "stream", "worker" },
		     { "goals", NULL, NULL } },
	.read = ROLES_CLIENT,
};

const struct listing listing_goals_without_step = {
	.name = "goals-without-step",
	.kind = "goal",
	.sql = "SELECT goal.id, goal.changed_at, person.id, person.number,"
	       " goal.domain, goal.words, goal.state, goal.worker FROM goal"
	       " JOIN person ON person.id = goal.person AND " KNOWN
	       " LEFT JOIN step ON step.id = goal.next AND step.gone = 0 AND"
	       " step.state = 'open'"
	       " WHERE goal.gone = 0 AND goal.state IN ('open', 'blocked') AND"
	       " step.id IS NULL ORDER BY goal.changed_at,"
	       " goal.id",
	.columns = { PERSON_COLUMN,
		     { "domain", "goal", "domain" },
		     { "words", "goal", "words" },
		     { "state", "goal", "state" },
		     { "worker", "goal", "worker" } },
	.read = ROLES_CLIENT,
};

const struct listing listing_overdue_steps = {
	.name = "overdue-steps",
	.kind = "step",
	.sql = "SELECT step.id, utc_moment(step.due), person.id,"
	       " person.number, step.due, step.action, step.by, goal.domain,"
	       " goal.worker FROM step"
	       " JOIN goal ON goal.id = step.goal AND goal.gone = 0 AND"
	       " goal.state = 'open'"
	       " JOIN person ON person.id = step.person AND " KNOWN
	       " WHERE step.gone = 0 AND step.state = 'open' AND step.due < ?2"
	       " ORDER BY step.due, step.id",
	.columns = { PERSON_COLUMN,
		     { "due", "step", "due" },
		     { "action", "step", "action" },
		     { "by", "step", "by" },
		     { "domain", "goal", "domain" },
		     { "worker", "goal", "worker" } },
	.read = ROLES_CLIENT,
};

const struct listing listing_blocked_goals = {
	.name = "blocked-goals",
	.kind = "goal",
	.sql = "SELECT goal.id, goal.changed_at, person.id, person.number,"
	       " goal.domain, goal.words, goal.reason, goal.worker FROM goal"
	       " JOIN person ON person.id = goal.person AND " KNOWN
	       " WHERE goal.gone = 0 AND goal.state = 'blocked'"
	       " ORDER BY goal.changed_at, goal.id",
	.columns = { PERSON_COLUMN,
		     { "domain", "goal", "domain" },
		     { "words", "goal", "words" },
		     { "reason", "goal", "reason" },
		     { "worker", "goal", "worker" } },
	.read = ROLES_CLIENT,
};

/* Where each person stands on their way, and what comes next for them. */
const struct listing listing_journey = {
	.name = "journey",
	.kind = "person",
	.sql =
	    "SELECT person.id, NULL, person.id, person.number,"
	    " person.arrived, coalesce(stream.state, 'none'), stream.worker,"
	    " step.action, step.due FROM person"
	    " LEFT JOIN stream ON stream.person = person.id AND"
	    " stream.gone = 0"
	    " LEFT JOIN step ON step.id = (SELECT next.id FROM goal JOIN"
	    " step AS next ON next.id = goal.next WHERE"
	    " goal.person = person.id AND goal.gone = 0 AND goal.state IN"
	    " ('open', 'blocked') AND next.gone = 0 AND"
	    " next.state = 'open' ORDER BY next.due IS NULL, next.due,"
	    " next.id LIMIT 1)"
	    " WHERE " KNOWN " ORDER BY step.due IS NULL, step.due, person.id,"
	    " stream.id LIMIT 500",
	.columns = { PERSON_COLUMN,
		     { "arrived", "person", "arrived" },
		     { "stage", "stream", "state" },
		     { "worker", "stream", "worker" },
		     { "next", "step", "action" },
		     { "due", "step", "due" } },
	.read = ROLES_CLIENT,
};

/* Of each template, how many of a person's goals are ended. */
const struct listing listing_template_goals = {
	.name = "template-goals",
	.kind = "person",
	.sql = "SELECT person.id, min(goal.made_at), person.id, person.number,"
	       " substr(goal.template, 1, instr(goal.template, ':') - 1) AS"
	       " template, count(*), sum(goal.state IN ('done', 'not-needed',"
	       " 'declined')), max(goal.due) FROM goal"
	       " JOIN person ON person.id = goal.person AND " KNOWN
	       " WHERE goal.gone = 0 AND goal.template IS NOT NULL"
	       " GROUP BY person.id, 5 ORDER BY max(goal.due),"
	       " person.id, 5",
	.columns = { PERSON_COLUMN,
		     { "template", NULL, NULL },
		     { "goals", NULL, NULL },
		     { "ended", NULL, NULL },
		     { "due", "goal", "due" } },
	.read = ROLES_CLIENT,
};
