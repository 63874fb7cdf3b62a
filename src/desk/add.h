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
