#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "ui/key.h"

struct desk;

/*
 * Something that can be done: one letter for one act, the same on every screen.
 * A screen brings its own (desk/view.h), the desk has some that work on all of
 * them (desk/actions.c); the keys line, the help and ":" are made from both.
 */
struct action {
	char key;
	const char *word;  /* catalogue: short, for the keys line and ":" */
	const char *about; /* catalogue: a sentence, for the help */

	/* Both are handed the uppermost screen's state, which only that
	 * screen's own actions know. NULL: always. */
	bool (*offered)(const struct desk *desk, const void *state);
	void (*run)(struct desk *desk, void *state);
};

/*
 * The actions of the uppermost screen, then those of the desk, counted from 0;
 * NULL behind the last.
 */
const struct action *action_at(const struct desk *desk, size_t index);

/* Whether it can be done now, and no action before it has its letter. */
bool action_offered(const struct desk *desk, size_t index);

/* Whether it is one of the desk's that are done seldom: ":" and the help have
 * it, the keys line does not. */
bool action_aside(const struct desk *desk, size_t index);

/* How its key is written: "c", "enter", "esc". */
const char *action_sign(const struct action *action, char letter[2]);

/* Runs one that can be done now. */
void action_run(struct desk *desk, size_t index);

/* A click on the keys line does what its letter does. */
bool action_click(struct desk *desk, const struct ui_event *event);

/* Runs the action of a letter, Enter or Escape if it is offered now, and its
 * letter is not text. */
bool action_key(struct desk *desk, const struct ui_event *event);
