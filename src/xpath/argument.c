#include "xpath/argument.h"

#include "xpath/evaluate.h"

struct value argument(struct evaluation *evaluation, const struct call *call,
		      size_t index, const struct context *context)
{
	return evaluate(evaluation, call->arguments[index], context);
}

const char *argument_text(struct evaluation *evaluation,
			  const struct call *call, size_t index,
			  const struct context *context)
{
	struct value value = argument(evaluation, call, index, context);

	return to_text(evaluation, &value);
}

double argument_number(struct evaluation *evaluation, const struct call *call,
		       size_t index, const struct context *context)
{
	struct value value = argument(evaluation, call, index, context);

	return to_number(evaluation, &value);
}

bool argument_boolean(struct evaluation *evaluation, const struct call *call,
		      size_t index, const struct context *context)
{
	struct value value = argument(evaluation, call, index, context);

	return to_boolean(&value);
}

struct nodes argument_nodes(struct evaluation *evaluation,
			    const struct call *call, size_t index,
			    const struct context *context)
{
	struct value value = argument(evaluation, call, index, context);

	if (value.type == XPATH_NODES)
		return value.nodes;
	evaluation_fail(evaluation, FAULT_FORMAT,
			"argument %zu of %s() is not a path", index + 1,
			call->function->name);
	return (struct nodes){ 0 };
}

const char *argument_or_context(struct evaluation *evaluation,
				const struct call *call,
				const struct context *context)
{
	if (call->count)
		return argument_text(evaluation, call, 0, context);
	return context->node ? read_node(evaluation, context->node) : "";
}

bool parts_next(struct evaluation *evaluation, const struct call *call,
		const struct context *context, struct parts *parts,
		struct value *part)
{
	while (!evaluation_stopped(evaluation)) {
		if (parts->node < parts->nodes.count) {
			xmlNode *node = parts->nodes.list[parts->node++];

			*part = of_text(read_node(evaluation, node));
			return true;
		}
		if (parts->argument >= call->count)
			return false;
		*part = argument(evaluation, call, parts->argument++, context);
		if (part->type != XPATH_NODES)
			return !evaluation_stopped(evaluation);
		parts->nodes = part->nodes;
		parts->node = 0;
	}
	return false;
}
