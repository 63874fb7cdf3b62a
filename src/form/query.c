#include <stdlib.h>
#include <string.h>

#include "form/bind.h"
#include "form/choices.h"
#include "form/field.h"
#include "form/node.h"
#include "form/run.h"
#include "form/say.h"
#include "form/word.h"
#include "form/xml.h"

/* What others may know of a running form. */

struct node *run_root(const struct run *run)
{
	return run->root;
}

struct node *node_parent(const struct node *node)
{
	return node->parent;
}

struct node *node_first(const struct node *node)
{
	return node->first;
}

struct node *node_next(const struct node *node)
{
	return node->next;
}

enum node_kind node_kind(const struct node *node)
{
	if (node->field->kind != NODE_REPEAT)
		return node->field->kind;
	return node_is_range(node) ? NODE_REPEAT : NODE_REPEAT_INSTANCE;
}

enum node_type node_type(const struct node *node)
{
	return node->field->type;
}

const char *node_type_name(const struct node *node)
{
	return bind_type_name(node->field);
}

const char *node_name(const struct node *node)
{
	return node->field->name;
}

const char *node_path(const struct node *node)
{
	return node->field->path;
}

static void add_reference(const struct node *node, struct bytes *out)
{
	if (node->parent)
		add_reference(node->parent, out);
	if (node_kind(node) == NODE_REPEAT_INSTANCE)
		bytes_add_format(out, "[%zu]", node->position);
	else
		bytes_add_format(out, "/%s", node->field->name);
}

char *node_reference(const struct node *node)
{
	struct bytes out = { 0 };

	add_reference(node, &out);
	return bytes_take_text(&out);
}

/* --- finding ------------------------------------------------------------- */

static struct node *instance_at(const struct node *range, size_t position)
{
	struct node *instance = range->first;

	while (instance && instance->position != position)
		instance = instance->next;
	return instance;
}

static struct node *child_called(const struct node *node, const char *name,
				 size_t length)
{
	SCOPED(char_freep) char *own = xstrndup(name, length);
	char *colon = strchr(own, ':');
	const struct field *field;

	if (!node->children)
		return NULL;
	if (colon)
		*colon++ = 0;
	field = colon ? field_child(node->field, own, colon)
		      : field_child(node->field, NULL, own);
	return field ? node->children[field->index] : NULL;
}

/* The node that "name" or "name[2]" means below node. */
static struct node *step_down(const struct node *node, const char *step,
			      size_t length, bool last)
{
	size_t name = strcspn(step, "[/");
	struct node *child = child_called(node, step, name);
	bool placed = name < length;

	if (!child || !node_is_range(child))
		return placed ? NULL : child;
	if (last && !placed)
		return child;
	return instance_at(child,
			   placed ? strtoul(step + name + 1, NULL, 10) : 1);
}

struct node *run_find(const struct run *run, const char *reference)
{
	struct node *node = run->root;
	size_t length = strlen(node->field->path);

	if (strncmp(reference, node->field->path, length) != 0)
		return NULL;
	reference += length;
	while (node && *reference == '/') {
		length = strcspn(++reference, "/");
		node = step_down(node, reference, length, !reference[length]);
		reference += length;
	}
	return *reference ? NULL : node;
}

static struct node *named(struct node *node, const char *name)
{
	if (strcmp(node->field->name, name) == 0)
		return node;
	for (struct node *child = node->first; child; child = child->next) {
		struct node *found = named(child, name);

		if (found)
			return found;
	}
	return NULL;
}

struct node *run_named(const struct run *run, const char *name)
{
	for (struct node *child = run->root->first; child;
	     child = child->next) {
		struct node *found = named(child, name);

		if (found)
			return found;
	}
	return NULL;
}

/* --- state --------------------------------------------------------------- */

bool node_multiple(const struct node *node)
{
	return node->field->control && node->field->control->multiple;
}

bool node_has_control(const struct node *node)
{
	return node->field->control != NULL;
}

bool node_available(const struct node *node)
{
	return node->field->available;
}

bool node_relevant(const struct node *node)
{
	return node->relevant;
}

bool node_required(const struct node *node)
{
	return node->required && node->field->available;
}

bool node_offers_none(struct node *node)
{
	return choices_none(node);
}

bool node_readonly(const struct node *node)
{
	while (node && !node->readonly)
		node = node->parent;
	return node != NULL;
}

enum node_violation node_violation(const struct node *node)
{
	bool blank = !*node_text(node);

	if (!node->relevant || node->first)
		return VALID;
	if (!blank && node->unmet)
		return VIOLATES_CONSTRAINT;
	return blank && node_required(node) ? VIOLATES_REQUIRED : VALID;
}

const char *node_value(const struct node *node)
{
	return node_text(node);
}

bool node_counted(const struct node *node)
{
	return node->field->expression[ASPECT_COUNT] != NULL;
}

/* --- words --------------------------------------------------------------- */

/* Words are no answer: what fails in them is said and not kept as a fault. */
static char *speak(const struct node *node, const struct words *words,
		   const char *form)
{
	struct node *own =
	    (struct node *)node; /* evaluating changes no state */
	char *text = say(own, words, node->xml, form);

	node->run->fault = FAULT_NONE;
	return text;
}

