#pragma once

#include "ui/canvas.h"

/*
 * Draws a heading as large as the canvas's text size wants it, if all of it
 * stands in text->h rows then; else as large as its width lets one line be, or
 * those rows several lines. At the usual size, or where there are no plates, it
 * has usual rows. The text size is kept. Returns the rows taken.
 */
int heading_draw(struct canvas *canvas, const struct canvas_text *text,
		 int usual);

/* The next size below one of canvas_magnify()'s: 200, 150, 100 percent. */
int heading_smaller(int percent);
