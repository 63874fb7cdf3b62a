#pragma once

#include <stdbool.h>

#include "ui/canvas.h"
#include "ui/key.h"

/*
 * A part of a date or a time that is made more and less: an arrow above it,
 * what it is, an arrow below. What each does is the caller's affair.
 *
 *      ▴
 *      12
 *      ▾
 */
struct spin {
	/* On the screen when last drawn; of no width: not drawn. */
	struct canvas_area above, part, below;
};

struct spin_look {
	const char *text, *language;
	bool focused;
	bool blank; /* the text only says what belongs there */
};

/* Arrows want three rows of an area, and are larger in six; below that the part
 * has all of them. */
void spin_draw(struct spin *spin, struct canvas *canvas,
	       struct canvas_area area, const struct spin_look *look);

enum spin_touch { SPIN_MISSED, SPIN_MORE, SPIN_LESS, SPIN_ITSELF };

enum spin_touch spin_touched(const struct spin *spin,
			     const struct ui_event *event);
