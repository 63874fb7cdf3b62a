#pragma once

#include <stdbool.h>

#include "base/memory.h"

/*
 * Paths of the instance as forms write them in nodeset and ref: simple steps,
 * "/data/a", "../a", "current()/../a", " /data/a ", "a". Predicates are left
 * out: a path here names a field, not a node.
 */

/*
 * The absolute path of reference seen from the field at context ("/data/grp",
 * or NULL for the root's parent). The caller frees it. NULL where reference is
 * no such path, or climbs above the root.
 */
char *path_resolve(const char *context, const char *reference);

/* Drops the predicates of any expression, quoted brackets aside: what is left
 * of an itemset's nodeset gives the unfiltered list. The caller frees it. */
char *path_without_predicates(const char *expression);
