#pragma once

#include <stdbool.h>

#include "base/fault.h"
#include "ui/screen.h"

struct canvas;
struct desk;
struct action;

/* A sign that a screen uses, and what it means: rows of its help. */
struct view_mark {
	const char *sign, *about; /* about: catalogue */
};

/*
 * One kind of screen of the desk. To add one: give it a file of its own that
 * exports one of these, declare it in desk/screens.h, and open it with
 * desk_open() from an action; a kind of entry that has a screen of its own
 * names it in desk/open.c. The frame (desk/frame.h), the keys line, the help
 * and ":" need nothing more: they are made from its actions.
 *
 * What it shows comes in as about, which it copies; its state is its own.
 */
struct view {
	const char *name; /* "person": its id in the log and in suggestions */

	/* What can be done on it beside what a desk always can; a row without
	 * a key ends them. NULL: nothing. */
	const struct action *actions;
	const struct view_mark *marks; /* a NULL sign ends them; or NULL */

	/* A NULL state: it cannot be shown, and the message line says why. */
	MUST_CHECK enum fault (*enter)(struct desk *desk, const void *about,
				       void **state);
	void (*draw)(void *state, struct canvas *canvas);
	enum screen_next (*key)(void *state, const struct ui_event *event);

	/* It leaves room for the screen below, which is drawn first: a panel
	 * (desk/frame.h). */
	bool over;

	/* Letters belong to what is written now; NULL: never. */
	bool (*writing)(const void *state);

	/* Somebody, here or at another desk, changed the record, or the screen
	 * above was left: it reads anew, and keeps cursor and typed text. NULL:
	 * nothing of the record is on it. */
	void (*refresh)(void *state);

	/* It has work for its next tick, which shall come at once; NULL: never.
	 */
	bool (*busy)(const void *state);

	/* About once a second; NULL: it has no use for time. */
	enum screen_next (*tick)(void *state, int64_t moment);

	/* Something is written that was not saved. It is not left then, but
	 * told to ask what becomes of it. Both or neither. */
	bool (*holds)(const void *state);
	void (*ask)(void *state);

	void (*leave)(void *state);
};

/* For screens whose letters always are text. */
bool view_writes(const void *state);
