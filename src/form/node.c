#include "form/node.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "form/field.h"
#include "form/offer.h"
#include "form/path.h"
#include "form/value.h"
#include "form/xml.h"
#include "xpath/index.h"

/* The text child of an element or attribute; expressions read it. */
static xmlNode *text_child(const struct node *node)
{
	return node->xml->children;
}

const char *node_text(const struct node *node)
{
	const xmlNode *text = text_child(node);

	return text && text->content ? (const char *)text->content : "";
}

static void wipe_xml_text(xmlNode *text)
{
	if (!text->content)
		return;
	explicit_bzero(text->content, (size_t)xmlStrlen(text->content));
	xmlFree(text->content);
	text->content = NULL;
}

void node_set_text(struct node *node, const char *text)
{
	xmlNode *child = text_child(node);

	if (!child) {
		child = xmlNewDocText(node->run->doc, NULL);
		child->parent = node->xml;
		node->xml->children = node->xml->last = child;
	}
	wipe_xml_text(child);
	child->content = xmlStrdup((const xmlChar *)text);
	if (!child->content)
		abort();
}

bool node_holds_text(const struct node *node)
{
	return !node->field->child_count && node->field->kind != NODE_REPEAT;
}

bool node_is_range(const struct node *node)
{
	return node->xml->type == XML_COMMENT_NODE;
}

struct node *node_ancestor(struct node *node, const struct field *field)
{
	while (node->field != field)
		node = node->parent;
	return node;
}

static struct node *make(struct run *run, struct field *field,
			 struct node *parent, xmlNode *xml)
{
	struct node *node = xcalloc(1, sizeof *node);

	*node = (struct node){
		.run = run,
		.field = field,
		.parent = parent,
		.xml = xml,
		.sequence = run->next_sequence++,
		.self_relevant = !field->reads_itself, /* until asked */
	};
	node->relevant = node->self_relevant && (!parent || parent->relevant);
	if (field->child_count)
		node->children =
		    xcalloc(field->child_count, sizeof *node->children);
	xml->_private = node;
	run->node_count++;
	return node;
}

static void append(struct node *parent, struct node *node)
{
	node->previous = parent->last;
	if (parent->last)
		parent->last->next = node;
	else
		parent->first = node;
	parent->last = node;
}

/* A namespace that the document declares, once, at its root. */
static xmlNs *declared(struct run *run, const xmlNs *ns)
{
	xmlNode *root = xmlDocGetRootElement(run->doc);

	if (!ns || !ns->prefix || !root)
		return NULL;
	for (xmlNs *own = root->nsDef; own; own = own->next) {
		if (xmlStrEqual(own->prefix, ns->prefix))
			return own;
	}
	return xmlNewNs(root, ns->href, ns->prefix);
}

static void copy_attributes(struct run *run, const xmlNode *source,
			    xmlNode *xml)
{
	for (const xmlAttr *a = source->properties; a; a = a->next) {
		if (a->ns &&
		    xmlStrEqual(a->ns->href, (const xmlChar *)NS_JAVAROSA))
			continue; /* jr:template is the form's, not the record's
				   */
		xmlNewNsProp(xml, declared(run, a->ns), a->name,
			     (const xmlChar *)xml_attribute_value(a));
	}
}

static xmlNode *new_element(struct run *run, const struct field *field,
			    const xmlNode *source)
{
	const xmlNode *element = source ? source : field->source;
	xmlNode *xml = xmlNewDocNode(run->doc, NULL, element->name, NULL);

	if (!xml)
		abort();
	if (!xmlDocGetRootElement(run->doc))
		xmlDocSetRootElement(run->doc, xml);
	xml->ns = declared(run, element->ns);
	copy_attributes(run, element, xml);
	return xml;
}

static void build_attributes(struct node *node)
{
	for (struct field *f = node->field->attributes; f; f = f->next) {
		const xmlAttr *source = (const xmlAttr *)f->source;

		for (xmlAttr *a = node->xml->properties; a; a = a->next) {
			if (!xmlStrEqual(a->name, source->name) ||
			    !a->ns != !source->ns)
				continue;
			struct node *attribute =
			    make(node->run, f, node, (xmlNode *)a);
			attribute->next = node->attributes;
			attribute->value = xstrdup(node_text(attribute));
			node->attributes = attribute;
		}
	}
}

static void build_children(struct node *node, const xmlNode *source,
			   bool blank);

static void fill(struct node *node, const xmlNode *source, bool blank)
{
	if (!source)
		source = node->field->source; /* the form's own */
	build_attributes(node);
	if (node->field->child_count) {
		build_children(node, source, blank);
	} else if (!blank && source->children) {
		SCOPED(char_freep) char *text = xml_text(source);

		node->value = value_settle(node->field, text);
		node_set_text(node, node->value);
	}
}

struct node *node_build_instance(struct node *range, xmlNode *source,
				 bool blank)
{
	struct run *run = range->run;
	xmlNode *xml = new_element(run, range->field, source);
	xmlNode *behind = range->last ? range->last->xml : range->xml;

	xmlAddNextSibling(behind, xml);
	struct node *instance = make(run, range->field, range, xml);
	append(range, instance);
	instance->position = ++range->instances;
	instance->relevant = instance->self_relevant && range->parent->relevant;
	xpath_index_forget(run->index, xml->parent);
	fill(instance, source, blank);
	return instance;
}

