#include "xpath/index.h"

#include <libxml/hash.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>

/*
 * Parents by address (open addressing; a forgotten one leaves its slot taken
 * and empty), and in each a libxml2 table of lists by name.
 */
struct parent {
	const xmlNode *node; /* NULL: the slot is free */
	xmlHashTable *names; /* NULL: forgotten */
};

struct xpath_index {
	struct parent *slots;
	size_t size, used; /* size is a power of two, or 0 */
};

struct xpath_index *xpath_index_new(void)
{
	return xcalloc(1, sizeof(struct xpath_index));
}

static void free_list(void *payload, const xmlChar *name)
{
	struct xpath_index_list *list = payload;

	(void)name;
	free(list->nodes);
	free(list);
}

static void forget(struct parent *parent)
{
	if (parent->names)
		xmlHashFree(parent->names, free_list);
	parent->names = NULL;
}

void xpath_index_forget_all(struct xpath_index *index)
{
	for (size_t i = 0; i < index->size; i++)
		forget(&index->slots[i]);
	free(index->slots);
	*index = (struct xpath_index){ 0 };
}

void xpath_index_free(struct xpath_index *index)
{
	if (!index)
		return;
	xpath_index_forget_all(index);
	free(index);
}

static struct parent *slot_of(const struct xpath_index *index,
			      const xmlNode *node)
{
	uint64_t at =
	    ((uintptr_t)node >> 4) * UINT64_C(0x9E3779B97F4A7C15) >> 20;

	for (;; at++) {
		struct parent *slot = &index->slots[at & (index->size - 1)];

		if (!slot->node || slot->node == node)
			return slot;
	}
}

static void grow(struct xpath_index *index)
{
	struct xpath_index larger = { .size =
					  index->size ? 2 * index->size : 16 };

	larger.slots = xcalloc(larger.size, sizeof *larger.slots);
	for (size_t i = 0; i < index->size; i++)
		if (index->slots[i].names) {
			*slot_of(&larger, index->slots[i].node) =
			    index->slots[i];
			larger.used++;
		}
	free(index->slots);
	*index = larger;
}

void xpath_index_forget(struct xpath_index *index, const xmlNode *parent)
{
	if (index->size)
		forget(slot_of(index, parent));
}

static void add(xmlHashTable *names, xmlNode *node)
{
	struct xpath_index_list *list = xmlHashLookup(names, node->name);

	if (!list) {
		list = xcalloc(1, sizeof *list);
		if (xmlHashAddEntry(names, node->name, list) != 0)
			abort();
	}
	if (list->count == list->room) {
		list->room = list->room ? 2 * list->room : 1;
		list->nodes =
		    xreallocarray(list->nodes, list->room, sizeof *list->nodes);
	}
	list->nodes[list->count++] = node;
}

static xmlHashTable *names_of(xmlNode *parent)
{
	xmlHashTable *names = xmlHashCreate(XPATH_INDEX_WIDE);

	if (!names)
		abort();
	for (xmlNode *node = parent->children; node; node = node->next)
		if (node->type == XML_ELEMENT_NODE)
			add(names, node);
	return names;
}

const struct xpath_index_list *
xpath_index_find(struct xpath_index *index, xmlNode *parent, const char *name)
{
	struct parent *slot;

	if (2 * (index->used + 1) > index->size)
		grow(index);
	slot = slot_of(index, parent);
	if (!slot->node) {
		slot->node = parent;
		index->used++;
	}
	if (!slot->names)
		slot->names = names_of(parent);
	return xmlHashLookup(slot->names, (const xmlChar *)name);
}
