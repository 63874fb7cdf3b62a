#include "form/trace.h"

#include <stdlib.h>
#include <string.h>

#include "form/expression.h"
#include "form/field.h"

struct form_trace {
	const struct form *form;
	uint8_t *tells;       /* by the field's number */
	struct field **queue; /* to be followed; each is raised twice at most */
	size_t first, last;
};

struct form_trace *form_trace_new(const struct form *form)
{
	struct form_trace *trace = xcalloc(1, sizeof *trace);

	trace->form = form;
	trace->tells = xcalloc(form->field_count, sizeof *trace->tells);
	trace->queue = xcalloc(2 * form->field_count, sizeof *trace->queue);
	return trace;
}

void form_trace_free(struct form_trace *trace)
{
	if (!trace)
		return;
	free(trace->tells);
	free(trace->queue);
	free(trace);
}

static void raise_to(struct form_trace *trace, struct field *field,
		     enum form_tells tells)
{
	if (trace->tells[field->number] >= tells)
		return;
	trace->tells[field->number] = (uint8_t)tells;
	trace->queue[trace->last++] = field;
}

static enum form_tells by_aspect(enum aspect aspect)
{
	switch (aspect) {
	case ASPECT_RELEVANT:
	case ASPECT_COUNT:
		return TELLS_BY_PRESENCE;
	case ASPECT_CALCULATE:
	case ASPECT_CHOICES: /* a choice that only some are offered */
		return TELLS_BY_VALUE;
	default: /* decides what may be answered, and is no part of it */
		return TELLS_NOTHING;
	}
}

struct search {
	const struct field *field;
	bool found;
};

/* By its last name alone: rather too much is found than too little. */
static void find_in_path(void *to, const struct xpath_path *path)
{
	struct search *search = to;
	const char *name;

	if (path->from == XPATH_FROM_INSTANCE || !path->count)
		return;
	name = path->steps[path->count - 1].name;
	if (!name)
		return;
	search->found |= strcmp(name, "*") == 0;
	for (const struct field *at = search->field; at; at = at->parent)
		search->found |= strcmp(at->local, name) == 0;
}

/* A setvalue that this field's change fires, or that reads it. */
static bool is_told_by(const struct action *action, const struct field *field)
{
	struct search search = { .field = field };

	if (action->source == field)
		return true;
	if (action->value)
		xpath_each_path(action->value->xpath, find_in_path, &search);
	return search.found;
}

static void follow(struct form_trace *trace, struct field *field)
{
	const enum form_tells tells = trace->tells[field->number];

	for (size_t i = 0; i < field->dependent_count; i++)
		raise_to(trace, field->dependents[i].field,
			 by_aspect(field->dependents[i].aspect));
	for (struct action *action = trace->form->actions; action;
	     action = action->next) {
		if (action->target && is_told_by(action, field))
			raise_to(trace, action->target, TELLS_BY_VALUE);
	}
	if (tells != TELLS_BY_PRESENCE)
		return;
	for (size_t i = 0; i < field->child_count; i++)
		raise_to(trace, field->children[i], tells);
	for (struct field *a = field->attributes; a; a = a->next)
		raise_to(trace, a, tells);
}

void form_trace_from(struct form_trace *trace, const char *path,
		     enum form_tells tells)
{
	struct field *field = field_find(trace->form, path);

	trace->first = trace->last = 0;
	if (field)
		raise_to(trace, field, tells);
	while (trace->first < trace->last)
		follow(trace, trace->queue[trace->first++]);
}

enum form_tells form_trace_of(const struct form_trace *trace, const char *path)
{
	const struct field *field = field_find(trace->form, path);

	return field ? trace->tells[field->number] : TELLS_NOTHING;
}
