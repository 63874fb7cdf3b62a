#include <string.h>

#include "xpath/tree.h"

/*
 * What an expression reads, found without evaluating it. A trail is a path on
 * its way: where it starts and the steps so far. Inside a predicate, relative
 * paths go on from the trail that it filters.
 */
struct trail {
	enum xpath_from from;
	const char *instance;
	struct xpath_step *steps;
	size_t count;
	bool filtered;
};

/*
 * (a | b)[...] looks at its predicate twice, and one inside another four
 * times: a hostile expression would take for ever. One that comes to so many
 * looks is said to read everything.
 */
#define LOOKS_LIMIT 20000

struct survey {
	xpath_path_visit *visit;
	void *to;
	struct scratch memory;
	size_t looks;
};

/* What a trail goes on to when it is complete. */
struct onward {
	void (*go)(struct survey *survey, const struct onward *onward,
		   const struct trail *trail);
	const struct path *path;
	bool placed; /* as in xpath_path */
};

static void look(struct survey *survey, const struct expr *expr,
		 const struct trail *base);
static void look_for(struct survey *survey, const struct expr *expr,
		     const struct trail *base, bool placed);
static void results(struct survey *survey, const struct expr *expr,
		    const struct trail *base, const struct onward *onward);

static void report(struct survey *survey, const struct trail *trail,
		   bool placed)
{
	struct xpath_path path = { .from = trail->from,
				   .instance = trail->instance,
				   .steps = trail->steps,
				   .count = trail->count,
				   .filtered = trail->filtered,
				   .placed = placed };

	survey->visit(survey->to, &path);
}

static struct trail extended(struct survey *survey, const struct trail *trail,
			     struct xpath_step step)
{
	struct trail longer = *trail;

	longer.steps =
	    scratch_take(&survey->memory, (trail->count + 1) * sizeof step);
	if (trail->count)
		memcpy(longer.steps, trail->steps, trail->count * sizeof step);
	longer.steps[longer.count++] = step;
	return longer;
}

static struct trail stepped(struct survey *survey, const struct trail *trail,
			    const struct step *step)
{
	const char *name = step->name ? step->name : "*";
	struct xpath_step child = { XPATH_CHILD, step->prefix, name };
	struct xpath_step parent = { XPATH_PARENT, NULL, NULL };
	struct xpath_step deep = { XPATH_DEEP, step->prefix, name };
	struct xpath_step other = { XPATH_OTHER, step->prefix, name };
	struct trail up;

	switch (step->axis) {
	case AXIS_SELF:
	case AXIS_ATTRIBUTE: /* its element is what may change */
		return *trail;
	case AXIS_CHILD:
		if (step->test != TEST_NAME && step->test != TEST_NODE)
			return *trail; /* text(): what the element reads */
		return extended(survey, trail, child);
	case AXIS_PARENT:
		return extended(survey, trail, parent);
	case AXIS_FOLLOWING_SIBLING:
	case AXIS_PRECEDING_SIBLING:
		up = extended(survey, trail, parent);
		return extended(survey, &up, child);
	case AXIS_DESCENDANT:
	case AXIS_DESCENDANT_OR_SELF:
		return extended(survey, trail, deep);
	default:
		return extended(survey, trail, other);
	}
}

static void look_at_predicates(struct survey *survey, struct trail *trail,
			       struct expr *const *predicates, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		trail->filtered = true;
		look(survey, predicates[i], trail);
	}
}

/* The trail that a path's steps make of the one they start from. */
static struct trail walked(struct survey *survey, const struct path *path,
			   const struct trail *start)
{
	struct trail trail = *start;

	look_at_predicates(survey, &trail, path->predicates,
			   path->predicate_count);
	for (size_t i = 0; i < path->step_count; i++) {
		const struct step *step = &path->steps[i];

		trail = stepped(survey, &trail, step);
		look_at_predicates(survey, &trail, step->predicates,
				   step->predicate_count);
	}
	return trail;
}

static void report_walked(struct survey *survey, const struct onward *onward,
			  const struct trail *start)
{
	struct trail trail = walked(survey, onward->path, start);

	report(survey, &trail, onward->placed);
}

