#include <math.h>
#include <string.h>

#include "text/pattern.h"
#include "xpath/function.h"

/* What a pattern that took too long costs of the steps, in place of nodes. */
#define TIMED_OUT_STEPS 50000

/* Only the branch that is taken is evaluated: an error in the other is none. */
FUNCTION(either)
{
	bool condition = argument_boolean(evaluation, call, 0, context);

	return argument(evaluation, call, condition ? 1 : 2, context);
}

FUNCTION(coalesce)
{
	const char *text = argument_text(evaluation, call, 0, context);

	if (*text)
		return of_text(text);
	return of_text(argument_text(evaluation, call, 1, context));
}

/* The node's own value stays; only an empty one is filled. */
FUNCTION(once)
{
	const xmlNode *own = evaluation->place->node;
	const char *text = own ? read_hidden_node(evaluation, own) : "";

	if (*text)
		return of_text(text);
	return of_text(argument_text(evaluation, call, 0, context));
}

FUNCTION(yes)
{
	UNUSED_ARGUMENTS;
	return of_boolean(true);
}

FUNCTION(no)
{
	UNUSED_ARGUMENTS;
	return of_boolean(false);
}

FUNCTION(boolean)
{
	return of_boolean(argument_boolean(evaluation, call, 0, context));
}

FUNCTION(negation)
{
	return of_boolean(!argument_boolean(evaluation, call, 0, context));
}

FUNCTION(boolean_from_string)
{
	const char *text = argument_text(evaluation, call, 0, context);

	return of_boolean(!strcmp(text, "1") || !strcmp(text, "true"));
}

FUNCTION(regex)
{
	const char *text = argument_text(evaluation, call, 0, context);
	const char *pattern = argument_text(evaluation, call, 1, context);

	if (evaluation_stopped(evaluation))
		return of_boolean(false);
	switch (pattern_matches(pattern, text)) {
	case PATTERN_YES:
		return of_boolean(true);
	case PATTERN_NO:
		return of_boolean(false);
	case PATTERN_WRONG:
		/* Both can hold answers, and what failed is logged. */
		evaluation_fail(
		    evaluation, FAULT_FORMAT,
		    "the second argument of regex() is no regular expression");
		return of_boolean(false);
	case PATTERN_TOO_LONG:
		evaluation_warn(evaluation,
				"the pattern of regex() took too long, so it "
				"counts as not matched; write it without "
				"repeats inside repeats");
		evaluation_spend(evaluation, TIMED_OUT_STEPS);
		return of_boolean(false);
	}
	return of_boolean(false);
}

/* The least and the most that may be true; -1 is no limit. */
struct bounds {
	double least, most;
};

static struct bounds bounds_of(struct evaluation *evaluation,
			       const struct call *call,
			       const struct context *context)
{
	struct bounds bounds = {
		argument_number(evaluation, call, 0, context),
		argument_number(evaluation, call, 1, context),
	};

	if (bounds.least == -1)
		bounds.least = -INFINITY;
	if (bounds.most == -1)
		bounds.most = INFINITY;
	return bounds;
}

FUNCTION(checklist)
{
	struct bounds bounds = bounds_of(evaluation, call, context);
	struct parts parts = { .argument = 2 };
	struct value part;
	double count = 0;

	while (parts_next(evaluation, call, context, &parts, &part))
		count += to_boolean(&part);
	return of_boolean(count >= bounds.least && count <= bounds.most);
}

/* Node-sets pair up node by node; where values end, the rest weighs nothing. */
static double weight_of(struct evaluation *evaluation, const struct call *call,
			size_t index, const struct context *context)
{
	struct call values = { call->function, call->arguments, index + 1,
			       NULL };
	struct call weights = { call->function, call->arguments, index + 2,
				NULL };
	struct parts value_parts = { .argument = index };
	struct parts weight_parts = { .argument = index + 1 };
	struct value value, weight;
	double total = 0;

	while (
	    parts_next(evaluation, &values, context, &value_parts, &value) &&
	    parts_next(evaluation, &weights, context, &weight_parts, &weight))
		if (to_boolean(&value))
			total += to_number(evaluation, &weight);
	return total;
}

FUNCTION(weighted_checklist)
{
	struct bounds bounds = bounds_of(evaluation, call, context);
	double total = 0;

	for (size_t i = 2; i + 1 < call->count; i += 2)
		total += weight_of(evaluation, call, i, context);
	return of_boolean(total >= bounds.least && total <= bounds.most);
}

const struct function xpath_boolean_functions[] = {
	{ "if", 3, 3, GIVES_ARGUMENT, .evaluate = either },
	{ "coalesce", 2, 2, GIVES_TEXT, .evaluate = coalesce },
	{ "once", 1, 1, GIVES_TEXT, .evaluate = once },
	{ "true", 0, 0, GIVES_BOOLEAN, .evaluate = yes },
	{ "false", 0, 0, GIVES_BOOLEAN, .evaluate = no },
	{ "boolean", 1, 1, GIVES_BOOLEAN, .evaluate = boolean },
	{ "boolean-from-string", 1, 1, GIVES_BOOLEAN,
	  .evaluate = boolean_from_string },
	{ "not", 1, 1, GIVES_BOOLEAN, .evaluate = negation },
	{ "regex", 2, 2, GIVES_BOOLEAN, .evaluate = regex },
	{ "checklist", 2, FUNCTION_ANY, GIVES_BOOLEAN, .evaluate = checklist },
	{ "weighted-checklist", 2, FUNCTION_ANY, GIVES_BOOLEAN,
	  .count = COUNT_EVEN, .evaluate = weighted_checklist },
	{ 0 },
};
