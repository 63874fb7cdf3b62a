#pragma once

#include "form/node.h"

/* The instances of a repeat. Whoever changes them settles the run. */

/* Whether a range can take no more: FORM_REPEAT_LIMIT, RUN_NODES_LIMIT. */
bool repeat_is_full(const struct node *range);

/* Makes a range have count instances, taking from the end. */
void repeat_resize(struct node *range, double count);

/* A new last instance of a range that is not full; and one taken away. */
void repeat_add(struct node *range);
void repeat_remove(struct node *instance);
