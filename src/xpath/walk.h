#pragma once

#include "xpath/tree.h"
#include "xpath/value.h"

/* What evaluates the predicates, and the expression that a path goes on from:
 * evaluate(). */
typedef struct value walk_value(struct evaluation *evaluation,
				const struct expr *expr,
				const struct context *context);

/* A location path: the nodes it leads to, in document order. */
struct nodes walk_path(struct evaluation *evaluation, const struct path *path,
		       const struct context *context, walk_value *value_of);
