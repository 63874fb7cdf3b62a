#include "form/order.h"

#include <stdlib.h>
#include <string.h>

/*
 * Tarjan's algorithm with its own stack: a chain of five thousand calculates
 * must not become as many nested calls.
 */
struct walk {
	size_t *first; /* of each vertex's targets; one more at the end */
	uint32_t *target;
	size_t *next; /* where each vertex's own loop stands */
	uint32_t *index, *low;
	uint32_t *stack, *path; /* not yet in a component; being visited */
	size_t stacked, depth;
	uint32_t met, components;
	uint32_t *component;
};

#define UNMET UINT32_MAX

static void list_targets(struct walk *walk, size_t count,
			 const struct order_edge *edges, size_t edge_count,
			 bool soft)
{
	for (size_t i = 0; i < edge_count; i++) {
		if (soft || !edges[i].soft)
			walk->first[edges[i].from + 1]++;
	}
	for (size_t v = 0; v < count; v++)
		walk->first[v + 1] += walk->first[v];
	memcpy(walk->next, walk->first, count * sizeof *walk->next);
	for (size_t i = 0; i < edge_count; i++) {
		if (soft || !edges[i].soft)
			walk->target[walk->next[edges[i].from]++] = edges[i].to;
	}
	memcpy(walk->next, walk->first, count * sizeof *walk->next);
}

static void enter(struct walk *walk, uint32_t v)
{
	walk->index[v] = walk->low[v] = walk->met++;
	walk->stack[walk->stacked++] = v;
	walk->path[walk->depth++] = v;
}

static void leave(struct walk *walk, uint32_t v)
{
	walk->depth--;
	if (walk->depth) {
		uint32_t above = walk->path[walk->depth - 1];

		if (walk->low[v] < walk->low[above])
			walk->low[above] = walk->low[v];
	}
	if (walk->low[v] != walk->index[v])
		return;
	uint32_t member;
	do {
		member = walk->stack[--walk->stacked];
		walk->component[member] = walk->components;
	} while (member != v);
	walk->components++;
}

static void step(struct walk *walk)
{
	uint32_t v = walk->path[walk->depth - 1];

	if (walk->next[v] == walk->first[v + 1]) {
		leave(walk, v);
		return;
	}
	uint32_t to = walk->target[walk->next[v]++];
	if (walk->index[to] == UNMET)
		enter(walk, to);
	else if (walk->component[to] == UNMET && walk->index[to] < walk->low[v])
		walk->low[v] = walk->index[to];
}

void order_components(size_t count, const struct order_edge *edges,
		      size_t edge_count, bool soft, uint32_t *component)
{
	struct walk walk = {
		.first = xcalloc(count + 1, sizeof(size_t)),
		.target = xcalloc(edge_count + 1, sizeof(uint32_t)),
		.next = xcalloc(count + 1, sizeof(size_t)),
		.index = xcalloc(count + 1, sizeof(uint32_t)),
		.low = xcalloc(count + 1, sizeof(uint32_t)),
		.stack = xcalloc(count + 1, sizeof(uint32_t)),
		.path = xcalloc(count + 1, sizeof(uint32_t)),
		.component = component,
	};

	list_targets(&walk, count, edges, edge_count, soft);
	memset(walk.index, 0xff, count * sizeof(uint32_t));
	memset(component, 0xff, count * sizeof(uint32_t));
	for (uint32_t v = 0; v < count; v++) {
		if (walk.index[v] != UNMET)
			continue;
		enter(&walk, v);
		while (walk.depth)
			step(&walk);
	}
	free(walk.first);
	free(walk.target);
	free(walk.next);
	free(walk.index);
	free(walk.low);
	free(walk.stack);
	free(walk.path);
}
