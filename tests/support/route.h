#pragma once

#include <jansson.h>
#include <stdbool.h>

#include "ui/canvas.h"

/*
 * The way of a made-up visitor through an agency's form, worked out beside the
 * kiosk: the screens they meet, from the choice of a language to the paper, and
 * the keys they press on each.
 */
struct route {
	const char *home;      /* the agency's, with its settings and form */
	const json_t *answers; /* by node name, as the personas have them */
	const char *tag;       /* the language walked in, beside English */
	const char *answer;    /* what the form calls it */
	int rows, columns;
	bool plates; /* the terminal shows pictures */

	/* Meets a screen, whose first question has a name; NULL: nobody looks.
	 */
	void (*meets)(void *to, const struct canvas *canvas, const char *name);
	/* One key's bytes: "\033[H", "1". */
	void (*presses)(void *to, const char *key);
	void *to;
};

/* Walks all of it; the last key confirms the paper. Fails the test where the
 * form does not take an answer. */
void route_walk(const struct route *route);
