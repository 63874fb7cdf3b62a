#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/memory.h"

/*
 * Which of many things comes before which. An edge says that from needs to; a
 * soft one that it would rather have it first, and can do without.
 */
struct order_edge {
	uint32_t from, to;
	bool soft;
};

/*
 * The strongly connected components over the edges (Tarjan): component[v] is
 * the number of v's, and what v needs has a lower number or the same. Soft
 * edges count only where soft is set.
 */
void order_components(size_t count, const struct order_edge *edges,
		      size_t edge_count, bool soft, uint32_t *component);

/*
 * A shortest circle of hard edges through start, which must be in one: writes
 * its vertices to circle, which has room for count of them, start first and
 * each needing the next. Returns how many they are.
 */
size_t order_circle(size_t count, const struct order_edge *edges,
		    size_t edge_count, uint32_t start, uint32_t *circle);
