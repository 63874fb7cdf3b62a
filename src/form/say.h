#pragma once

#include "form/node.h"

/* Words in the run's language. */

/*
 * The words, seen from node; outputs are evaluated at the XML node at. form is
 * the form of an itext value ("short"), NULL for the plain one. NULL where
 * there is none. The caller frees it.
 */
char *say(struct node *node, const struct words *words, xmlNode *at,
	  const char *form);

/* Whether answers stand in the words as the form writes them: an output, or all
 * of it taken from a node; seen as say() sees them. */
bool say_quotes(struct node *node, const struct words *words, xmlNode *at);

/* The plain text of an itext id, for the host; the caller frees it. */
char *say_itext(struct node *node, const char *id, xmlNode *at,
		const char *form);