static void build_range(struct node *parent, struct field *field,
			xmlNode *first, bool blank)
{
	xmlNode *anchor = xmlNewDocComment(parent->run->doc, NULL);

	xmlAddChild(parent->xml, anchor);
	struct node *range = make(parent->run, field, parent, anchor);
	append(parent, range);
	parent->children[field->index] = range;
	/* A counted repeat takes them one by one, as the count asks. */
	if (field->expression[ASPECT_COUNT])
		return;
	for (xmlNode *e = first; e; e = xml_element(e->next)) {
		if (field_of(field->parent, e) == field &&
		    !field_is_template(e))
			node_build_instance(range, e, blank);
	}
}

static void build_children(struct node *node, const xmlNode *source, bool blank)
{
	const struct field *parent = node->field;
	xmlNode **first = xcalloc(parent->child_count, sizeof *first);

	for_each_element(element, source)
	{
		const struct field *field = field_of(parent, element);

		if (field && !first[field->index])
			first[field->index] = element;
	}
	for (size_t i = 0; i < parent->child_count; i++) {
		struct field *field = parent->children[i];

		if (field->kind == NODE_REPEAT)
			build_range(node, field, first[i], blank);
		else
			node_build(node->run, field, node, first[i], blank);
	}
	free(first);
}

struct node *node_build(struct run *run, struct field *field,
			struct node *parent, xmlNode *source, bool blank)
{
	xmlNode *xml = new_element(run, field, source);

	if (parent)
		xmlAddChild(parent->xml, xml);
	struct node *node = make(run, field, parent, xml);
	if (parent) {
		append(parent, node);
		parent->children[field->index] = node;
	}
	fill(node, source, blank);
	return node;
}

static void free_below(struct node *node)
{
	while (node->first) {
		struct node *child = node->first;

		node->first = child->next;
		node_free(child);
	}
	while (node->attributes) {
		struct node *attribute = node->attributes;

		node->attributes = attribute->next;
		node_free(attribute);
	}
}

void node_free(struct node *node)
{
	if (!node)
		return;
	free_below(node);
	if (node->xml->children && node->xml->children->type == XML_TEXT_NODE)
		wipe_xml_text(node->xml->children);
	node->xml->_private = NULL;
	wipe_free(node->value);
	offer_free(node->offer);
	node->run->node_count--;
	free(node->children);
	explicit_bzero(node, sizeof *node);
	free(node);
}

static void mark_dead(struct node *node)
{
	node->dead = true;
	for (struct node *child = node->first; child; child = child->next)
		mark_dead(child);
	for (struct node *a = node->attributes; a; a = a->next)
		mark_dead(a);
}

void node_bury(struct node *instance)
{
	struct node *range = instance->parent;
	struct run *run = range->run;

	if (instance->previous)
		instance->previous->next = instance->next;
	else
		range->first = instance->next;
	if (instance->next)
		instance->next->previous = instance->previous;
	else
		range->last = instance->previous;
	for (struct node *i = instance->next; i; i = i->next)
		i->position--;
	range->instances--;

	mark_dead(instance);
	xmlUnlinkNode(instance->xml);
	xpath_index_forget_all(run->index);
	instance->next = run->graveyard;
	run->graveyard = instance;
}

/* The chain of fields from below ancestor down to field, at most as many as an
 * XML document can be deep. */
#define CHAIN_LIMIT 256

static void descend(struct node *node, const struct field *const *chain,
		    size_t left, node_visit *visit, void *to);

static void descend_range(struct node *range, const struct field *const *chain,
			  size_t left, node_visit *visit, void *to)
{
	struct node *next;

	for (struct node *i = range->first; i; i = next) {
		next = i->next;
		if (left)
			descend(i, chain, left, visit, to);
		else
			visit(i, to);
	}
}

static void visit_attribute(struct node *node, const struct field *field,
			    node_visit *visit, void *to)
{
	for (struct node *a = node->attributes; a; a = a->next) {
		if (a->field == field)
			visit(a, to);
	}
}

/* chain[left - 1] is the next field down. */
static void descend(struct node *node, const struct field *const *chain,
		    size_t left, node_visit *visit, void *to)
{
	const struct field *field = chain[left - 1];

	if (*field->name == '@') {
		visit_attribute(node, field, visit, to);
		return;
	}
	struct node *child = node->children[field->index];
	if (field->kind == NODE_REPEAT) {
		if (left == 1)
			visit(child, to);
		descend_range(child, chain, left - 1, visit, to);
	} else if (left == 1) {
		visit(child, to);
	} else {
		descend(child, chain, left - 1, visit, to);
	}
}

void node_each(struct node *from, const struct field *field, node_visit *visit,
	       void *to)
{
	const struct field *chain[CHAIN_LIMIT];
	size_t left = 0;

	assert(field);
	if (from->field == field) {
		visit(from, to);
		return;
	}
	for (const struct field *f = field; f && f != from->field;
	     f = f->parent) {
		if (left == CHAIN_LIMIT)
			return;
		chain[left++] = f;
	}
	assert(left > 0);
	descend(from, chain, left, visit, to);
}

static void keep_first(struct node *node, void *to)
{
	struct node **first = to;

	if (!*first && !node_is_range(node))
		*first = node;
}

struct node *node_seen(struct node *from, const char *path)
{
	SCOPED(char_freep)
	char *absolute = path_resolve(from->field->path, path);
	struct field *field =
	    absolute ? field_find(from->run->form, absolute) : NULL;
	struct node *first = NULL;

	if (!field)
		return NULL;
	while (!field_within(field, from->field))
		from = from->parent;
	node_each(from, field, keep_first, &first);
	return first;
}
