#pragma once

#include <libxml/tree.h>
#include <stddef.h>

/*
 * What libxml2's own XPath 1.0 makes of a path: count of its nodes, in
 * document order, the first of them (at most room) in nodes; -1 where it
 * refuses. A file of its own, since its header and ours share names.
 */
int peer_nodes(xmlNode *context, const char *path, xmlNode **nodes, int room);
