#include "xlsform/habits.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* --- names alone ---------------------------------------------------------- */

/* Whether other nodes lie in the one that the expression is of. */
static bool holds_others(const struct subject *subject)
{
	const struct paths *all[] = { &subject->lint->questions,
				      &subject->lint->repeats };
	size_t length = strlen(subject->context);

	for (size_t k = 0; k < COUNT(all); k++) {
		for (size_t i = 0; i < all[k]->count; i++) {
			const char *path = all[k]->list[i];

			if (!strncmp(path, subject->context, length) &&
			    path[length] == '/')
				return true;
		}
	}
	return false;
}

static bool is_question(const struct lint *lint, const char *name)
{
	for (size_t i = 0; i < lint->questions.count; i++) {
		const char *last = strrchr(lint->questions.list[i], '/');

		if (last && !strcmp(last + 1, name))
			return true;
	}
	return false;
}

/* A child by name, of a node that has none. */
static void check_name(const struct subject *subject, const struct expr *expr)
{
	const struct step *step = expr->path.steps;

	if (expr->path.start != START_CONTEXT || expr->path.step_count != 1 ||
	    step->axis != AXIS_CHILD || step->test != TEST_NAME ||
	    !step->name || step->prefix || step->predicate_count)
		return;
	SCOPED(char_freep)
	char *words =
	    is_question(subject->lint, step->name)
		? xasprintf("%s alone is always empty here; write ${%s} for "
			    "what was answered to that question",
			    step->name, step->name)
		: xasprintf("%s alone is always empty here; put a text into "
			    "quotes: '%s'",
			    step->name, step->name);

	subject_tell(subject, FINDING_WARNING, words);
}

/* What stands in brackets behind a path sees other nodes, and is left out. */
static void check_names(const struct subject *subject, const struct expr *expr)
{
	switch (expr->kind) {
	case EXPR_PATH:
		check_name(subject, expr);
		break;
	case EXPR_CALL:
		for (size_t i = 0; i < expr->call.count; i++)
			check_names(subject, expr->call.arguments[i]);
		break;
	case EXPR_CHAIN:
		for (size_t i = 0; i < expr->chain.count; i++)
			check_names(subject, expr->chain.links[i].operand);
		break;
	case EXPR_NEGATE:
		check_names(subject, expr->operand);
		break;
	default:
		break;
	}
}

/* --- several answers ------------------------------------------------------ */

/* Whether an expression also asks if path is blank: whoever counts the answers
 * means the only one. */
struct counting {
	const char *context, *path;
	bool found;
};

static void note_counting(void *to, const struct expr *expr)
{
	struct counting *counting = to;

	for (size_t i = 1; expr->kind == EXPR_CHAIN && i < expr->chain.count;
	     i++) {
		const struct link *link = &expr->chain.links[i];
		SCOPED(char_freep)
		char *path =
		    subject_destination(link[-1].operand, counting->context);

		counting->found |= link->operation == OP_EQUAL &&
				   subject_is_blank(link->operand) && path &&
				   !strcmp(path, counting->path);
	}
}

static void check_equal(const struct subject *subject,
			const struct expr *question, const struct expr *text)
{
	SCOPED(char_freep)
	char *path = subject_destination(question, subject->context);

	struct counting counting = { subject->context, path, false };

	if (!path || text->kind != EXPR_TEXT || subject_is_blank(text) ||
	    strchr(text->text, ' ') ||
	    !paths_have(&subject->lint->several, path))
		return;
	expr_each(subject->root, note_counting, &counting);
	if (counting.found)
		return;
	SCOPED(char_freep)
	char *words = xasprintf(
	    "of %s several may be chosen, and this is true only where %s is "
	    "the only one; write selected(${%s}, '%s')",
	    strrchr(path, '/') + 1, text->text, strrchr(path, '/') + 1,
	    text->text);

	subject_tell(subject, FINDING_WARNING, words);
}

static void check_each(void *to, const struct expr *expr)
{
	if (expr->kind != EXPR_CHAIN)
		return;
	for (size_t i = 1; i < expr->chain.count; i++) {
		const struct link *link = &expr->chain.links[i];

		if (link->operation != OP_EQUAL)
			continue;
		check_equal(to, link[-1].operand, link->operand);
		check_equal(to, link->operand, link[-1].operand);
	}
}

/* --- constraints that look at nothing ------------------------------------- */

static void note_looking(void *to, const struct expr *expr)
{
	bool *looks = to;

	*looks |= expr->kind == EXPR_PATH || expr->kind == EXPR_CALL;
}

static void check_constraint(const struct subject *subject)
{
	bool looks = false;

	expr_each(subject->root, note_looking, &looks);
	if (!looks)
		subject_tell(subject, FINDING_WARNING,
			     "this is the same whatever is answered; the "
			     "answer is a point: . >= 0 and . <= 120");
}

void habits_check(const struct subject *subject)
{
	if (strcmp(subject->attribute, "nodeset") && !holds_others(subject))
		check_names(subject, subject->root);
	expr_each(subject->root, check_each, (void *)subject);
	if (!strcmp(subject->attribute, "constraint"))
		check_constraint(subject);
}