static char *speak_label(const struct node *node, const char *form)
{
	const struct control *control = node->field->control;

	return control ? speak(node, &control->label, form) : NULL;
}

char *node_label(const struct node *node)
{
	return speak_label(node, NULL);
}

char *node_short_label(const struct node *node)
{
	char *label = speak_label(node, "short");

	return label ? label : node_label(node);
}

char *node_frame_label(const struct node *node)
{
	const struct control *control = node->field->control;

	return control ? speak(node, &control->frame, NULL) : NULL;
}

char *node_media(const struct node *node, const char *kind)
{
	return speak_label(node, kind);
}

char *node_hint(const struct node *node)
{
	const struct control *control = node->field->control;

	return control ? speak(node, &control->hint, NULL) : NULL;
}

char *node_guidance(const struct node *node)
{
	const struct control *control = node->field->control;

	return control ? speak(node, &control->hint, "guidance") : NULL;
}

/* NULL: nothing is wrong. */
static const struct words *violation_words(const struct node *node)
{
	switch (node_violation(node)) {
	case VIOLATES_CONSTRAINT:
		return &node->field->constraint_message;
	case VIOLATES_REQUIRED:
		return &node->field->required_message;
	case VALID:
		break;
	}
	return NULL;
}

char *node_violation_message(const struct node *node)
{
	const struct words *words = violation_words(node);

	return words ? speak(node, words, NULL) : NULL;
}

static bool quotes(const struct node *node, const struct words *words)
{
	struct node *own =
	    (struct node *)node; /* evaluating changes no state */
	bool found = words && say_quotes(own, words, own->xml);

	node->run->fault = FAULT_NONE;
	return found;
}

bool node_label_quotes(const struct node *node)
{
	const struct control *control = node->field->control;

	return control && quotes(node, &control->label);
}

bool node_frame_label_quotes(const struct node *node)
{
	const struct control *control = node->field->control;

	return control && quotes(node, &control->frame);
}

bool node_hint_quotes(const struct node *node)
{
	const struct control *control = node->field->control;

	return control && quotes(node, &control->hint);
}

bool node_violation_quotes(const struct node *node)
{
	return quotes(node, violation_words(node));
}

const char *node_label_key(const struct node *node)
{
	const struct control *control = node->field->control;

	return control ? control->label.itext : NULL;
}

const char *node_frame_label_key(const struct node *node)
{
	const struct control *control = node->field->control;

	return control ? control->frame.itext : NULL;
}

const char *node_hint_key(const struct node *node)
{
	const struct control *control = node->field->control;

	return control ? control->hint.itext : NULL;
}

/* --- the control --------------------------------------------------------- */

const char *node_attribute(const struct node *node, const char *name)
{
	const struct control *control = node->field->control;
	const char *value = NULL;

	if (control)
		value = xml_attribute(control->element, name);
	if (!value && control && control->group)
		value = xml_attribute(control->group, name);
	return value;
}

const char *node_odk_attribute(const struct node *node, const char *name)
{
	const struct control *control = node->field->control;

	return control ? xml_attribute_of(control->element, NS_ODK, name)
		       : NULL;
}

bool node_appears(const struct node *node, const char *word)
{
	const char *text = node_attribute(node, "appearance");

	return text && word_in(text, word);
}

bool node_is_private(const struct node *node)
{
	return field_in_private(node->field);
}

bool node_joins(const struct node *node, const struct node *before)
{
	const struct control *control = node->field->control;

	if (!control)
		return false;
	if (node_appears(node, "same-screen"))
		return true;
	return control->behind &&
	       (!before || control->behind == before->field->control);
}

struct node *node_linked(struct node *node, const char *attribute)
{
	const char *named = form_bind_attribute(
	    node->run->form, node_path(node), "foyer", attribute);
	SCOPED(char_freep) char *path = NULL;

	if (!named)
		return NULL;
	/* The compiler puts blanks around what a ${name} stands for. */
	named += strspn(named, " ");
	path = xstrndup(named, strcspn(named, " "));
	return node_seen(node, path);
}

/* --- choices ------------------------------------------------------------- */

enum fault node_choices(struct node *node, const struct choice_item **items,
			size_t *count)
{
	return choices_items(node, items, count);
}

static enum fault try_choices(struct node *node)
{
	enum fault fault = choices_try(node);

	if (!node_required(node))
		fault = FAULT_NONE;
	for (struct node *child = node->first; child; child = child->next) {
		enum fault below = try_choices(child);

		fault = fault ? fault : below;
	}
	return fault;
}

enum fault run_try_choices(struct run *run)
{
	return try_choices(run->root);
}

const char *node_choice_column(struct node *node, const char *value,
			       const char *column)
{
	const char *text = choices_column(node, value, column);

	node->run->fault = FAULT_NONE; /* said; it is no fault of an answer */
	return text;
}

char *node_choice_key(struct node *node, const char *value)
{
	char *key = choices_key(node, value);

	node->run->fault = FAULT_NONE;
	return key;
}

void node_each_choice(struct node *node, choice_visit *visit, void *to)
{
	choices_each(node, visit, to);
}
