#include "form/action.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "form/expression.h"
#include "form/field.h"
#include "form/path.h"
#include "form/xml.h"

static const struct {
	const char *name;
	size_t flag;
} events[] = {
	{ "odk-instance-first-load", offsetof(struct action, first_load) },
	{ "odk-instance-load", offsetof(struct action, first_load) },
	{ "xforms-ready", offsetof(struct action, first_load) },
	{ "odk-new-repeat", offsetof(struct action, new_repeat) },
	{ "xforms-value-changed", offsetof(struct action, value_changed) },
};

static bool names_attribute(const xmlNode *parent)
{
	for_each_element(child, parent)
	{
		const char *ref = xml_attribute(child, "ref");

		if (strcmp((const char *)child->name, "setvalue") == 0 && ref &&
		    strchr(ref, '@'))
			return true;
		if (names_attribute(child))
			return true;
	}
	return false;
}

bool actions_on_attributes(const struct form *form)
{
	for_each_element(child, form->model)
	{
		const char *ref = xml_attribute(child, "ref");

		if (strcmp((const char *)child->name, "setvalue") == 0 && ref &&
		    strchr(ref, '@'))
			return true;
	}
	return form->body && names_attribute(form->body);
}

static enum fault refuse_event(struct form *form, const xmlNode *element,
			       const char *event, size_t length)
{
	const char *ref = xml_attribute(element, "ref");

	return form_complain(form,
			     "%s: its setvalue in line %d waits for the "
			     "unknown event %.*s; write "
			     "odk-instance-first-load, xforms-value-changed "
			     "or odk-new-repeat",
			     ref ? ref : "a bind", element->line, (int)length,
			     event);
}

static enum fault read_events(struct form *form, const xmlNode *element,
			      struct action *action)
{
	const char *text = xml_attribute(element, "event");

	if (!text)
		return form_complain(form, "line %d: a setvalue without event",
				     element->line);
	while (*(text += strspn(text, " \t\r\n"))) {
		size_t length = strcspn(text, " \t\r\n"), i = 0;

		while (i < COUNT(events) &&
		       (strlen(events[i].name) != length ||
			strncmp(events[i].name, text, length) != 0))
			i++;
		if (i == COUNT(events))
			return refuse_event(form, element, text, length);
		*(bool *)((char *)action + events[i].flag) = true;
		text += length;
	}
	return FAULT_NONE;
}

/* The bind of that id; its path is what the setvalue means. */
static const char *path_of_bind(const struct form *form, const char *id)
{
	for (xmlNode *bind = form->model->children;
	     (bind = xml_named(bind, "bind")); bind = bind->next) {
		const char *own = xml_attribute(bind, "id");

		if (own && strcmp(own, id) == 0)
			return xml_attribute(bind, "nodeset");
	}
	return NULL;
}

static enum fault read_target(struct form *form, const xmlNode *element,
			      struct action *action)
{
	const char *ref = xml_attribute(element, "ref");
	const char *bind = xml_attribute(element, "bind");
	const struct field *from = action->source ? action->source : form->root;

	if (!ref && bind)
		ref = path_of_bind(form, bind);
	if (!ref)
		return form_complain(form, "line %d: a setvalue without ref",
				     element->line);
	SCOPED(char_freep) char *path = path_resolve(from->path, ref);
	action->target = path ? field_find(form, path) : NULL;
	if (!action->target) {
		log_warning("%s: line %d: setvalue: there is no %s", form->name,
			    element->line, ref);
		return FAULT_NONE;
	}
	const struct field *repeat = field_repeat(action->target);
	if (action->value_changed && repeat &&
	    !field_within(action->source, repeat))
		return form_complain(form,
				     "line %d: setvalue: %s is in a repeat "
				     "that its control is not in",
				     element->line, action->target->path);
	return FAULT_NONE;
}

static enum fault read_value(struct form *form, const xmlNode *element,
			     struct action *action)
{
	const char *value = xml_attribute(element, "value");
	SCOPED(char_freep)
	char *place = xasprintf("%s, setvalue",
				action->target ? action->target->path : "?");

	if (value && *value)
		return form_expression(form, place, value, &action->value);
	action->literal = value ? xstrdup("") : xml_text(element);
	return FAULT_NONE;
}

static void listen(struct field *source, struct action *action)
{
	source->on_change =
	    xreallocarray(source->on_change, source->on_change_count + 1,
			  sizeof(struct action *));
	source->on_change[source->on_change_count++] = action;
}

static enum fault read_action(struct form *form, const xmlNode *element,
			      struct field *source, struct action ***tail)
{
	struct action *action = xcalloc(1, sizeof *action);

	**tail = action;
	*tail = &action->next;
	action->source = source;
	enum fault fault = read_events(form, element, action);
	if (!fault && action->new_repeat && !source)
		fault = form_complain(form,
				      "line %d: odk-new-repeat belongs into "
				      "the repeat, not into the model",
				      element->line);
	if (!fault)
		fault = read_target(form, element, action);
	if (!fault)
		fault = read_value(form, element, action);
	if (!fault && action->target && source && action->value_changed)
		listen(source, action);
	return fault;
}

static enum fault read_all(struct form *form, const xmlNode *parent,
			   struct field *source, struct action ***tail)
{
	for_each_element(child, parent)
	{
		enum fault fault = FAULT_NONE;

		if (strcmp((const char *)child->name, "setvalue") == 0)
			fault = read_action(form, child, source, tail);
		if (fault)
			return fault;
	}
	return FAULT_NONE;
}

enum fault actions_read(struct form *form)
{
	struct action **tail = &form->actions;
	enum fault fault = read_all(form, form->model, NULL, &tail);

	for (struct control *c = form->controls; !fault && c; c = c->next) {
		struct field *source = field_find(form, c->path);

		if (source)
			fault = read_all(form, c->element, source, &tail);
	}
	return fault;
}

void action_free(struct action *action)
{
	free(action->literal);
	free(action);
}
