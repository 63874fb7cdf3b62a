#pragma once

#include <stddef.h>

#include "desk/desk.h"

/*
 * A panel with a list to pick one row from, or several, by number, arrows or
 * mouse; Tab ends the picking of several.
 */
struct pick {
	const char *title;       /* words, not a key */
	const char *const *rows; /* words, too */
	const bool *checked;     /* as many; the picked one, or several; NULL */
	size_t count;            /* 1 to CHOICE_MAX (ui/choice.h) */
	const char *none; /* words of a last row that picks nothing, or NULL */
	bool several;

	/* The rows picked, in their order; none of them with count 0. The
	 * panel is closed already. to must outlive it: the state of the screen
	 * below. */
	void (*done)(struct desk *desk, void *to, const size_t *rows,
		     size_t count);
	void *to;
};

extern const struct view desk_pick_screen; /* about: struct pick */

/* The same in one call; what pick points to is copied. */
void pick_open(struct desk *desk, const struct pick *pick);
