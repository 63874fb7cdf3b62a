#pragma once

#include "desk/desk.h"
#include "record/entity.h"

/* Opens an entity: on the screen that its kind has (the table in desk/open.c),
 * else as a sheet. */
void open_entity(struct desk *desk, const struct kind *kind, int64_t id);

/* Opens an empty sheet of a kind; given and the rest as desk/sheet.h has it. */
struct sheet_about;
void open_new(struct desk *desk, const struct sheet_about *about);
