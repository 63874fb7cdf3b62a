#pragma once

#include "desk/desk.h"

/* The selected answer of an opened ticket in full: an action's two functions,
 * which other screens than a ticket's are not offered. */
bool ticket_may_read(const struct desk *desk, const void *state);
void ticket_read(struct desk *desk, void *state);
