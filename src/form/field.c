#include "form/field.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "form/bind.h"
#include "form/control.h"
#include "form/expression.h"
#include "form/limits.h"
#include "form/value.h"
#include "form/word.h"
#include "form/words.h"
#include "form/xml.h"

static const xmlChar *x(const char *text)
{
	return (const xmlChar *)text;
}

bool field_is_template(const xmlNode *element)
{
	return xml_attribute_of(element, NS_JAVAROSA, "template") != NULL;
}

struct field *field_find(const struct form *form, const char *path)
{
	return xmlHashLookup(form->field_by_path, x(path));
}

struct field *field_child(const struct field *parent, const char *prefix,
			  const char *local)
{
	return parent->child_by_name
		   ? xmlHashLookup2(parent->child_by_name, x(local), x(prefix))
		   : NULL;
}

struct field *field_of(const struct field *parent, const xmlNode *element)
{
	const char *prefix =
	    element->ns ? (const char *)element->ns->prefix : NULL;

	return field_child(parent, prefix, (const char *)element->name);
}

struct field *field_repeat(struct field *field)
{
	while (field && field->kind != NODE_REPEAT)
		field = field->parent;
	return field;
}

bool field_within(const struct field *field, const struct field *ancestor)
{
	while (field && field != ancestor)
		field = field->parent;
	return field != NULL;
}

static bool has_private(const xmlNode *element)
{
	const char *words = xml_attribute(element, "appearance");

	return words && word_in(words, "private");
}

/* The document has groups without nodes, and nodes without controls have
 * groups by theirs. */
bool field_in_private(const struct field *field)
{
	for (; field; field = field->parent) {
		const xmlNode *at =
		    field->control ? field->control->element : NULL;

		for (; at && at->type == XML_ELEMENT_NODE; at = at->parent) {
			if (has_private(at))
				return true;
		}
	}
	return false;
}

const struct expression *field_expression(const struct field *field,
					  enum aspect aspect)
{
	const struct itemset *itemset =
	    field->control ? field->control->itemset : NULL;

	if (aspect == ASPECT_CHOICES)
		return itemset && itemset->filtered ? itemset->nodeset : NULL;
	return field->expression[aspect];
}

/* Whether an expression is true whatever the answers: "true()", 1, 'x'. */
static bool always_true(const struct expression *expression)
{
	const char *text = expression->text;
	size_t length;

	text += strspn(text, " \t\r\n");
	length = strcspn(text, " \t\r\n");
	if (text[length + strspn(text + length, " \t\r\n")])
		return false;
	if (length == 6 && strncmp(text, "true()", 6) == 0)
		return true;
	if (*text == '\'' || *text == '"')
		return length > 2 && !strpbrk(text + 1, "()[]");
	return length && strspn(text, "0123456789.") == length &&
	       strtod(text, NULL) != 0;
}

static bool is_note(const struct field *field)
{
	const struct expression *readonly = field->expression[ASPECT_READONLY];

	return field->control->kind == NODE_INPUT && readonly &&
	       always_true(readonly) &&
	       (words_any(&field->control->label) ||
		words_any(&field->control->hint));
}

/* Controls that a kiosk in a lobby has not (see form.h). */
static bool is_available(const struct field *field)
{
	return field->kind != NODE_UPLOAD &&
	       !(field->kind == NODE_INPUT &&
		 (field->type == TYPE_GEO || field->type == TYPE_BINARY ||
		  field->type == TYPE_BARCODE));
}

static enum fault check_range(struct form *form, const struct field *field)
{
	static const char *const bounds[] = { "start", "end", "step" };

	for (size_t i = 0; i < COUNT(bounds); i++) {
		const char *text =
		    xml_attribute(field->control->element, bounds[i]);
		double number;

		if (!text || !value_number(text, &number))
			return form_complain(form,
					     "%s: a range needs a number for "
					     "%s",
					     field->path, bounds[i]);
	}
	if (field->type != TYPE_INT && field->type != TYPE_DECIMAL)
		return form_complain(form,
				     "%s: a range must be of type int or "
				     "decimal",
				     field->path);
	return FAULT_NONE;
}

/* What kind of node the field gives, once bind and control are known. */
static enum fault settle_kind(struct form *form, struct field *field,
			      bool is_leaf)
{
	enum node_kind control =
	    field->control ? field->control->kind : NODE_MODEL_VALUE;

	field->available = true;
	if (field->kind == NODE_REPEAT || field->kind == NODE_ROOT)
		return FAULT_NONE;
	if (!is_leaf) {
		field->kind = NODE_GROUP;
		return FAULT_NONE;
	}
	field->kind = control;
	if (control == NODE_UPLOAD &&
	    !(field->bind && xml_attribute(field->bind, "type")))
		field->type = TYPE_BINARY;
	if (field->control && is_note(field))
		field->kind = NODE_NOTE;
	field->available = is_available(field);
	return control == NODE_RANGE ? check_range(form, field) : FAULT_NONE;
}

