#include "office/form_lines.h"

#include <stdio.h>
#include <stdlib.h>

static const char *kind_name(const struct node *node)
{
	static const char *const names[] = {
		[NODE_ROOT] = "root",
		[NODE_GROUP] = "group",
		[NODE_INPUT] = "input",
		[NODE_SELECT] = "select",
		[NODE_RANGE] = "range",
		[NODE_NOTE] = "note",
		[NODE_TRIGGER] = "trigger",
		[NODE_UPLOAD] = "upload",
		[NODE_MODEL_VALUE] = "model-value",
		[NODE_REPEAT] = "repeat-range:uncontrolled",
		[NODE_REPEAT_INSTANCE] = "repeat-instance",
	};

	if (node_kind(node) == NODE_REPEAT && node_counted(node))
		return "repeat-range:controlled";
	return names[node_kind(node)];
}

static bool is_leaf(const struct node *node)
{
	switch (node_kind(node)) {
	case NODE_ROOT:
	case NODE_GROUP:
	case NODE_REPEAT:
	case NODE_REPEAT_INSTANCE:
		return false;
	default:
		return true;
	}
}

/* Sets a text and frees it; nothing where it is NULL. */
static void put_text(json_t *object, const char *name, char *text)
{
	if (text)
		json_object_set_new(object, name, json_string(text));
	free(text);
}

static void put_options(json_t *object, struct node *node)
{
	const struct choice_item *items;
	size_t count;
	json_t *options = json_array();

	if (!node_choices(node, &items, &count)) {
		for (size_t i = 0; i < count; i++)
			json_array_append_new(
			    options,
			    json_pack("[ss]", items[i].value, items[i].label));
	}
	json_object_set_new(object, "options", options);
}

static void put_leaf(json_t *object, struct node *node)
{
	enum node_violation violation = node_violation(node);
	bool relevant = node_relevant(node);

	json_object_set_new(object, "value",
			    json_string(relevant ? node_value(node) : ""));
	json_object_set_new(object, "type", json_string(node_type_name(node)));
	json_object_set_new(object, "valid", json_boolean(!violation));
	if (violation) {
		json_object_set_new(object, "violation",
				    json_string(violation == VIOLATES_REQUIRED
						    ? "required"
						    : "constraint"));
		put_text(object, "message", node_violation_message(node));
	}
	if (node_kind(node) == NODE_SELECT)
		put_options(object, node);
}

/* The hint, and behind it the guidance, as one text. */
static char *whole_hint(const struct node *node)
{
	SCOPED(char_freep) char *hint = node_hint(node);
	SCOPED(char_freep) char *guidance = node_guidance(node);

	return hint ? xasprintf("%s%s", hint, guidance ? guidance : "") : NULL;
}

void form_print_line(json_t *object)
{
	json_dumpf(object, stdout, JSON_COMPACT);
	putchar('\n');
	json_decref(object);
}

json_t *form_line(struct node *node)
{
	json_t *object = json_object();

	put_text(object, "path", node_reference(node));
	json_object_set_new(object, "node", json_string(kind_name(node)));
	json_object_set_new(object, "relevant",
			    json_boolean(node_relevant(node)));
	json_object_set_new(object, "required",
			    json_boolean(node_required(node)));
	json_object_set_new(object, "readonly",
			    json_boolean(node_readonly(node)));
	if (is_leaf(node))
		put_leaf(object, node);
	put_text(object, "label", node_label(node));
	if (is_leaf(node))
		put_text(object, "hint", whole_hint(node));
	return object;
}

void form_print_lines(struct node *node)
{
	form_print_line(form_line(node));
	for (struct node *child = node_first(node); child;
	     child = node_next(child))
		form_print_lines(child);
}
