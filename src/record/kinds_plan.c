#include <string.h>

#include "base/memory.h"
#include "record/entity.h"
#include "record/kinds.h"
#include "record/plan_inside.h"
#include "record/statement.h"

/* Assessments as versions, and the plan that follows from them. */

#define FIELDS(list) .fields = (list), .field_count = COUNT(list)
#define WHO "newcomer worker sponsor other"

/* One number of the record; a fault ends the change, and was logged. */
static bool tells(struct record *record, const char *text, int64_t id)
{
	int64_t number = 0;

	return !statement_value(record, text, 0, &number, "i", id) && number;
}

/* --- assessments ---------------------------------------------------------- */

static const struct field assessment_fields[] = {
	{ "person", FIELD_LINK, FIELD_NEEDED | FIELD_FIXED | FIELD_INDEXED,
	  NULL, "person" },
	/* The version, counted for a person; 0 is a first self-report. */
	{ "number", FIELD_WHOLE, FIELD_NEEDED | FIELD_FIXED | FIELD_INNER, NULL,
	  NULL },
	{ "what", FIELD_CODE, FIELD_NEEDED | FIELD_FIXED,
	  "self first full reassessment exit", NULL },
	{ "day", FIELD_DAY, FIELD_NEEDED, NULL, NULL },
	{ "author", FIELD_LINK, FIELD_INDEXED, NULL, "user" },
	{ "note", FIELD_LONG, 0, NULL, NULL },
	{ "strengths", FIELD_LONG, 0, NULL, NULL },
	{ "next_due", FIELD_DAY, FIELD_INDEXED, NULL, NULL },
	/* The version that this one puts right. */
	{ "corrects", FIELD_WHOLE, FIELD_FIXED | FIELD_INNER, NULL,
	  "assessment" },
	{ "visit", FIELD_WHOLE, FIELD_FIXED | FIELD_INNER | FIELD_INDEXED, NULL,
	  "visit" },
	/* Which question set was answered: eight bytes of its digest. */
	{ "form", FIELD_TEXT, FIELD_FIXED | FIELD_INNER, NULL, NULL },
	/* The domains for which the intensive stream is suggested. */
	{ "suggested", FIELD_CODES, FIELD_INNER, DOMAINS, NULL },
	{ "signed_at", FIELD_INSTANT, FIELD_INNER | FIELD_INDEXED, NULL, NULL },
};

static bool is_last_word(const char *what)
{
	return strcmp(what, "self") == 0 || strcmp(what, "exit") == 0;
}

static const char *assessment_check(struct record *record,
				    const struct entity *before,
				    const struct entity *after)
{
	const int64_t person = entity_number(after, "person");
	int64_t next = 0;

	if (!before) {
		if (tells(record,
			  "SELECT 1 FROM assessment WHERE person = ?1 AND"
			  " signed_at IS NULL AND gone = 0 LIMIT 1",
			  person))
			return "person"; /* has one that is not signed yet */
		if (plan_next_number(record, person, entity_text(after, "what"),
				     &next) ||
		    next != entity_number(after, "number"))
			return "number";
	}
	if (entity_text(after, "signed_at") &&
	    !entity_text(after, "next_due") &&
	    !is_last_word(entity_text(after, "what")))
		return "next_due";
	return NULL;
}

const struct kind kind_assessment = {
	.name = "assessment",
	FIELDS(assessment_fields),
	.read = ROLES_CLIENT,
	.write = ROLES_CLIENT,
	.wall = "person",
	.signed_at = "signed_at",
	.check = assessment_check,
};

static const struct field level_fields[] = {
	{ "assessment", FIELD_LINK, FIELD_NEEDED | FIELD_FIXED | FIELD_INDEXED,
	  NULL, "assessment" },
	{ "person", FIELD_LINK, FIELD_NEEDED | FIELD_FIXED | FIELD_INDEXED,
	  NULL, "person" },
	{ "domain", FIELD_CODE, FIELD_NEEDED | FIELD_FIXED, DOMAINS, NULL },
	{ "level", FIELD_CODE, FIELD_NEEDED, LEVELS, NULL },
	{ "source", FIELD_CODE, FIELD_NEEDED, "self told seen", NULL },
	{ "note", FIELD_LONG, 0, NULL, NULL },
	{ "strengths", FIELD_TEXT, 0, NULL, NULL },
	/* Taken over from the version before, and not looked at anew. */
	{ "unchanged", FIELD_YES, 0, NULL, NULL },
	{ "wanted", FIELD_YES, 0, NULL, NULL },   /* help was asked for */
	{ "foremost", FIELD_YES, 0, NULL, NULL }, /* and for it first */
};

static const char *level_check(struct record *record,
			       const struct entity *before,
			       const struct entity *after)
{
	const int64_t assessment = entity_number(after, "assessment");
	enum domain domain;
	int64_t same = 0, person = 0;

	if (tells(record,
		  "SELECT signed_at IS NOT NULL AND gone = 0 FROM"
		  " assessment WHERE id = ?1",
		  assessment))
		return "assessment";
	if (!domain_of(entity_text(after, "domain"), &domain) ||
	    domain_segment(domain) == SEGMENT_NONE ||
	    statement_value(record,
			    "SELECT 1 FROM level WHERE assessment = ?1 AND"
			    " domain = ?2 AND gone = 0",
			    0, &same, "it", assessment,
			    entity_text(after, "domain")) ||
	    (!before && same))
		return "domain";
	if (statement_value(record,
			    "SELECT person FROM assessment WHERE id = ?1", 0,
			    &person, "i", assessment) ||
	    person != entity_number(after, "person"))
		return "person";
	return NULL;
}