/* The same for a path whose own filter is what comes before. */
struct onward_through {
	struct onward onward;
	const struct onward *next;
};

static void go_through(struct survey *survey, const struct onward *onward,
		       const struct trail *start)
{
	const struct onward_through *through =
	    (const struct onward_through *)onward;
	struct trail trail = walked(survey, onward->path, start);

	through->next->go(survey, through->next, &trail);
}

static void results_of_path(struct survey *survey, const struct path *path,
			    const struct trail *base,
			    const struct onward *onward)
{
	struct onward_through through = { { go_through, path, false }, onward };
	struct trail root = { .from = XPATH_FROM_ROOT };

	if (path->start == START_FILTER)
		results(survey, path->filter, base, &through.onward);
	else
		go_through(survey, &through.onward,
			   path->start == START_ROOT ? &root : base);
}

/* Which arguments of a function are its result, as bits. */
static const struct {
	const char *name;
	unsigned arguments;
} passing[] = {
	{ "if", 1 << 1 | 1 << 2 },
	{ "randomize", 1 << 0 },
	{ "indexed-repeat", 1 << 0 },
};

static void results_of_call(struct survey *survey, const struct call *call,
			    const struct trail *base,
			    const struct onward *onward)
{
	const char *name = call->function->name;
	struct trail context = { .from = XPATH_FROM_CONTEXT };
	struct trail instance = { .from = XPATH_FROM_INSTANCE };

	if (strcmp(name, "current") == 0) {
		onward->go(survey, onward, &context);
	} else if (strcmp(name, "instance") == 0) {
		if (call->arguments[0]->kind == EXPR_TEXT)
			instance.instance = call->arguments[0]->text;
		onward->go(survey, onward, &instance);
	}
	for (size_t i = 0; i < COUNT(passing); i++)
		for (size_t a = 0; a < call->count; a++)
			if (strcmp(name, passing[i].name) == 0 &&
			    passing[i].arguments >> a & 1)
				results(survey, call->arguments[a], base,
					onward);
}

/* Each trail of nodes that expr may give goes onward. */
static void results(struct survey *survey, const struct expr *expr,
		    const struct trail *base, const struct onward *onward)
{
	if (survey->looks++ >= LOOKS_LIMIT)
		return;
	if (expr->kind == EXPR_PATH)
		results_of_path(survey, &expr->path, base, onward);
	else if (expr->kind == EXPR_CALL)
		results_of_call(survey, &expr->call, base, onward);
	else if (expr->kind == EXPR_CHAIN)
		for (size_t i = 0; i < expr->chain.count; i++)
			results(survey, expr->chain.links[i].operand, base,
				onward);
}

/* Which arguments are asked for their place or number alone, as bits. */
static const struct {
	const char *name;
	unsigned arguments;
} placing[] = {
	{ "count", 1 << 0 },
	{ "position", 1 << 0 },
	{ "boolean", 1 << 0 },
	{ "not", 1 << 0 },
	{ "name", 1 << 0 },
	{ "local-name", 1 << 0 },
	{ "indexed-repeat", 1 << 1 | 1 << 3 | 1 << 5 },
};

static bool is_placed(const struct call *call, size_t argument)
{
	for (size_t i = 0; i < COUNT(placing); i++)
		if (strcmp(call->function->name, placing[i].name) == 0)
			return placing[i].arguments >> argument & 1;
	return false;
}

/* What a call's arguments are for its value, not as the start of a path. */
static void look_at_call(struct survey *survey, const struct call *call,
			 const struct trail *base)
{
	static const char *const of_context[] = { "string", "number",
						  "string-length",
						  "normalize-space" };
	struct trail instance = { .from = XPATH_FROM_INSTANCE };
	const char *name = call->function->name;

	for (size_t i = 0; i < call->count; i++)
		look_for(survey, call->arguments[i], base, is_placed(call, i));
	if (call->named)
		look(survey, call->named, base);
	for (size_t i = 0; !call->count && i < COUNT(of_context); i++)
		if (strcmp(name, of_context[i]) == 0)
			report(survey, base, false);
	if (strcmp(name, "pulldata") == 0 &&
	    call->arguments[0]->kind == EXPR_TEXT) {
		instance.instance = call->arguments[0]->text;
		report(survey, &instance, false);
	}
}

