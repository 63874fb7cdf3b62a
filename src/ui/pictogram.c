#include "ui/pictogram.h"

#include <math.h>
#include <string.h>

#include "base/memory.h"

/*
 * Every pictogram is drawn in a square of 24 units with strokes of 2, ends and
 * corners rounded.
 */
#define UNITS 24

static void circle(cairo_t *cairo, double x, double y, double radius)
{
	cairo_new_sub_path(cairo);
	cairo_arc(cairo, x, y, radius, 0, 2 * M_PI);
}

static void line(cairo_t *cairo, double x, double y, double to_x, double to_y)
{
	cairo_move_to(cairo, x, y);
	cairo_line_to(cairo, to_x, to_y);
}

static void rounded(cairo_t *cairo, double x, double y, double w, double h)
{
	double r = 1.5;

	cairo_new_sub_path(cairo);
	cairo_arc(cairo, x + w - r, y + r, r, -M_PI / 2, 0);
	cairo_arc(cairo, x + w - r, y + h - r, r, 0, M_PI / 2);
	cairo_arc(cairo, x + r, y + h - r, r, M_PI / 2, M_PI);
	cairo_arc(cairo, x + r, y + r, r, M_PI, 3 * M_PI / 2);
	cairo_close_path(cairo);
}

/* An open hand, raised: four fingers, a thumb and the palm. */
static void draw_hand(cairo_t *cairo)
{
	static const double fingers[][2] = {
		{ 8, 5 }, { 11, 3.2 }, { 14, 4 }, { 17, 6.5 }
	};

	cairo_move_to(cairo, 8, 13);
	for (size_t i = 0; i < COUNT(fingers); i++) {
		line(cairo, fingers[i][0], 12.5, fingers[i][0], fingers[i][1]);
	}
	cairo_stroke(cairo);
	cairo_move_to(cairo, 17, 12);
	cairo_line_to(cairo, 17, 15);
	cairo_curve_to(cairo, 17, 19, 15, 21.5, 11.8, 21.5);
	cairo_curve_to(cairo, 8.5, 21.5, 7.2, 19.5, 6, 17.2);
	cairo_line_to(cairo, 4, 13.6);
	cairo_curve_to(cairo, 3.6, 12.2, 5.4, 11.6, 6.2, 12.8);
	cairo_line_to(cairo, 8, 15.2);
	cairo_line_to(cairo, 8, 12);
	cairo_stroke(cairo);
}

static void draw_key(cairo_t *cairo)
{
	circle(cairo, 7.5, 12, 4.5);
	line(cairo, 12, 12, 21.5, 12);
	line(cairo, 21, 12, 21, 16);
	line(cairo, 17, 12, 17, 15);
	cairo_stroke(cairo);
}

static void draw_person(cairo_t *cairo)
{
	circle(cairo, 12, 7.5, 4);
	cairo_move_to(cairo, 4.5, 21);
	cairo_curve_to(cairo, 4.5, 16, 8, 14.5, 12, 14.5);
	cairo_curve_to(cairo, 16, 14.5, 19.5, 16, 19.5, 21);
	cairo_stroke(cairo);
}

static void draw_paper(cairo_t *cairo)
{
	rounded(cairo, 5, 2.5, 14, 19);
	rounded(cairo, 8.5, 12, 7, 6.5);
	line(cairo, 8.5, 6.5, 15.5, 6.5);
	line(cairo, 8.5, 9, 13, 9);
	cairo_stroke(cairo);
}

static void draw_printer(cairo_t *cairo)
{
	rounded(cairo, 3, 9, 18, 9);
	line(cairo, 7, 9, 7, 3.5);
	cairo_line_to(cairo, 17, 3.5);
	cairo_line_to(cairo, 17, 9);
	cairo_move_to(cairo, 7, 14);
	cairo_line_to(cairo, 7, 21.5);
	cairo_line_to(cairo, 17, 21.5);
	cairo_line_to(cairo, 17, 14);
	cairo_close_path(cairo);
	cairo_stroke(cairo);
}

static void draw_check(cairo_t *cairo)
{
	line(cairo, 4.5, 12.5, 10, 18);
	cairo_line_to(cairo, 19.5, 6.5);
	cairo_stroke(cairo);
}

static void draw_box(cairo_t *cairo)
{
	rounded(cairo, 4, 4, 16, 16);
	cairo_stroke(cairo);
}

