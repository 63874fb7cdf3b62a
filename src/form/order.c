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

static void make_lists(struct walk *walk, size_t count, size_t edge_count)
{
	walk->first = xcalloc(count + 1, sizeof(size_t));
	walk->target = xcalloc(edge_count + 1, sizeof(uint32_t));
	walk->next = xcalloc(count + 1, sizeof(size_t));
}

static void free_lists(struct walk *walk)
{
	free(walk->first);
	free(walk->target);
	free(walk->next);
}

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
		.index = xcalloc(count + 1, sizeof(uint32_t)),
		.low = xcalloc(count + 1, sizeof(uint32_t)),
		.stack = xcalloc(count + 1, sizeof(uint32_t)),
		.path = xcalloc(count + 1, sizeof(uint32_t)),
		.component = component,
	};

	make_lists(&walk, count, edge_count);
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
	free_lists(&walk);
	free(walk.index);
	free(walk.low);
	free(walk.stack);
	free(walk.path);
}

/* The vertices from start to last, as they were come to. */
static size_t trace(const uint32_t *from, uint32_t start, uint32_t last,
		    uint32_t *circle)
{
	size_t length = 1;

	for (uint32_t v = last; v != start; v = from[v])
		length++;
	for (size_t i = length; i-- > 0; last = from[last])
		circle[i] = last;
	return length;
}

/* Breadth first; circle holds what is still to be looked at, until traced. */
size_t order_circle(size_t count, const struct order_edge *edges,
		    size_t edge_count, uint32_t start, uint32_t *circle)
{
	struct walk walk = { 0 };
	uint32_t *from = xcalloc(count, sizeof *from);
	size_t looked = 0, seen = 0, length = 0;

	make_lists(&walk, count, edge_count);
	list_targets(&walk, count, edges, edge_count, false);
	memset(from, 0xff, count * sizeof *from);
	circle[seen++] = start;
	from[start] = start;
	while (!length && looked < seen) {
		uint32_t v = circle[looked++];

		for (size_t i = walk.first[v]; i < walk.first[v + 1]; i++) {
			uint32_t to = walk.target[i];

			if (to == start) {
				length = trace(from, start, v, circle);
				break;
			}
			if (from[to] != UNMET)
				continue;
			from[to] = v;
			circle[seen++] = to;
		}
	}
	free_lists(&walk);
	free(from);
	return length;
}
