#pragma once

#include "xpath/tree.h"
#include "xpath/value.h"

/* The value of an expression, or of a part of one, at context. */
struct value evaluate(struct evaluation *evaluation, const struct expr *expr,
		      const struct context *context);
