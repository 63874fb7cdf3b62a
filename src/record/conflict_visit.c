#include <stdlib.h>
#include <string.h>

#include "record/conflict_inside.h"
#include "record/inside.h"
#include "record/kinds.h"
#include "record/people_visit.h"
#include "record/statement.h"

/* Conflicts about what became of a visit, and about whose it is. */

static bool is_ours(const struct entity *conflict, const char *now)
{
	return strcmp(entity_text(conflict, "ours") ?: "", now) == 0;
}

/* --- what became of it ---------------------------------------------------- */

/* The acts that lead to a state. */
static const struct {
	enum visit_state to;
	enum visit_act act;
} leads[] = {
	{ VISIT_WAITING, VISIT_REQUEUE },    { VISIT_CALLED, VISIT_CALL },
	{ VISIT_CALLED, VISIT_RECALL },      { VISIT_NO_ANSWER, VISIT_MISS },
	{ VISIT_IN_SERVICE, VISIT_TAKE_IN }, { VISIT_ENDED, VISIT_END },
};

static bool find_act(enum visit_state from, enum visit_state to,
		     enum visit_act *act)
{
	for (size_t i = 0; i < COUNT(leads); i++) {
		*act = leads[i].act;
		if (leads[i].to == to && visit_may(from, *act))
			return true;
	}
	return false;
}

/* "ended served U2": a level stands behind where one was given. */
struct course_said {
	enum visit_state state;
	enum visit_outcome outcome;
	enum visit_level level;
};

static struct course_said course_of(const char *text)
{
	SCOPED(char_freep) char *copy = xstrdup(text);
	char *rest = copy, *word = strsep(&rest, " ");
	struct course_said said = { .state = visit_state_of(word) };

	while ((word = strsep(&rest, " "))) {
		const enum visit_level level = visit_level_of(word);

		if (level)
			said.level = level;
		else
			said.outcome = visit_outcome_of(word);
	}
	return said;
}

static enum fault take_state(struct record *record,
			     const struct entity *conflict,
			     const struct record_who *who, int64_t now,
			     const char **word)
{
	const int64_t id = entity_number(conflict, "subject");
	const struct visit_moment moment = {
		.at = entity_number(conflict, "theirs_at"),
		.by = entity_text(conflict, "theirs_by") ?: "",
	};
	SCOPED(char_freep) char *text = NULL;
	struct course_said is, theirs;
	enum visit_acted answer;
	enum visit_act act;
	enum fault fault = statement_line(record, VISIT_STANDS, id, &text);

	*word = "gone";
	if (fault || !text)
		return fault;
	is = course_of(text);
	theirs = course_of(entity_text(conflict, "theirs") ?: "");
	*word = !is_ours(conflict, text)                  ? "changed"
		: is.level != theirs.level                ? "level"
		: !find_act(is.state, theirs.state, &act) ? "course"
							  : NULL;
	return *word ? FAULT_NONE
		     : visit_act_then(record, id, act, theirs.outcome, &moment,
				      who, now, &answer);
}

/* --- whose it is ---------------------------------------------------------- */

static enum fault attach(struct record *record, int64_t visit,
			 const char *number, const struct record_who *who,
			 int64_t now, const char **word)
{
	const struct entity_match matches[] = { { "number", number },
						{ NULL, NULL } };
	enum people_answer answer;
	int64_t person = 0;
	enum fault fault =
	    entity_first(record, &kind_person, matches, NULL, &person);

	*word = "nobody";
	if (fault || !person ||
	    (fault = people_attach(record, visit, person, false, who, now,
				   &answer)))
		return fault;
	*word = answer == PEOPLE_DONE  ? NULL
		: answer == PEOPLE_ASK ? "ask"
				       : "unfit";
	return FAULT_NONE;
}

static enum fault take_person(struct record *record,
			      const struct entity *conflict,
			      const struct record_who *who, int64_t now,
			      const char **word)
{
	/* Whoever decides may: the walls of the conflict let them. */
	const struct record_who any = { .user = who->user, .desk = who->desk };
	const int64_t id = entity_number(conflict, "subject");
	const char *theirs = entity_text(conflict, "theirs");
	SCOPED(char_freep) char *number = NULL;
	enum people_answer answer;
	enum fault fault = statement_line(
	    record,
	    "SELECT coalesce(p.number, '') FROM visit v LEFT JOIN person p ON"
	    " p.id = v.person WHERE v.id = ?1 AND v.erased_at IS NULL",
	    id, &number);

	*word = "gone";
	if (fault || !number)
		return fault;
	*word = is_ours(conflict, number) ? NULL : "changed";
	if (*word || (number[0] &&
		      (fault = people_detach(record, id, &any, now, &answer))))
		return fault;
	return theirs && theirs[0] ? attach(record, id, theirs, &any, now, word)
				   : FAULT_NONE;
}

enum fault conflict_take_visit(struct record *record,
			       const struct entity *conflict,
			       const struct record_who *who, int64_t now,
			       const char **word)
{
	const bool person =
	    strcmp(entity_text(conflict, "what"), "visit.person") == 0;

	return (person ? take_person : take_state)(record, conflict, who, now,
						   word);
}
