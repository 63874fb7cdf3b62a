#include "xpath/evaluate.h"

#include <stdlib.h>
#include <string.h>

#include "xpath/operate.h"
#include "xpath/walk.h"

static struct value evaluate_union(struct evaluation *evaluation,
				   const struct chain *chain,
				   const struct context *context)
{
	struct nodes all = { 0 };

	for (size_t i = 0; i < chain->count; i++) {
		struct value value =
		    evaluate(evaluation, chain->links[i].operand, context);

		if (value.type != XPATH_NODES) {
			evaluation_fail(evaluation, FAULT_FORMAT,
					"both sides of | must be paths");
			break;
		}
		for (size_t n = 0; n < value.nodes.count; n++)
			nodes_add(evaluation, &all, value.nodes.list[n]);
	}
	nodes_sort(evaluation, &all);
	return of_nodes(all);
}

/* or stops at the first that is true, and at the first that is false. */
static struct value evaluate_logic(struct evaluation *evaluation,
				   const struct chain *chain,
				   const struct context *context)
{
	bool stop = chain->links[0].operation == OP_OR;

	for (size_t i = 0; i < chain->count; i++) {
		struct value value =
		    evaluate(evaluation, chain->links[i].operand, context);

		if (to_boolean(&value) == stop)
			return of_boolean(stop);
		if (evaluation_stopped(evaluation))
			break;
	}
	return of_boolean(!stop);
}

static struct value evaluate_chain(struct evaluation *evaluation,
				   const struct chain *chain,
				   const struct context *context)
{
	const struct link *links = chain->links;
	struct value value, right;

	if (links[0].operation == OP_UNION)
		return evaluate_union(evaluation, chain, context);
	if (links[0].operation == OP_OR || links[0].operation == OP_AND)
		return evaluate_logic(evaluation, chain, context);
	value = evaluate(evaluation, links[0].operand, context);
	for (size_t i = 1; i < chain->count; i++) {
		right = evaluate(evaluation, links[i].operand, context);
		if (evaluation_stopped(evaluation))
			break;
		value = operate(evaluation, links[i].operation, &value, &right);
	}
	return value;
}

static struct value evaluate_kind(struct evaluation *evaluation,
				  const struct expr *expr,
				  const struct context *context)
{
	struct value value;

	switch (expr->kind) {
	case EXPR_NUMBER:
		return of_number(expr->number);
	case EXPR_TEXT:
		return of_text(expr->text);
	case EXPR_PATH:
		return of_nodes(
		    walk_path(evaluation, &expr->path, context, evaluate));
	case EXPR_CALL:
		return expr->call.function->evaluate(evaluation, &expr->call,
						     context);
	case EXPR_CHAIN:
		return evaluate_chain(evaluation, &expr->chain, context);
	case EXPR_NEGATE:
		value = evaluate(evaluation, expr->operand, context);
		return of_number(-to_number(evaluation, &value));
	}
	return of_text("");
}

struct value evaluate(struct evaluation *evaluation, const struct expr *expr,
		      const struct context *context)
{
	uint32_t before = evaluation->offset;
	struct value value;

	if (evaluation_stopped(evaluation))
		return of_text("");
	evaluation->offset = expr->offset;
	value = evaluate_kind(evaluation, expr, context);
	evaluation->offset = before;
	return value;
}

static void give(const struct value *value, struct xpath_value *out)
{
	size_t size = value->nodes.count * sizeof *out->nodes;

	*out = (struct xpath_value){ .type = value->type,
				     .number = value->number,
				     .boolean = value->boolean,
				     .invalid = value->invalid,
				     .date = value->date };
	if (value->type == XPATH_TEXT) {
		out->text = xstrdup(value->text);
	} else if (value->type == XPATH_NODES) {
		out->nodes = xcalloc(1, size);
		out->count = value->nodes.count;
		if (size)
			memcpy(out->nodes, value->nodes.list, size);
	}
}

enum fault xpath_evaluate(const struct xpath *xpath,
			  const struct xpath_host *host,
			  const struct xpath_place *place, uint64_t steps_limit,
			  struct xpath_value *out,
			  struct xpath_problem *problem)
{
	struct xpath_problem unread = { 0 };
	struct evaluation evaluation = { .host = host,
					 .place = place,
					 .problem = problem ? problem : &unread,
					 .steps_limit = steps_limit };
	struct context context = { place->node,
				   place->position ? place->position : 1,
				   place->size ? place->size : 1 };
	struct value value = evaluate(&evaluation, xpath->root, &context);

	if (host->steps)
		*host->steps += evaluation.steps;
	if (!evaluation.fault)
		give(&value, out);
	scratch_done(&evaluation.memory);
	return evaluation.fault;
}

void xpath_value_done(struct xpath_value *value)
{
	if (value->text)
		explicit_bzero(value->text, strlen(value->text));
	free(value->text);
	free(value->nodes);
	*value = (struct xpath_value){ 0 };
}
