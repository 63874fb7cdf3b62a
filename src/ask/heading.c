#include "ask/heading.h"

#include <limits.h>

#define LARGER 150 /* percent: the size above the usual one */

int heading_smaller(int percent)
{
	return percent > LARGER ? LARGER : 100;
}

/* Whether it stands in one line at its usual size, which is half as wide again
 * as that of cells. */
static bool is_one_line(const struct canvas *canvas,
			const struct canvas_text *text)
{
	struct canvas_text plain = *text;

	plain.style = CANVAS_PLAIN;
	plain.w = text->w * 2 / 3;
	return canvas_text_rows(canvas, &plain) == 1;
}

int heading_draw(struct canvas *canvas, const struct canvas_text *text,
		 int usual)
{
	int wanted = canvas_percent(canvas), percent, rows;
	struct canvas_text whole = *text, fitted = *text;

	whole.h = INT_MAX / 4;
	percent = canvas_has_plates(canvas) ? wanted : 100;
	canvas_magnify(canvas, percent);
	while (percent > 100 && canvas_text_rows(canvas, &whole) > text->h)
		canvas_magnify(canvas, percent = heading_smaller(percent));
	if (percent == 100) {
		bool larger = wanted > 100 && canvas_has_plates(canvas);
		bool one = is_one_line(canvas, &whole);

		/* The plate makes it as large as its rows and its width let
		 * it: one line by its size, several by their rows. */
		fitted.middle = larger && !one;
		fitted.h = fitted.middle ? text->h : usual;
		if (larger && one)
			canvas_magnify(canvas, LARGER);
	}
	rows = canvas_text(canvas, &fitted);
	canvas_magnify(canvas, wanted);
	return rows;
}
