#pragma once

#include <libxml/tree.h>
#include <stddef.h>

#include "base/memory.h"

/*
 * The element children of wide parents by name, so that /data/x costs the same
 * under a root of ten children and of ten thousand. It fills itself as
 * expressions pass; whoever changes a tree tells it.
 */
struct xpath_index;

#define XPATH_INDEX_WIDE 16 /* fewer children are looked through instead */

struct xpath_index *xpath_index_new(void);        /* the caller frees it */
void xpath_index_free(struct xpath_index *index); /* NULL is fine */
DEFINE_SCOPED(struct xpath_index, xpath_index_free)

/*
 * Must be called when children of parent are added, removed or renamed, before
 * the next evaluation; for a removed node that had children of its own, or a
 * document that is freed, xpath_index_forget_all().
 */
void xpath_index_forget(struct xpath_index *index, const xmlNode *parent);
void xpath_index_forget_all(struct xpath_index *index);

/*
 * The children of parent that are called name, in document order, whatever
 * their namespace. They belong to the index until it forgets parent. Makes the
 * entry where there is none, which passes every child once.
 */
struct xpath_index_list {
	xmlNode **nodes;
	size_t count, room;
};
const struct xpath_index_list *
xpath_index_find(struct xpath_index *index, xmlNode *parent, const char *name);
