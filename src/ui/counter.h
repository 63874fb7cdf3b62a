#pragma once

#include <stdbool.h>

#include "ui/canvas.h"
#include "ui/key.h"

/*
 * A whole number with a key on each side to make it less and more. It begins
 * blank: no number is suggested. Up and + count up, down and -
 * count down, digits are typed, Backspace takes one away. Left and right are
 * left to the caller.
 *
 *      −      3      +
 */
struct counter {
	int least, most; /* 0 or more */
	bool is_set;     /* false: blank */
	int value;
	const char *words; /* shown instead of the value; NULL: the value */
	struct canvas_area less, more; /* on the screen, when last drawn */
};

enum counter_event {
	COUNTER_IGNORED,
	COUNTER_CHANGED,
	COUNTER_REFUSED, /* below least, above most */
	COUNTER_ENTERED,
};

#define COUNTER_CELLS 21 /* the width it needs */

void counter_draw(struct counter *counter, struct canvas *canvas,
		  struct canvas_area area, const char *language, bool focused);
enum counter_event counter_key(struct counter *counter,
			       const struct ui_event *event);
