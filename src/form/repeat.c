#include "form/repeat.h"

#include <string.h>

#include "base/log.h"
#include "form/change.h"
#include "form/event.h"
#include "form/field.h"
#include "form/limits.h"
#include "form/xml.h"

/* The instance of that number that the form itself begins with, or NULL. */
static xmlNode *own_instance(const struct field *repeat, size_t number)
{
	for (xmlNode *e = repeat->source; e; e = xml_element(e->next)) {
		if (field_of(repeat->parent, e) != repeat ||
		    field_is_template(e))
			continue;
		if (number-- == 0)
			return e;
	}
	return NULL;
}

bool repeat_is_full(const struct node *range)
{
	return range->instances >= FORM_REPEAT_LIMIT ||
	       range->run->node_count >= RUN_NODES_LIMIT;
}

static void add(struct node *range, xmlNode *own)
{
	struct node *instance;

	/* Without a template new ones begin empty, the form's own filled. */
	instance =
	    node_build_instance(range, own, !own && !range->field->template);
	/* One that was away since the start is new when it is back. */
	instance->added = !own || range->run->live;
	change_relevance(instance);
	change_want_all(instance);
	if (instance->added)
		event_new_repeat(instance);
}

void repeat_resize(struct node *range, double count)
{
	size_t wanted = count > 0 ? FORM_REPEAT_LIMIT : 0;
	size_t before = range->instances;

	if (count > FORM_REPEAT_LIMIT)
		log_warning("%s: %s: asked for more than %d instances",
			    range->run->form->name, range->field->path,
			    FORM_REPEAT_LIMIT);
	else if (count > 0)
		wanted = (size_t)count;
	while (range->instances > wanted)
		node_bury(range->last);
	while (range->instances < wanted && !repeat_is_full(range))
		add(range, own_instance(range->field, range->instances));
	if (range->instances < wanted)
		log_warning("%s: %s: has %zu instances and not %zu; a run "
			    "holds no more than %d nodes",
			    range->run->form->name, range->field->path,
			    range->instances, wanted, RUN_NODES_LIMIT);
	if (range->instances != before)
		change_count(range);
}

void repeat_add(struct node *range)
{
	add(range, NULL);
	change_count(range);
}

void repeat_remove(struct node *instance)
{
	struct node *range = instance->parent;

	node_bury(instance);
	change_count(range);
}
