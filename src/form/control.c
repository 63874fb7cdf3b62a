#include "form/control.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "form/expression.h"
#include "form/itemset.h"
#include "form/path.h"
#include "form/word.h"
#include "form/words.h"
#include "form/xml.h"

static const struct {
	const char *element;
	enum node_kind kind;
	bool multiple;
} kinds[] = {
	{ "input", NODE_INPUT, false },     { "select1", NODE_SELECT, false },
	{ "select", NODE_SELECT, true },    { "range", NODE_RANGE, false },
	{ "trigger", NODE_TRIGGER, false }, { "upload", NODE_UPLOAD, false },
	{ "group", NODE_GROUP, false },     { "repeat", NODE_REPEAT, false },
};

/* nodeset is usual for repeats and ref for the rest; both are met for both. */
static const char *reference_of(const xmlNode *element, enum node_kind kind)
{
	const char *ref = xml_attribute(element, "ref");
	const char *nodeset = xml_attribute(element, "nodeset");

	if (kind == NODE_REPEAT)
		return nodeset ? nodeset : ref;
	return ref ? ref : nodeset;
}

static void add(struct form *form, struct control *control,
		struct control ***tail)
{
	**tail = control;
	*tail = &control->next;
	if (xmlHashAddEntry(form->control_by_path, (xmlChar *)control->path,
			    control) != 0)
		log_note("%s: %s has several controls; the first serves",
			 form->name, control->path);
}

static enum fault read_children(struct form *form, xmlNode *parent,
				const char *context, int depth,
				struct control ***tail);

static enum fault refuse_appearance(struct form *form, const xmlNode *element,
				    const char *path)
{
	const char *appearance = xml_attribute(element, "appearance");

	if (xml_attribute(element, "query"))
		return form_complain(form,
				     "%s: select_one_external is not "
				     "supported; use select_one_from_file",
				     path);
	if (appearance && strstr(appearance, "search("))
		return form_complain(form,
				     "%s: the appearance search() is not "
				     "supported; use select_one_from_file",
				     path);
	if (appearance && word_in(appearance, "myanmar"))
		return form_complain(form,
				     "%s: the calendar myanmar is not "
				     "supported yet; without it the date is "
				     "asked in the Gregorian calendar",
				     path);
	return FAULT_NONE;
}

/*
 * A group around a repeat of the same path is no field of its own: it lends
 * the repeat its label and appearance.
 */
static xmlNode *own_group(xmlNode *repeat, const char *path,
			  const char *context)
{
	xmlNode *group = repeat->parent;

	return strcmp((const char *)group->name, "group") == 0 && context &&
		       strcmp(context, path) == 0
		   ? group
		   : NULL;
}

static bool holds_repeat_of(const xmlNode *group, const char *path)
{
	for_each_element(child, group)
	{
		const char *ref = reference_of(child, NODE_REPEAT);

		if (strcmp((const char *)child->name, "repeat") != 0 || !ref)
			continue;
		SCOPED(char_freep) char *repeat = path_resolve(path, ref);
		if (repeat && strcmp(repeat, path) == 0)
			return true;
	}
	return false;
}

static bool is_called(const xmlNode *element, const char *name)
{
	return strcmp((const char *)element->name, name) == 0;
}

/* A group that only the document has, and no node. */
static bool is_frame(const xmlNode *element)
{
	return is_called(element, "group") &&
	       !reference_of(element, NODE_GROUP);
}

/* The nearest frame with a label; NULL: none. */
static xmlNode *frame_of(const xmlNode *element)
{
	xmlNode *above = element->parent;

	while (is_frame(above) && !xml_named(above->children, "label"))
		above = above->parent;
	return is_frame(above) ? above : NULL;
}

static bool is_control(const xmlNode *element)
{
	for (size_t i = 0; i < COUNT(kinds); i++) {
		if (is_called(element, kinds[i].element))
			return true;
	}
	return false;
}

/* What an element of a frame that is one screen stands behind there; NULL: it
 * is the first, or what is before it has no control of its own. */
static const struct control *behind(const struct form *form,
				    const xmlNode *element, const char *context)
{
	const xmlNode *frame = element->parent, *before = element->prev;
	const char *appearance = xml_attribute(frame, "appearance");
	const char *ref;

	while (before &&
	       (before->type != XML_ELEMENT_NODE || !is_control(before)))
		before = before->prev;
	if (!before || !is_frame(frame) || !appearance ||
	    !word_in(appearance, "field-list"))
		return NULL;
	ref = reference_of(before, NODE_INPUT);
	SCOPED(char_freep) char *path = ref ? path_resolve(context, ref) : NULL;
	return path ? xmlHashLookup(form->control_by_path, (xmlChar *)path)
		    : NULL;
}