static struct field *make(struct form *form, struct field *parent,
			  xmlNode *source, char *name)
{
	struct field *field = xcalloc(1, sizeof *field);

	*field = (struct field){
		.name = name,
		.prefix = source->ns ? (const char *)source->ns->prefix : NULL,
		.local = (const char *)source->name,
		.path = xasprintf("%s/%s", parent ? parent->path : "", name),
		.parent = parent,
		.number = (uint32_t)form->field_count,
		.repeats = parent ? parent->repeats : 0,
		.source = source,
		.kind = parent ? NODE_MODEL_VALUE : NODE_ROOT,
	};
	form->fields = xreallocarray(form->fields, form->field_count + 1,
				     sizeof *form->fields);
	form->fields[form->field_count++] = field;
	xmlHashAddEntry(form->field_by_path, x(field->path), field);
	return field;
}

static void adopt(struct field *parent, struct field *child)
{
	child->index = parent->child_count;
	parent->children =
	    xreallocarray(parent->children, parent->child_count + 1,
			  sizeof *parent->children);
	parent->children[parent->child_count++] = child;
	if (!parent->child_by_name)
		parent->child_by_name = xmlHashCreate(16);
	xmlHashAddEntry2(parent->child_by_name, x(child->local),
			 x(child->prefix), child);
}

static enum fault read_field(struct form *form, struct field *field);

/* Attributes that a bind or a setvalue may change are fields of their own. */
static enum fault read_attributes(struct form *form, struct field *field)
{
	for (xmlAttr *a = field->source->properties; a; a = a->next) {
		SCOPED(char_freep)
		char *name = xml_qualified((const xmlNode *)a);
		SCOPED(char_freep)
		char *path = xasprintf("%s/@%s", field->path, name);

		if (!xmlHashLookup(form->bind_by_path, x(path)) &&
		    !form->sets_attributes)
			continue;
		struct field *attribute =
		    make(form, field, (xmlNode *)a, xasprintf("@%s", name));
		attribute->next = field->attributes;
		attribute->available = true;
		field->attributes = attribute;
		enum fault fault = bind_read(form, attribute);
		if (fault)
			return fault;
	}
	return FAULT_NONE;
}

static size_t initial_instances(const struct field *field)
{
	size_t count = 0;

	for (xmlNode *e = field->source; e; e = xml_element(e->next)) {
		if (xml_is(e,
			   field->source->ns
			       ? (const char *)field->source->ns->href
			       : NULL,
			   field->local) &&
		    !field_is_template(e))
			count++;
	}
	return count;
}

/* jr:noAddRemove: as many instances as the form begins with, one at least. */
static enum fault fix_count(struct form *form, struct field *field,
			    const char *place)
{
	const char *fixed = xml_attribute_of(field->control->element,
					     NS_JAVAROSA, "noAddRemove");
	size_t count = initial_instances(field);
	SCOPED(char_freep) char *text = xasprintf("%zu", count ? count : 1);

	if (!fixed && field->control->group)
		fixed = xml_attribute_of(field->control->group, NS_JAVAROSA,
					 "noAddRemove");
	return fixed && strncmp(fixed, "true", 4) == 0
		   ? form_expression(form, place, text,
				     &field->expression[ASPECT_COUNT])
		   : FAULT_NONE;
}

static enum fault start_repeat(struct form *form, struct field *field)
{
	const char *count =
	    xml_attribute_of(field->control->element, NS_JAVAROSA, "count");
	SCOPED(char_freep) char *place = xasprintf("%s, count", field->path);

	if (!count && field->control->group)
		count = xml_attribute_of(field->control->group, NS_JAVAROSA,
					 "count");
	field->kind = NODE_REPEAT;
	field->template = field_is_template(field->source);
	if (++field->repeats > FORM_DEPTH_LIMIT) {
		log_error("%s: %s: repeats nested more than %d deep",
			  form->name, field->path, FORM_DEPTH_LIMIT);
		return FAULT_LIMIT;
	}
	if (count)
		return form_expression(form, place, count,
				       &field->expression[ASPECT_COUNT]);
	return fix_count(form, field, place);
}

static enum fault read_child(struct form *form, struct field *parent,
			     xmlNode *element)
{
	struct field *known = field_of(parent, element);

	if (known && known->kind == NODE_REPEAT)
		return FAULT_NONE; /* another instance */
	if (known)
		return form_complain(form,
				     "%s: twice in the instance, and no "
				     "repeat",
				     known->path);
	if (form->field_count >= FORM_NODES_LIMIT) {
		log_error("%s: more than %d nodes", form->name,
			  FORM_NODES_LIMIT);
		return FAULT_LIMIT;
	}
	struct field *field =
	    make(form, parent, element, xml_qualified(element));
	adopt(parent, field);
	return read_field(form, field);
}

