#pragma once

#include "xpath/tree.h"
#include "xpath/value.h"

/* The operators but or, and and union, on values. */
struct value operate(struct evaluation *evaluation, enum operation operation,
		     const struct value *left, const struct value *right);
