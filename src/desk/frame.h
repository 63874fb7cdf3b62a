#pragma once

#include "desk/desk.h"

/*
 * What stands on every screen of the desk: who and where on top, what can be
 * done at the bottom, and the last thing that was said above it.
 */

/* Draws it around a screen with this title; gives what is left. */
struct canvas_area frame_draw(struct desk *desk, struct canvas *canvas,
			      const char *title);

/* A panel of so many rows at the bottom of a screen that is drawn already, for
 * a screen with view.over; at most what the window has. Gives what is inside.
 */
struct canvas_area frame_panel(struct desk *desk, struct canvas *canvas,
			       const char *title, int rows);

/* One line of text in a column of w cells. */
void frame_line(struct canvas *canvas, int y, int x, int w, const char *text,
		const char *language, enum canvas_style style,
		enum canvas_colour colour);
