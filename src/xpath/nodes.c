#include "xpath/nodes.h"

#include <assert.h>
#include <stdint.h>
#include <string.h>

#define FEW 8 /* as many are sorted by comparing; more, by a walk */

void nodes_add(struct evaluation *evaluation, struct nodes *nodes,
	       xmlNode *node)
{
	if (nodes->count == nodes->room) {
		size_t room = nodes->room ? 2 * nodes->room : 4;
		xmlNode **larger =
		    evaluation_take(evaluation, room * sizeof *larger);

		if (!larger)
			return;
		if (nodes->count)
			memcpy(larger, nodes->list,
			       nodes->count * sizeof *larger);
		nodes->list = larger;
		nodes->room = room;
	}
	nodes->list[nodes->count++] = node;
}

bool node_inside(const xmlNode *node, const xmlNode *other)
{
	while (node && node != other)
		node = node->parent;
	return node != NULL;
}

static void drop_repeated(struct nodes *nodes)
{
	size_t kept = 0;

	for (size_t i = 0; i < nodes->count; i++)
		if (!kept || nodes->list[kept - 1] != nodes->list[i])
			nodes->list[kept++] = nodes->list[i];
	nodes->count = kept;
}

bool node_is_text(const xmlNode *node)
{
	return node->type == XML_TEXT_NODE ||
	       node->type == XML_CDATA_SECTION_NODE;
}

static xmlNode *top_of(xmlNode *node)
{
	while (node->parent)
		node = node->parent;
	return node;
}

int node_depth(const xmlNode *node)
{
	int depth = 0;

	while ((node = node->parent))
		depth++;
	return depth;
}

/* Which of two children of one parent comes first: attributes do. */
static bool sibling_before(const xmlNode *a, const xmlNode *b)
{
	const xmlNode *after_a = a, *after_b = b;

	if ((a->type == XML_ATTRIBUTE_NODE) != (b->type == XML_ATTRIBUTE_NODE))
		return a->type == XML_ATTRIBUTE_NODE;
	/* From both at once, so that neighbours in a long list are quick. */
	for (;;) {
		assert(after_a || after_b);
		if (after_a)
			after_a = after_a->next;
		if (after_a == b)
			return true;
		if (after_b)
			after_b = after_b->next;
		if (after_b == a)
			return false;
	}
}

/* Whether a comes before b in document order. */
static bool is_before(const xmlNode *a, const xmlNode *b)
{
	int depth_a = node_depth(a), depth_b = node_depth(b);
	bool inside = depth_a < depth_b; /* which of them would be the outer */

	if (a == b)
		return false;
	for (; depth_a > depth_b; depth_a--)
		a = a->parent;
	for (; depth_b > depth_a; depth_b--)
		b = b->parent;
	if (a == b)
		return inside;
	while (a->parent != b->parent) {
		a = a->parent;
		b = b->parent;
	}
	return sibling_before(a, b);
}

static void sort_few(struct nodes *nodes)
{
	for (size_t i = 1; i < nodes->count; i++) {
		xmlNode *node = nodes->list[i];
		size_t at = i;

		while (at && is_before(node, nodes->list[at - 1])) {
			nodes->list[at] = nodes->list[at - 1];
			at--;
		}
		nodes->list[at] = node;
	}
	drop_repeated(nodes);
}

/* A set of nodes with open addressing. */
struct node_set {
	xmlNode **slots;
	size_t mask;
};

static xmlNode **slot_of(const struct node_set *set, const xmlNode *node)
{
	size_t at = ((uintptr_t)node >> 4) * UINT64_C(0x9E3779B97F4A7C15) >> 20;

	for (;; at++) {
		xmlNode **slot = &set->slots[at & set->mask];

		if (!*slot || *slot == node)
			return slot;
	}
}

static bool make_set(struct evaluation *evaluation, const struct nodes *nodes,
		     struct node_set *set)
{
	size_t size = 16;

	while (size < 2 * nodes->count)
		size *= 2;
	set->mask = size - 1;
	set->slots = evaluation_take(evaluation, size * sizeof *set->slots);
	if (!set->slots)
		return false;
	for (size_t i = 0; i < nodes->count; i++)
		*slot_of(set, nodes->list[i]) = nodes->list[i];
	return true;
}

static void keep(struct evaluation *evaluation, const struct node_set *set,
		 xmlNode *node, struct nodes *sorted)
{
	if (*slot_of(set, node) == node)
		nodes_add(evaluation, sorted, node);
}

/* Every node of a tree in document order; those of the set are kept. */
static void walk_tree(struct evaluation *evaluation, xmlNode *top,
		      const struct node_set *set, struct nodes *sorted)
{
	xmlNode *node = top;

	while (node && evaluation_step(evaluation)) {
		keep(evaluation, set, node, sorted);
		if (node->type == XML_ELEMENT_NODE)
			for (xmlAttr *a = node->properties; a; a = a->next)
				keep(evaluation, set, (xmlNode *)a, sorted);
		if (node->children && (node->type == XML_ELEMENT_NODE ||
				       node->type == XML_DOCUMENT_NODE)) {
			node = node->children;
			continue;
		}
		while (node != top && !node->next)
			node = node->parent;
		node = node == top ? NULL : node->next;
	}
}

static void sort_many(struct evaluation *evaluation, struct nodes *nodes)
{
	struct nodes sorted = { 0 };
	struct node_set set, tops;
	struct nodes roots = { 0 };

	if (!make_set(evaluation, nodes, &set) ||
	    !make_set(evaluation, nodes, &tops))
		return;
	memset(tops.slots, 0, (tops.mask + 1) * sizeof *tops.slots);
	for (size_t i = 0; i < nodes->count; i++) {
		xmlNode *top = top_of(nodes->list[i]);
		xmlNode **slot = slot_of(&tops, top);

		if (!*slot)
			nodes_add(evaluation, &roots, *slot = top);
	}
	for (size_t i = 0; i < roots.count; i++)
		walk_tree(evaluation, roots.list[i], &set, &sorted);
	*nodes = sorted;
}

/* Whether they can be compared: nodes of several documents cannot. */
static bool is_one_tree(const struct nodes *nodes)
{
	for (size_t i = 1; i < nodes->count; i++)
		if (top_of(nodes->list[i]) != top_of(nodes->list[0]))
			return false;
	return true;
}

void nodes_sort(struct evaluation *evaluation, struct nodes *nodes)
{
	nodes->disjoint = nodes->count < 2;
	if (nodes->count < 2)
		return;
	if (nodes->count <= FEW && is_one_tree(nodes))
		sort_few(nodes);
	else
		sort_many(evaluation, nodes);
}
