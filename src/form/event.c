#include "form/event.h"

#include <stdlib.h>
#include <string.h>

#include "form/change.h"
#include "form/evaluate.h"
#include "form/field.h"
#include "form/value.h"
#include "form/world.h"

/* What an expression that reads no node gives now: "today()". */
static char *ask_world(struct run *run, const char *call)
{
	SCOPED(xpath_freep) struct xpath *xpath = NULL;
	const struct xpath_place place = { .node = run->root->xml };
	struct xpath_value value = { 0 };
	char *text = NULL;

	if (!xpath_parse(call, &xpath, NULL) &&
	    !xpath_evaluate(xpath, &run->host, &place, XPATH_STEPS_LIMIT,
			    &value, NULL))
		text = xpath_store(&run->host, &value);
	xpath_value_done(&value);
	return text;
}

/* What would tell who used the machine stays empty. */
static char *property(struct run *run, const char *name)
{
	static const char *const never[] = {
		"username", "email",        "phonenumber", "phone number",
		"userid",   "subscriberid", "simserial",   "imei",
	};
	const char *value = NULL;

	for (size_t i = 0; i < COUNT(never); i++) {
		if (strcmp(never[i], name) == 0)
			return NULL;
	}
	if (run->world->property)
		value = run->world->property(run->world->to, name);
	return value ? xstrdup(value) : NULL;
}

char *event_preload(struct run *run, const struct preload *preload)
{
	switch (preload->kind) {
	case PRELOAD_UID:
		return run->world->random_bytes
			   ? ask_world(run, "concat('uuid:', uuid())")
			   : NULL;
	case PRELOAD_START:
	case PRELOAD_END:
		return ask_world(run, "now()");
	case PRELOAD_TODAY:
		return ask_world(run, "today()");
	case PRELOAD_PROPERTY:
		return property(run, preload->property);
	case PRELOAD_NONE:
		break;
	}
	return NULL;
}

static void set(struct node *node, const struct action *action)
{
	char *text = action->literal ? xstrdup(action->literal) : NULL;

	if (action->value)
		text = run_evaluate_text(node->run, action->value, node->xml,
					 node->xml);
	if (text)
		change_store(node, text);
	wipe_free(text);
}

static void set_visited(struct node *node, void *to)
{
	set(node, to);
}

static bool was_added(const struct node *node)
{
	while (node && !node->added)
		node = node->parent;
	return node != NULL;
}

static void set_first(struct node *node, void *to)
{
	if (node->relevant && !was_added(node))
		set(node, to);
}

void event_first_load(struct run *run)
{
	for (struct action *a = run->form->actions; a; a = a->next) {
		if (a->first_load && a->target)
			node_each(run->root, a->target, set_first, a);
	}
}

/* The nearest node at or above node that the field lies in. */
static struct node *around(struct node *node, const struct field *field)
{
	while (!field_within(field, node->field))
		node = node->parent;
	return node;
}

/* What a new instance begins with is no change of an answer. */
static void forget_changes_in(const struct node *instance)
{
	struct run *run = instance->run;
	size_t kept = 0;

	for (size_t i = 0; i < run->pending_count; i++) {
		const struct node *around = run->pending[i].source;

		while (around && around != instance)
			around = around->parent;
		if (!around)
			run->pending[kept++] = run->pending[i];
	}
	run->pending_count = kept;
}

void event_new_repeat(struct node *instance)
{
	for (struct action *a = instance->run->form->actions; a; a = a->next) {
		if (a->new_repeat && a->target &&
		    field_repeat(a->source) == instance->field)
			node_each(around(instance, a->target), a->target,
				  set_visited, a);
	}
	forget_changes_in(instance);
}

bool event_perform(struct run *run)
{
	size_t count = run->pending_count;

	for (size_t i = 0; i < count; i++) {
		struct pending pending = run->pending[i];

		if (!pending.source->dead)
			node_each(
			    around(pending.source, pending.action->target),
			    pending.action->target, set_visited,
			    pending.action);
	}
	/* What these set off waits for the next round. */
	run->pending_count -= count;
	if (run->pending_count)
		memmove(run->pending, run->pending + count,
			run->pending_count * sizeof *run->pending);
	return count > 0;
}
