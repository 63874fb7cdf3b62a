#pragma once

#include "desk/desk.h"
#include "record/entity.h"

/*
 * A sheet: any entity as rows of its kind's fields, the agency's own among
 * them. Enter edits a row: a line, a text of several lines, codes and yes
 * picked by number, a day as people say it, a link found by typing. Nothing is
 * kept before it is saved; where the kind asks for it, the source is chosen
 * once a save. What two desks changed at once is shown side by side.
 */
struct sheet_about {
	const struct kind *kind;
	int64_t id; /* 0: a new one */
	/* Values that a new one begins with; a NULL field ends them. NULL:
	 * none. */
	const struct entity_match *given;
	/* A new one was saved, and the sheet is closed. NULL: nothing. to must
	 * outlive it: the state of the screen below. */
	void (*saved)(struct desk *desk, void *to, int64_t id);
	void *to;
};

extern const struct view desk_sheet_screen; /* about: struct sheet_about */
