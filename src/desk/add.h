#pragma once

#include "desk/desk.h"
#include "record/entity.h"

/*
 * Asks what is to be added to a person or a household (a contact, a note, a
 * meeting) and opens an empty sheet of it that refers to them already. What can
 * be added stands in a table in desk/add.c.
 * to is in the state of the screen below.
 */
void add_open(struct desk *desk, const struct entity_name *to);

/* The kinds that belong to nobody yet and that this role may make: a person who
 * telephones, a household, a team. NULL behind the last. */
const struct kind *add_top(const struct desk *desk, size_t index);
bool add_may(const struct desk *desk, const struct kind *kind);

/* Opens an empty sheet of one of these; what is saved is opened. */
void add_new(struct desk *desk, const struct kind *kind);
