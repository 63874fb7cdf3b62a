#pragma once

#include <stddef.h>

#include "desk/desk.h"

/*
 * A small screen over the desk: a heading, a list to pick from, and, where the
 * pick wants one, a reason to be written. Level, outcome and the quiet flag
 * are three of them.
 */
#define CHOOSE_ROWS 8

struct choose {
	const char *heading;
	const char *rows[CHOOSE_ROWS]; /* catalogue keys, NULL ends */
	const char *reason; /* label of the reason asked; NULL: none */
	void (*chosen)(struct desk *desk, size_t row, const char *reason);
};

MUST_CHECK enum fault choose_enter(struct desk *desk,
				   const struct choose *choose, void **state);
void choose_draw(void *state, struct canvas *canvas);
enum screen_next choose_key(void *state, const struct ui_event *event);
void choose_leave(void *state);