const struct kind kind_level = {
	.name = "level",
	FIELDS(level_fields),
	.read = ROLES_CLIENT,
	.write = ROLES_CLIENT,
	.wall = "person",
	.check = level_check,
};

/* --- the plan ------------------------------------------------------------- */

static const struct field goal_fields[] = {
	{ "state", FIELD_CODE, FIELD_INNER,
	  "open blocked done not-needed declined", NULL },
	{ "person", FIELD_LINK, FIELD_NEEDED | FIELD_FIXED | FIELD_INDEXED,
	  NULL, "person" },
	{ "household", FIELD_LINK, FIELD_INDEXED, NULL, "household" },
	{ "domain", FIELD_CODE, FIELD_NEEDED, DOMAINS, NULL },
	{ "words", FIELD_LONG, FIELD_NEEDED, NULL, NULL }, /* the person's */
	{ "horizon", FIELD_CODE, 0, "short long", NULL },
	{ "owner", FIELD_CODE, 0, WHO, NULL },
	{ "worker", FIELD_LINK, FIELD_INDEXED, NULL, "user" },
	{ "due", FIELD_DAY, 0, NULL, NULL },
	/* Why it stands where it stands: the last move's. */
	{ "reason", FIELD_TEXT, FIELD_INNER, NULL, NULL },
	{ "result", FIELD_LONG, 0, NULL, NULL },
	/* The one of its steps that comes next. */
	{ "next", FIELD_WHOLE, FIELD_INNER, NULL, "step" },
	{ "assessment", FIELD_WHOLE, FIELD_FIXED | FIELD_INNER, NULL,
	  "assessment" },
	{ "template", FIELD_TEXT, FIELD_FIXED | FIELD_INNER | FIELD_INDEXED,
	  NULL, NULL },
};
static const struct kind_move goal_moves[] = {
	{ "open", "blocked" },       { "open", "done" },
	{ "open", "not-needed" },    { "open", "declined" },
	{ "blocked", "open" },       { "blocked", "done" },
	{ "blocked", "not-needed" }, { "blocked", "declined" },
	{ "done", "open" },          { "not-needed", "open" },
	{ "declined", "open" },      { NULL, NULL },
};

static const char *goal_check(struct record *record,
			      const struct entity *before,
			      const struct entity *after)
{
	int64_t goal = 0;

	if (strcmp(entity_text(after, "state"), "blocked") == 0 &&
	    !entity_text(after, "reason"))
		return "reason";
	if (!entity_text(after, "next"))
		return NULL;
	if (statement_value(record,
			    "SELECT goal FROM step WHERE id = ?1 AND gone = 0",
			    0, &goal, "i", entity_number(after, "next")) ||
	    !before || goal != after->id)
		return "next";
	return NULL;
}

static enum fault goal_saved(struct record *record, const struct entity *before,
			     const struct entity *after,
			     const struct record_who *who, int64_t now)
{
	return before ? plan_settle(record, after->id, who, now) : FAULT_NONE;
}

const struct kind kind_goal = {
	.name = "goal",
	FIELDS(goal_fields),
	.moves = goal_moves,
	.read = ROLES_CLIENT,
	.write = ROLES_CLIENT,
	.wall = "person",
	.check = goal_check,
	.saved = goal_saved,
};

static const struct field step_fields[] = {
	{ "state", FIELD_CODE, FIELD_INNER, "open done not-needed declined",
	  NULL },
	{ "goal", FIELD_LINK, FIELD_NEEDED | FIELD_FIXED | FIELD_INDEXED, NULL,
	  "goal" },
	{ "person", FIELD_LINK, FIELD_NEEDED | FIELD_FIXED | FIELD_INDEXED,
	  NULL, "person" },
	{ "action", FIELD_TEXT, FIELD_NEEDED, NULL, NULL },
	{ "by", FIELD_CODE, 0, WHO, NULL },
	{ "worker", FIELD_LINK, FIELD_INDEXED, NULL, "user" },
	{ "due", FIELD_DAY, FIELD_INDEXED, NULL, NULL },
	{ "reason", FIELD_TEXT, FIELD_INNER, NULL, NULL },
};
static const struct kind_move step_moves[] = {
	{ "open", "done" }, { "open", "not-needed" }, { "open", "declined" },
	{ "done", "open" }, { "not-needed", "open" }, { "declined", "open" },
	{ NULL, NULL },
};

static const char *step_check(struct record *record,
			      const struct entity *before,
			      const struct entity *after)
{
	const int64_t goal = entity_number(after, "goal");
	int64_t person = 0;

	if (!before && !tells(record,
			      "SELECT state IN ('open', 'blocked') AND"
			      " gone = 0 FROM goal WHERE id = ?1",
			      goal))
		return "goal";
	if (statement_value(record, "SELECT person FROM goal WHERE id = ?1", 0,
			    &person, "i", goal) ||
	    person != entity_number(after, "person"))
		return "person";
	return NULL;
}

static enum fault step_saved(struct record *record, const struct entity *before,
			     const struct entity *after,
			     const struct record_who *who, int64_t now)
{
	(void)before;
	return plan_settle(record, entity_number(after, "goal"), who, now);
}

const struct kind kind_step = {
	.name = "step",
	FIELDS(step_fields),
	.moves = step_moves,
	.read = ROLES_CLIENT,
	.write = ROLES_CLIENT,
	.wall = "person",
	.check = step_check,
	.saved = step_saved,
};