static enum fault read_one(struct form *form, xmlNode *element, size_t kind,
			   const char *context, int depth,
			   struct control ***tail)
{
	enum node_kind node_kind = kinds[kind].kind;
	const char *ref = reference_of(element, node_kind);
	bool holds = node_kind == NODE_GROUP || node_kind == NODE_REPEAT;

	if (!ref && node_kind == NODE_GROUP)
		return read_children(form, element, context, depth, tail);
	if (!ref)
		return form_complain(form, "line %d: <%s> without a ref",
				     element->line, kinds[kind].element);

	SCOPED(char_freep) char *path = path_resolve(context, ref);
	if (!path)
		return form_complain(form,
				     "line %d: <%s ref=\"%s\"> names no node",
				     element->line, kinds[kind].element, ref);
	enum fault fault = refuse_appearance(form, element, path);
	if (fault)
		return fault;

	if (node_kind != NODE_GROUP || !holds_repeat_of(element, path)) {
		struct control *control = xcalloc(1, sizeof *control);

		*control = (struct control){
			.kind = node_kind,
			.multiple = kinds[kind].multiple,
			.element = element,
			.path = xstrdup(path),
			.behind = holds ? NULL : behind(form, element, context),
		};
		if (node_kind == NODE_REPEAT)
			control->group = own_group(element, path, context);
		add(form, control, tail);
	}
	return holds ? read_children(form, element, path, depth, tail)
		     : FAULT_NONE;
}

static enum fault refuse_rank(struct form *form, const xmlNode *element,
			      const char *context)
{
	const char *ref = reference_of(element, NODE_SELECT);
	SCOPED(char_freep)
	char *path = ref ? path_resolve(context, ref) : NULL;

	return form_complain(form,
			     "%s, line %d: a rank is not supported yet; ask "
			     "which comes first, which second, with a select1 "
			     "each",
			     path ? path : context, element->line);
}

static enum fault read_children(struct form *form, xmlNode *parent,
				const char *context, int depth,
				struct control ***tail)
{
	if (depth == XPATH_DEPTH_LIMIT) {
		log_error("%s: groups nested more than %d deep", form->name,
			  XPATH_DEPTH_LIMIT);
		return FAULT_LIMIT;
	}
	for_each_element(child, parent)
	{
		if (is_called(child, "rank"))
			return refuse_rank(form, child, context);
		for (size_t i = 0; i < COUNT(kinds); i++) {
			if (!is_called(child, kinds[i].element))
				continue;
			enum fault fault =
			    read_one(form, child, i, context, depth + 1, tail);
			if (fault)
				return fault;
		}
	}
	return FAULT_NONE;
}

enum fault controls_read(struct form *form)
{
	struct control **tail = &form->controls;

	form->control_by_path = xmlHashCreate(256);
	SCOPED(char_freep) char *name = xml_qualified(form->primary);
	SCOPED(char_freep) char *root = xasprintf("/%s", name);
	return form->body ? read_children(form, form->body, root, 0, &tail)
			  : FAULT_NONE;
}

static enum fault read_wording(struct form *form, xmlNode *holder,
			       const char *name, const char *path,
			       struct words *out)
{
	xmlNode *element = xml_named(holder->children, name);
	SCOPED(char_freep) char *place = xasprintf("%s, %s", path, name);

	return element ? words_read(form, element, place, out) : FAULT_NONE;
}

enum fault control_read_words(struct form *form, struct control *control)
{
	xmlNode *holder = control->group ? control->group : control->element;
	xmlNode *frame = frame_of(holder);
	enum fault fault;

	fault =
	    read_wording(form, holder, "label", control->path, &control->label);
	if (!fault)
		fault = read_wording(form, control->element, "hint",
				     control->path, &control->hint);
	if (!fault && frame)
		fault = read_wording(form, frame, "label", control->path,
				     &control->frame);
	if (!fault && control->kind == NODE_SELECT)
		fault = itemset_read(form, control);
	if (!fault && control->kind == NODE_RANGE)
		fault = marks_read(form, control);
	return fault;
}

void control_free(struct control *control)
{
	words_done(&control->label);
	words_done(&control->hint);
	words_done(&control->frame);
	itemset_free(control->itemset);
	itemset_free(control->marks);
	free(control->path);
	free(control);
}
