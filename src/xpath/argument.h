#pragma once

#include "xpath/tree.h"
#include "xpath/value.h"

/* The arguments of a call, evaluated and converted. */
struct value argument(struct evaluation *evaluation, const struct call *call,
		      size_t index, const struct context *context);
const char *argument_text(struct evaluation *evaluation,
			  const struct call *call, size_t index,
			  const struct context *context);
double argument_number(struct evaluation *evaluation, const struct call *call,
		       size_t index, const struct context *context);
bool argument_boolean(struct evaluation *evaluation, const struct call *call,
		      size_t index, const struct context *context);
/* Fails the evaluation where the argument is not nodes. */
struct nodes argument_nodes(struct evaluation *evaluation,
			    const struct call *call, size_t index,
			    const struct context *context);
/* The context node where the argument is left out. */
const char *argument_or_context(struct evaluation *evaluation,
				const struct call *call,
				const struct context *context);

/*
 * The parts of arguments: each node of node-sets, and each other value. Start
 * from { .argument = the first }.
 */
struct parts {
	size_t argument, node;
	struct nodes nodes;
};
bool parts_next(struct evaluation *evaluation, const struct call *call,
		const struct context *context, struct parts *parts,
		struct value *part);
