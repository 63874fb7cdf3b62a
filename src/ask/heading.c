#include "ask/heading.h"

#include <limits.h>

/* The next size below one of canvas_magnify()'s. */
static int smaller(int percent)
{
	return percent > 150 ? 150 : 100;
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
		canvas_magnify(canvas, percent = smaller(percent));
	if (percent == 100)
		fitted.h = usual;
	rows = canvas_text(canvas, &fitted);
	canvas_magnify(canvas, wanted);
	return rows;
}
