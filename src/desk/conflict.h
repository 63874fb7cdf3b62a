#pragma once

#include "desk/desk.h"
#include "record/entity.h"

/*
 * Two desks changed the same fields: both values side by side, with who and
 * when, and each is chosen. Nothing that anybody wrote is thrown away unseen.
 */
struct conflict {
	const struct entity *mine; /* outlives the screen, as to does */
	enum source source;
	/* Saved as chosen; it takes the entity over. The screen is closed. */
	void (*done)(struct desk *desk, void *to, struct entity *saved);
	void *to;
};

extern const struct view desk_conflict_screen; /* about: struct conflict */
