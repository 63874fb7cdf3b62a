#pragma once

#include "xpath/evaluate.h"

/* A location path: the nodes it leads to, in document order. */
struct nodes walk_path(struct evaluation *evaluation, const struct path *path,
		       const struct context *context);
