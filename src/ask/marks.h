#pragma once

#include "ask/scale.h"
#include "form/run.h"
#include "ui/canvas.h"

/* The words that a form gives some values of a range: 1 "Bad", 5 "Good". */
struct marks {
	struct mark *all; /* by place */
	size_t count;
};

struct mark {
	size_t place; /* of the scale */
	char *label;  /* as a person hears it */
	char *value;  /* as the form writes it */
	bool quotes;  /* answers stand in the label */
};

/* In the run's language now; values that the scale has not are left out.
 * Release with marks_done(). */
void marks_of(struct node *node, const struct scale *scale,
	      struct marks *marks);
void marks_done(struct marks *marks);

/* The mark of the value at a place; NULL where it has none. */
const struct mark *marks_at(const struct marks *marks, size_t place);

/* Below a line of cells, each at its value as far as the next leaves it room;
 * area is below the line and as wide as may be drawn on. */
void marks_draw(const struct marks *marks, const struct scale *scale,
		struct canvas *canvas, const struct canvas_area *line,
		const struct canvas_area *area, const char *language);
