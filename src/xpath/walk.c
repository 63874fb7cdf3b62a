#include "xpath/walk.h"

#include <math.h>
#include <string.h>

#include "xpath/index.h"

/*
 * Location paths, XPath 1.0 §2. A step is taken from every node reached so
 * far; predicates filter what it found from one of them, counted along the
 * axis. Most steps find nodes in document order and none twice; where that is
 * not sure, the result is sorted.
 */

/* --- what a step looks for ------------------------------------------------*/

/* Prefixes of XForms, for nodes whose document calls them something else. */
static const struct {
	const char *prefix, *href;
} namespaces[] = {
	{ "orx", "http://openrosa.org/xforms" },
	{ "jr", "http://openrosa.org/javarosa" },
	{ "odk", "http://www.opendatakit.org/xforms" },
	{ "entities", "http://www.opendatakit.org/xforms/entities" },
	{ "xf", "http://www.w3.org/2002/xforms" },
	{ "h", "http://www.w3.org/1999/xhtml" },
};

static bool prefix_fits(const char *prefix, const xmlNs *ns)
{
	const char *own = ns ? (const char *)ns->prefix : NULL;

	if (!prefix)
		return !own;
	if (own && strcmp(own, prefix) == 0)
		return true;
	for (size_t i = 0; ns && i < COUNT(namespaces); i++)
		if (strcmp(prefix, namespaces[i].prefix) == 0 &&
		    xmlStrEqual(ns->href, (xmlChar *)namespaces[i].href))
			return true;
	return false;
}

static bool name_fits(const struct step *step, const xmlNode *node)
{
	const char *name = (const char *)node->name;

	if (step->name && (*step->name != *name || strcmp(step->name, name)))
		return false;
	return (!step->name && !step->prefix) ||
	       prefix_fits(step->prefix, node->ns);
}

static bool fits(const struct step *step, const xmlNode *node)
{
	switch (step->test) {
	case TEST_NAME:
		return node->type == (step->axis == AXIS_ATTRIBUTE
					  ? XML_ATTRIBUTE_NODE
					  : XML_ELEMENT_NODE) &&
		       name_fits(step, node);
	case TEST_TEXT:
		return node_is_text(node);
	case TEST_COMMENT:
		return node->type == XML_COMMENT_NODE;
	case TEST_PI:
		return node->type == XML_PI_NODE &&
		       (!step->name ||
			strcmp(step->name, (const char *)node->name) == 0);
	default:
		return node->type != XML_DTD_NODE;
	}
}

/* --- axes -----------------------------------------------------------------*/

/* A step on its way: what it was told and what it found. */
struct walk {
	struct evaluation *evaluation;
	walk_value *value_of;
	const struct step *step;
	struct nodes found;
};

/* False where the evaluation is over. */
static bool visit(struct walk *walk, xmlNode *node)
{
	if (!evaluation_step(walk->evaluation))
		return false;
	if (fits(walk->step, node))
		nodes_add(walk->evaluation, &walk->found, node);
	return true;
}

static bool has_children(const xmlNode *node)
{
	return node->type == XML_ELEMENT_NODE ||
	       node->type == XML_DOCUMENT_NODE;
}

static bool is_wide(const xmlNode *parent)
{
	const xmlNode *child = parent->children;

	for (int i = 0; child && i < XPATH_INDEX_WIDE; i++)
		child = child->next;
	return child != NULL;
}

static void find_children(struct walk *walk, xmlNode *parent)
{
	struct xpath_index *index = walk->evaluation->host->index;
	const struct xpath_index_list *list;

	if (!has_children(parent))
		return;
	if (index && walk->step->test == TEST_NAME && walk->step->name &&
	    is_wide(parent)) {
		list = xpath_index_find(index, parent, walk->step->name);
		for (size_t i = 0; list && i < list->count; i++)
			if (!visit(walk, list->nodes[i]))
				return;
		return;
	}
	for (xmlNode *node = parent->children; node; node = node->next)
		if (!visit(walk, node))
			return;
}

static void find_below(struct walk *walk, xmlNode *top)
{
	xmlNode *node = has_children(top) ? top->children : NULL;

	while (node && visit(walk, node)) {
		if (has_children(node) && node->children) {
			node = node->children;
			continue;
		}
		while (!node->next && node->parent != top)
			node = node->parent;
		node = node->next;
	}
}