/* Filled, the check mark left out. */
static void draw_checked(cairo_t *cairo)
{
	rounded(cairo, 4, 4, 16, 16);
	cairo_stroke_preserve(cairo);
	cairo_fill(cairo);
	cairo_set_operator(cairo, CAIRO_OPERATOR_CLEAR);
	cairo_set_line_width(cairo, 2.6);
	line(cairo, 7.5, 12.5, 10.7, 15.7);
	cairo_line_to(cairo, 16.5, 8.7);
	cairo_stroke(cairo);
}

/* A triangle that points where the eye goes on. */
static void draw_right(cairo_t *cairo)
{
	cairo_move_to(cairo, 8, 5);
	cairo_line_to(cairo, 17, 12);
	cairo_line_to(cairo, 8, 19);
	cairo_close_path(cairo);
	cairo_stroke_preserve(cairo);
	cairo_fill(cairo);
}

static void draw_left(cairo_t *cairo)
{
	cairo_translate(cairo, UNITS, 0);
	cairo_scale(cairo, -1, 1);
	draw_right(cairo);
}

static void draw_arrow(cairo_t *cairo)
{
	line(cairo, 12, 4, 12, 20);
	cairo_move_to(cairo, 5.5, 13.5);
	cairo_line_to(cairo, 12, 20);
	cairo_line_to(cairo, 18.5, 13.5);
	cairo_stroke(cairo);
}

/* A small letter and a large one. */
static void draw_bigger(cairo_t *cairo)
{
	line(cairo, 2.5, 19, 5.5, 11);
	cairo_line_to(cairo, 8.5, 19);
	line(cairo, 3.7, 16.2, 7.3, 16.2);
	line(cairo, 10.5, 19, 16, 4.5);
	cairo_line_to(cairo, 21.5, 19);
	line(cairo, 12.5, 14, 19.5, 14);
	cairo_stroke(cairo);
}

/* A loudspeaker and two waves. */
static void draw_sound(cairo_t *cairo)
{
	line(cairo, 3, 9.5, 7, 9.5);
	cairo_line_to(cairo, 12, 5);
	cairo_line_to(cairo, 12, 19);
	cairo_line_to(cairo, 7, 14.5);
	cairo_line_to(cairo, 3, 14.5);
	cairo_close_path(cairo);
	cairo_new_sub_path(cairo);
	cairo_arc(cairo, 12, 12, 4.5, -M_PI / 4, M_PI / 4);
	cairo_new_sub_path(cairo);
	cairo_arc(cairo, 12, 12, 8.5, -M_PI / 4, M_PI / 4);
	cairo_stroke(cairo);
}

/* Half light, half dark. */
static void draw_colours(cairo_t *cairo)
{
	circle(cairo, 12, 12, 8.5);
	cairo_stroke(cairo);
	cairo_arc(cairo, 12, 12, 8.5, -M_PI / 2, M_PI / 2);
	cairo_close_path(cairo);
	cairo_fill(cairo);
}

/* An arrow that comes back to where it began. */
static void draw_again(cairo_t *cairo)
{
	cairo_arc(cairo, 12, 12.5, 8, -M_PI * 0.75, M_PI * 0.85);
	cairo_stroke(cairo);
	line(cairo, 6.3, 2.2, 6.3, 7.2);
	cairo_line_to(cairo, 11.4, 7.2);
	cairo_stroke(cairo);
}

static void draw_dot(cairo_t *cairo)
{
	circle(cairo, 12, 12, 5);
	cairo_fill(cairo);
}

static const struct {
	const char *name;
	void (*draw)(cairo_t *cairo);
} pictograms[] = {
	{ "hand", draw_hand },       { "key", draw_key },
	{ "person", draw_person },   { "paper", draw_paper },
	{ "printer", draw_printer }, { "check", draw_check },
	{ "arrow", draw_arrow },     { "box", draw_box },
	{ "checked", draw_checked }, { "right", draw_right },
	{ "left", draw_left },       { "bigger", draw_bigger },
	{ "colours", draw_colours }, { "again", draw_again },
	{ "sound", draw_sound },
};

void pictogram_draw(cairo_t *cairo, const char *name, double side)
{
	void (*draw)(cairo_t *) = draw_dot;

	for (size_t i = 0; i < COUNT(pictograms); i++) {
		if (strcmp(pictograms[i].name, name) == 0)
			draw = pictograms[i].draw;
	}
	cairo_save(cairo);
	cairo_scale(cairo, side / UNITS, side / UNITS);
	cairo_set_line_width(cairo, 1.8);
	cairo_set_line_cap(cairo, CAIRO_LINE_CAP_ROUND);
	cairo_set_line_join(cairo, CAIRO_LINE_JOIN_ROUND);
	cairo_new_path(cairo);
	draw(cairo);
	cairo_restore(cairo);
}
