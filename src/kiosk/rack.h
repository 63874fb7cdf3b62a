#pragma once

#include "kiosk/visit.h"
#include "ui/choice.h"

/*
 * A screen of things to look at, one of which is chosen: languages, needs,
 * services. Each is a table; the screen_ops functions below are shared by all
 * of them. Nothing that is chosen here is an answer.
 */
struct rack_ways {
	/* A row was chosen. */
	void (*picked)(struct visit *visit, size_t row);
	/* The way out: back, or its key. */
	void (*back)(struct visit *visit);
	/* The key of a row's recording; NULL: none has one. */
	const char *(*key)(const struct visit *visit, size_t row);
	int columns; /* at most */
};

struct rack_about {
	const struct rack_ways *ways;
	const char *heading;           /* catalogue key */
	const struct drawing *picture; /* beside it; NULL: none */
	const struct choice_row *rows; /* copied; 1 or more */
	size_t count, selected;
};

MUST_CHECK enum fault rack_enter(struct visit *visit,
				 const struct rack_about *about, void **state);
void rack_draw(void *state, struct canvas *canvas);
void rack_say(void *state, struct prompts *out);
enum screen_next rack_key(void *state, const struct ui_event *event);
void rack_leave(void *state);