/* Backwards: the last of the tree first, each before its ancestors. */
static void find_below_backwards(struct walk *walk, xmlNode *top)
{
	xmlNode *node = top;

	while (has_children(node) && node->last)
		node = node->last;
	while (node != top && visit(walk, node)) {
		if (!node->prev) {
			node = node->parent;
			continue;
		}
		node = node->prev;
		while (has_children(node) && node->last)
			node = node->last;
	}
}

static void find_above(struct walk *walk, xmlNode *node)
{
	while ((node = node->parent) && visit(walk, node))
		;
}

static void find_siblings(struct walk *walk, xmlNode *node, bool forward)
{
	if (node->type == XML_ATTRIBUTE_NODE)
		return;
	while ((node = forward ? node->next : node->prev) && visit(walk, node))
		;
}

static void find_following(struct walk *walk, xmlNode *node)
{
	/* An attribute is followed by what is inside its element. */
	if (node->type == XML_ATTRIBUTE_NODE) {
		node = node->parent;
		find_below(walk, node);
	}
	for (; node && node->type != XML_DOCUMENT_NODE; node = node->parent)
		for (xmlNode *next = node->next; next; next = next->next) {
			if (!visit(walk, next))
				return;
			find_below(walk, next);
		}
}

static void find_preceding(struct walk *walk, xmlNode *node)
{
	if (node->type == XML_ATTRIBUTE_NODE)
		node = node->parent;
	for (; node && node->type != XML_DOCUMENT_NODE; node = node->parent)
		for (xmlNode *prev = node->prev; prev; prev = prev->prev) {
			find_below_backwards(walk, prev);
			if (!visit(walk, prev))
				return;
		}
}

static void find_attributes(struct walk *walk, xmlNode *node)
{
	if (node->type != XML_ELEMENT_NODE)
		return;
	for (xmlAttr *a = node->properties; a; a = a->next)
		if (!visit(walk, (xmlNode *)a))
			return;
}

static void find(struct walk *walk, xmlNode *node)
{
	switch (walk->step->axis) {
	case AXIS_SELF:
		visit(walk, node);
		break;
	case AXIS_CHILD:
		find_children(walk, node);
		break;
	case AXIS_PARENT:
		if (node->parent)
			visit(walk, node->parent);
		break;
	case AXIS_ATTRIBUTE:
		find_attributes(walk, node);
		break;
	case AXIS_DESCENDANT_OR_SELF:
		if (visit(walk, node))
			find_below(walk, node);
		break;
	case AXIS_DESCENDANT:
		find_below(walk, node);
		break;
	case AXIS_ANCESTOR_OR_SELF:
		if (visit(walk, node))
			find_above(walk, node);
		break;
	case AXIS_ANCESTOR:
		find_above(walk, node);
		break;
	case AXIS_FOLLOWING_SIBLING:
		find_siblings(walk, node, true);
		break;
	case AXIS_PRECEDING_SIBLING:
		find_siblings(walk, node, false);
		break;
	case AXIS_FOLLOWING:
		find_following(walk, node);
		break;
	case AXIS_PRECEDING:
		find_preceding(walk, node);
		break;
	}
}

/* --- predicates -----------------------------------------------------------*/

static bool holds(const struct walk *walk, const struct expr *predicate,
		  const struct context *context)
{
	struct evaluation *evaluation = walk->evaluation;
	struct scratch_mark mark = scratch_mark(&evaluation->memory);
	struct value value = walk->value_of(evaluation, predicate, context);
	bool kept = value.type == XPATH_NUMBER
			? value.number == (double)context->position
			: to_boolean(&value);

	scratch_return(&evaluation->memory, mark);
	return kept && !evaluation_stopped(evaluation);
}

/* A number that can be a position, or 0. */
static size_t whole(double number)
{
	if (!(number >= 1 && number <= XPATH_ITEMSET_STEPS_LIMIT))
		return 0;
	return number == floor(number) ? (size_t)number : 0;
}

