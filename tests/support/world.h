#pragma once

#include <libxml/tree.h>
#include <stdbool.h>
#include <stdint.h>

#include "xpath/index.h"
#include "xpath/xpath.h"

/*
 * A small world for expressions: a primary instance, the choice list "cities"
 * and a host over both. Its clock stands at 2020-02-03T12:00:00Z.
 */
struct world {
	xmlDoc *primary, *cities;
	struct xpath_index *index;
	struct xpath_host host;
	uint64_t steps;
	double chance;         /* what random() gives */
	const xmlNode *hidden; /* the node that is not relevant, or NULL */
};

/* The document of the oracle's probes, or one of the test's own. */
void world_init(struct world *world, const char *xml);
void world_done(struct world *world);

/* The first node of a plain path of names below the root: "rep/v". */
xmlNode *world_node(struct world *world, const char *path);

/*
 * What expression gives at the node (NULL: the root), as it would be stored;
 * "!" and the message where it is refused or fails. The caller frees it.
 */
char *world_ask(struct world *world, xmlNode *node, const char *expression);

/* Fails the test with both where the answer is not exactly expected. */
void world_expect(struct world *world, xmlNode *node, const char *expression,
		  const char *expected);
