#pragma once

#include "desk/desk.h"
#include "record/kind.h"

/*
 * A panel that finds one entity of a kind by typing: a worker, a team, a
 * person. What is typed leaves the rows that have all its words.
 */
struct lookup {
	const char *title; /* words, not a key */
	const struct kind *kind;
	const char *none; /* words of a row that picks nothing, or NULL */

	/* id 0: nothing. The panel is closed already. to must outlive it: the
	 * state of the screen below. */
	void (*done)(struct desk *desk, void *to, int64_t id);
	void *to;
};

extern const struct view desk_lookup_screen; /* about: struct lookup */

/* The same in one call; what lookup points to is copied. */
void lookup_open(struct desk *desk, const struct lookup *lookup);