/* Keeps of what was found from start on what the predicate holds for. */
static void filter(struct walk *walk, size_t start,
		   const struct expr *predicate)
{
	struct nodes *nodes = &walk->found;
	size_t kept = start, count = nodes->count - start, wanted;

	if (predicate->kind == EXPR_NUMBER) {
		wanted = whole(predicate->number);
		if (wanted && wanted <= count)
			nodes->list[kept++] = nodes->list[start + wanted - 1];
		nodes->count = kept;
		return;
	}
	for (size_t i = start; i < nodes->count; i++) {
		struct context context = { nodes->list[i], i - start + 1,
					   count };

		if (holds(walk, predicate, &context))
			nodes->list[kept++] = nodes->list[i];
		if (evaluation_stopped(walk->evaluation))
			break;
	}
	nodes->count = kept;
}

/* --- paths ----------------------------------------------------------------*/

/* In document order it is enough to look at neighbours. */
static bool is_disjoint(const struct nodes *nodes)
{
	for (size_t i = 1; i < nodes->count; i++)
		if (node_inside(nodes->list[i], nodes->list[i - 1]))
			return false;
	return true;
}

/* Sorts what was found from nodes, unless the axis makes that needless. */
static void put_in_order(struct walk *walk, const struct nodes *from)
{
	struct nodes *found = &walk->found;
	bool one = from->count == 1;

	switch (walk->step->axis) {
	case AXIS_SELF:
		found->disjoint = from->disjoint;
		return;
	case AXIS_CHILD:
	case AXIS_ATTRIBUTE:
		if (one || from->disjoint || is_disjoint(from)) {
			found->disjoint = true;
			return;
		}
		break;
	case AXIS_PARENT:
	case AXIS_FOLLOWING_SIBLING:
		if (one) {
			found->disjoint = true;
			return;
		}
		break;
	case AXIS_DESCENDANT:
	case AXIS_DESCENDANT_OR_SELF:
		if (one || from->disjoint || is_disjoint(from))
			return;
		break;
	case AXIS_FOLLOWING:
		if (one)
			return;
		break;
	default:
		break;
	}
	nodes_sort(walk->evaluation, found);
}

/* From the nodes found so far on to those that the step finds. */
static void take_step(struct walk *walk, const struct step *step)
{
	struct nodes from = walk->found;

	walk->step = step;
	walk->found = (struct nodes){ 0 };
	for (size_t i = 0; i < from.count; i++) {
		size_t start = walk->found.count;

		find(walk, from.list[i]);
		for (size_t p = 0; p < step->predicate_count; p++)
			filter(walk, start, step->predicates[p]);
		if (evaluation_stopped(walk->evaluation)) {
			walk->found.count = 0;
			return;
		}
	}
	put_in_order(walk, &from);
}

static xmlNode *document_of(const struct xpath_host *host)
{
	xmlNode *root = host->primary ? host->primary(host->to) : NULL;

	return root ? root->parent : NULL;
}

static struct nodes start_of(const struct walk *walk, const struct path *path,
			     const struct context *context)
{
	struct evaluation *evaluation = walk->evaluation;
	struct value value;

	if (path->start == START_CONTEXT)
		return of_node(evaluation, context->node).nodes;
	if (path->start == START_ROOT)
		return of_node(evaluation, document_of(evaluation->host)).nodes;
	value = walk->value_of(evaluation, path->filter, context);
	if (value.type != XPATH_NODES)
		evaluation_fail(evaluation, FAULT_FORMAT,
				"only a path can be filtered or go on");
	return value.nodes;
}

/*
 * What randomize() gave is not in document order: a filter, and children,
 * keep the order it made.
 */
struct nodes walk_path(struct evaluation *evaluation, const struct path *path,
		       const struct context *context, walk_value *value_of)
{
	struct walk walk = { .evaluation = evaluation, .value_of = value_of };
	struct nodes start = start_of(&walk, path, context);

	walk.found = start;
	if (path->predicate_count) {
		walk.found = (struct nodes){ .disjoint = start.disjoint };
		for (size_t i = 0; i < start.count; i++)
			nodes_add(evaluation, &walk.found, start.list[i]);
	}
	for (size_t i = 0; i < path->predicate_count; i++)
		filter(&walk, 0, path->predicates[i]);
	for (size_t i = 0; i < path->step_count && walk.found.count; i++)
		take_step(&walk, &path->steps[i]);
	return walk.found;
}
