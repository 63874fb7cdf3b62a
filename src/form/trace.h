#pragma once

#include "base/memory.h"
#include "form/form.h"

/*
 * What a submission tells of answers that are themselves left out of it: by
 * values that were worked out from them, and by elements that are there or not,
 * because their relevance or their number depends on them. It is followed
 * through all that the form works out, whatever was answered.
 */
struct form_trace;

enum form_tells {
	TELLS_NOTHING,
	TELLS_BY_VALUE,
	TELLS_BY_PRESENCE, /* also all that is inside it */
};

/* The form outlives it. */
struct form_trace *form_trace_new(const struct form *form);
void form_trace_free(struct form_trace *trace); /* NULL is fine */
DEFINE_SCOPED(struct form_trace, form_trace_free)

/* Follows what the place of that path (node_path(), "/data/@version") tells. */
void form_trace_from(struct form_trace *trace, const char *path,
		     enum form_tells tells);

/* Of a path that the form has not: nothing. */
enum form_tells form_trace_of(const struct form_trace *trace, const char *path);
