#pragma once

#include <libxml/tree.h>

#include "xpath/evaluation.h"

/* Nodes on their way through an evaluation, in its memory. */
struct nodes {
	xmlNode **list;
	size_t count, room;
	bool disjoint; /* in document order, none inside another */
};

void nodes_add(struct evaluation *evaluation, struct nodes *nodes,
	       xmlNode *node);
/* Document order, each node once. */
void nodes_sort(struct evaluation *evaluation, struct nodes *nodes);

/* Whether a node is inside another, or is it. */
bool node_inside(const xmlNode *node, const xmlNode *other);
int node_depth(const xmlNode *node); /* how many nodes are above it */
bool node_is_text(const xmlNode *node);