static enum fault read_field(struct form *form, struct field *field)
{
	enum fault fault = bind_read(form, field);

	field->control = xmlHashLookup(form->control_by_path, x(field->path));
	if (!fault && field->control && field->kind != NODE_ROOT &&
	    field->control->kind == NODE_REPEAT)
		fault = start_repeat(form, field);
	if (!fault && field->control)
		fault = control_read_words(form, field->control);
	if (!fault)
		fault = read_attributes(form, field);
	for (xmlNode *child = xml_element(field->source->children);
	     !fault && child; child = xml_element(child->next))
		fault = read_child(form, field, child);
	return fault ? fault
		     : settle_kind(form, field,
				   !xml_element(field->source->children));
}

/*
 * What a run begins with: every instance of a repeat, also of one inside
 * another, and of one inside the template of another, which is built anew.
 * nodes grows by them all.
 */
static enum fault check_instances(const struct form *form,
				  const struct field *parent,
				  const xmlNode *element, size_t *nodes)
{
	size_t *counts = xcalloc(parent->child_count + 1, sizeof *counts);
	enum fault fault = FAULT_NONE;

	for (xmlNode *child = xml_element(element->children); !fault && child;
	     child = xml_element(child->next)) {
		const struct field *field = field_of(parent, child);

		if (!field)
			continue;
		if (field->kind == NODE_REPEAT && !field_is_template(child) &&
		    ++counts[field->index] > FORM_REPEAT_LIMIT) {
			log_error("%s: %s: more than %d instances", form->name,
				  field->path, FORM_REPEAT_LIMIT);
			fault = FAULT_LIMIT;
		} else if (++*nodes > RUN_NODES_LIMIT) {
			log_error("%s: begins with more than %d nodes; its "
				  "repeats hold too many instances",
				  form->name, RUN_NODES_LIMIT);
			fault = FAULT_LIMIT;
		} else {
			fault = check_instances(form, field, child, nodes);
		}
	}
	free(counts);
	return fault;
}

static xmlNode *find_meta(const xmlNode *root)
{
	for_each_element(child, root)
	{
		const char *ns =
		    child->ns ? (const char *)child->ns->href : NULL;

		if (strcmp((const char *)child->name, "meta") == 0 &&
		    (child->ns == root->ns || !ns ||
		     strcmp(ns, NS_OPENROSA) == 0 ||
		     strcmp(ns, NS_XFORMS) == 0))
			return child;
	}
	return NULL;
}

/* Every submission has an instanceID; a form that forgot it gets one. */
static void complete_meta(struct form *form)
{
	xmlNode *meta = find_meta(form->primary);

	if (!meta) {
		xmlNs *ns =
		    xmlSearchNsByHref(form->doc, form->primary, x(NS_OPENROSA));
		meta = xmlNewChild(form->primary, NULL, x("meta"), NULL);
		meta->ns = ns;
	}
	if (xml_named(meta->children, "instanceID"))
		return;
	xmlNode *id = xmlNewChild(meta, NULL, x("instanceID"), NULL);
	id->ns = meta->ns;
	form->made_instance_id = id;
}

static void find_instance_id(struct form *form)
{
	for (size_t i = 0; i < form->field_count; i++) {
		struct field *field = form->fields[i];

		if (strcmp(field->local, "instanceID") == 0 && field->parent &&
		    field->parent->parent == form->root &&
		    strcmp(field->parent->local, "meta") == 0)
			form->instance_id = field;
		if (field->source == form->made_instance_id)
			field->preload.kind = PRELOAD_UID;
	}
}

enum fault fields_read(struct form *form)
{
	size_t nodes = 0;

	complete_meta(form);
	form->field_by_path = xmlHashCreate(1024);
	form->root =
	    make(form, NULL, form->primary, xml_qualified(form->primary));
	enum fault fault = read_field(form, form->root);
	if (!fault)
		fault =
		    check_instances(form, form->root, form->primary, &nodes);
	if (fault)
		return fault;
	find_instance_id(form);
	/* Of the whole a bind can say nothing. */
	memset(form->root->expression, 0, sizeof form->root->expression);
	return FAULT_NONE;
}

void field_free(struct field *field)
{
	words_done(&field->required_message);
	words_done(&field->constraint_message);
	xmlHashFree(field->child_by_name, NULL);
	free(field->children);
	free(field->dependents);
	free(field->on_change);
	free(field->name);
	free(field->path);
	free(field);
}
