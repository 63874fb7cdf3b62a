#include "print/pictogram.h"

#include <math.h>

/* Everything is drawn on a grid of 24 by 24. */
#define GRID 24.0

static void box(cairo_t *cairo, double x, double y, double width, double height)
{
	cairo_rectangle(cairo, x, y, width, height);
	cairo_fill(cairo);
}

/* A sheet with one corner folded and the three eyes of a symbol. */
static void draw_sheet(cairo_t *cairo)
{
	static const double eyes[][2] = { { 2.75, 10 },
					  { 6, 10 },
					  { 2.75, 13.25 } };

	cairo_move_to(cairo, 1, 4);
	cairo_line_to(cairo, 7, 4);
	cairo_line_to(cairo, 10, 7);
	cairo_line_to(cairo, 10, 18);
	cairo_line_to(cairo, 1, 18);
	cairo_close_path(cairo);
	cairo_move_to(cairo, 7, 4);
	cairo_line_to(cairo, 7, 7);
	cairo_line_to(cairo, 10, 7);
	cairo_stroke(cairo);
	for (int i = 0; i < 3; i++)
		box(cairo, eyes[i][0], eyes[i][1], 2.25, 2.25);
	box(cairo, 6.5, 13.75, 1, 1);
	box(cairo, 2.75, 7, 3, 1);
}

static void draw_arrow(cairo_t *cairo)
{
	box(cairo, 11, 11, 1.5, 2);
	cairo_move_to(cairo, 12.25, 9);
	cairo_line_to(cairo, 15.25, 12);
	cairo_line_to(cairo, 12.25, 15);
	cairo_close_path(cairo);
	cairo_fill(cairo);
}

/* Head and shoulders, and the desk in front of them. */
static void draw_desk(cairo_t *cairo)
{
	cairo_arc(cairo, 19.5, 5, 2.5, 0, 2 * M_PI);
	cairo_fill(cairo);
	cairo_arc(cairo, 19.5, 12.5, 4, M_PI, 2 * M_PI);
	cairo_line_to(cairo, 23.5, 14.5);
	cairo_line_to(cairo, 15.5, 14.5);
	cairo_close_path(cairo);
	cairo_fill(cairo);
	box(cairo, 13.5, 15.5, 10.5, 1.5);
	box(cairo, 15, 17, 9, 5);
}

void pictogram_show_paper(cairo_t *cairo, int side)
{
	cairo_scale(cairo, side / GRID, side / GRID);
	cairo_set_line_width(cairo, 0.75);
	cairo_set_line_join(cairo, CAIRO_LINE_JOIN_MITER);
	draw_sheet(cairo);
	draw_arrow(cairo);
	draw_desk(cairo);
}
