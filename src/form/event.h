#pragma once

#include "form/node.h"

/* Preloads and setvalues. */

void event_first_load(struct run *run);
void event_new_repeat(struct node *instance);

/* Performs the setvalues that changes put aside; false if nothing was. */
bool event_perform(struct run *run);

/* The value of a field's preload now, for the caller; NULL if it has none. */
char *event_preload(struct run *run, const struct preload *preload);