/* A filter's own paths and arguments: if(c, /a, /b)/d reads c too. */
static void look_at_filter(struct survey *survey, const struct expr *filter,
			   const struct trail *base)
{
	if (filter->kind == EXPR_CALL)
		look_at_call(survey, &filter->call, base);
	else if (filter->kind == EXPR_CHAIN)
		for (size_t i = 0; i < filter->chain.count; i++)
			look_at_filter(survey, filter->chain.links[i].operand,
				       base);
}

static void look_at_path(struct survey *survey, const struct path *path,
			 const struct trail *base, bool placed)
{
	struct onward onward = { report_walked, path, placed };
	struct trail root = { .from = XPATH_FROM_ROOT };

	if (path->start == START_FILTER) {
		look_at_filter(survey, path->filter, base);
		results(survey, path->filter, base, &onward);
	} else {
		report_walked(survey, &onward,
			      path->start == START_ROOT ? &root : base);
	}
}

static void look_for(struct survey *survey, const struct expr *expr,
		     const struct trail *base, bool placed)
{
	struct onward whole = { report_walked, &(struct path){ 0 }, false };
	struct scratch_mark mark = scratch_mark(&survey->memory);

	if (survey->looks++ >= LOOKS_LIMIT)
		return;
	switch (expr->kind) {
	case EXPR_PATH:
		look_at_path(survey, &expr->path, base, placed);
		break;
	case EXPR_CALL:
		look_at_call(survey, &expr->call, base);
		if (!strcmp(expr->call.function->name, "current") ||
		    !strcmp(expr->call.function->name, "instance"))
			results(survey, expr, base, &whole);
		break;
	case EXPR_CHAIN:
		for (size_t i = 0; i < expr->chain.count; i++)
			look(survey, expr->chain.links[i].operand, base);
		break;
	case EXPR_NEGATE:
		look(survey, expr->operand, base);
		break;
	default:
		break;
	}
	scratch_return(&survey->memory, mark);
}

static void look(struct survey *survey, const struct expr *expr,
		 const struct trail *base)
{
	look_for(survey, expr, base, false);
}

void xpath_each_path(const struct xpath *xpath, xpath_path_visit *visit,
		     void *to)
{
	struct survey survey = { .visit = visit, .to = to };
	struct trail context = { .from = XPATH_FROM_CONTEXT };
	struct xpath_step anything = { XPATH_DEEP, NULL, "*" };
	struct trail everything = { .from = XPATH_FROM_ROOT,
				    .steps = &anything,
				    .count = 1,
				    .filtered = true };

	look(&survey, xpath->root, &context);
	if (survey.looks >= LOOKS_LIMIT)
		report(&survey, &everything, false);
	scratch_done(&survey.memory);
}

/* --- calls ----------------------------------------------------------------*/

struct call_search {
	const char *name;
	bool found;
};

static void search(void *to, const struct expr *expr)
{
	struct call_search *wanted = to;

	if (expr->kind == EXPR_CALL &&
	    strcmp(expr->call.function->name, wanted->name) == 0)
		wanted->found = true;
}

bool xpath_calls(const struct xpath *xpath, const char *function)
{
	struct call_search wanted = { .name = function };

	expr_each(xpath->root, search, &wanted);
	return wanted.found;
}

struct call_report {
	xpath_call_visit *visit;
	void *to;
};

static void report_call(void *to, const struct expr *expr)
{
	const struct call_report *report_to = to;

	if (expr->kind == EXPR_CALL)
		report_to->visit(report_to->to, expr->call.function->name,
				 expr->call.count, expr->offset);
}

void xpath_each_call(const struct xpath *xpath, xpath_call_visit *visit,
		     void *to)
{
	struct call_report report_to = { visit, to };

	expr_each(xpath->root, report_call, &report_to);
}
