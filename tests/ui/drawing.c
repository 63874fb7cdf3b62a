#include "tests/test.h"

#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "ui/drawing.h"

#define SIDE 48

#define SVG(inside)                                                   \
	"<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 48 48'" \
	" fill='none' stroke='black' stroke-width='4'>" inside "</svg>"

static struct drawing *read_text(const char *text)
{
	char *problem = NULL;
	struct drawing *drawing =
	    drawing_read("test.svg", text, strlen(text), &problem);

	if (problem)
		print_message("%s\n", problem);
	assert_null(problem);
	return drawing;
}

/* The alpha of a drawing painted into a square; the caller destroys it. */
static cairo_surface_t *painted(const struct drawing *drawing)
{
	cairo_surface_t *surface =
	    cairo_image_surface_create(CAIRO_FORMAT_A8, SIDE, SIDE);
	cairo_t *cairo = cairo_create(surface);

	drawing_paint(drawing, cairo, SIDE, SIDE);
	cairo_destroy(cairo);
	cairo_surface_flush(surface);
	return surface;
}

static int ink_at(cairo_surface_t *surface, int y, int x)
{
	return cairo_image_surface_get_data(
	    surface)[y * cairo_image_surface_get_stride(surface) + x];
}

/* Every way to draw the same square, and a few that are round. */
static void shapes_are_drawn_where_they_say(void **state)
{
	static const struct {
		const char *svg;
		int y, x;
		bool ink;
	} cases[] = {
		{ SVG("<rect x='8' y='8' width='32' height='32'/>"), 8, 24, 1 },
		{ SVG("<rect x='8' y='8' width='32' height='32'/>"), 24, 24,
		  0 },
		{ SVG("<rect x='8' y='8' width='32' height='32'"
		      " fill='currentColor'/>"),
		  24, 24, 1 },
		{ SVG("<path d='M8 8H40V40H8Z'/>"), 8, 24, 1 },
		{ SVG("<path d='M8 8H40V40H8Z'/>"), 24, 8, 1 },
		{ SVG("<path d='M8,8h32v32h-32z'/>"), 39, 24, 1 },
		{ SVG("<path d='m8 8 32 0 0 32'/>"), 24, 40, 1 },
		{ SVG("<path d='M4 24C4 4 44 4 44 24'/>"), 9, 24, 1 },
		{ SVG("<path d='M4 24Q24-16 44 24'/>"), 4, 24, 1 },
		{ SVG("<path d='M0 24Q12 4 24 24T48 24'/>"), 33, 36, 1 },
		{ SVG("<path d='M0 24C0 9 24 9 24 24S48 39 48 24'/>"), 35, 36,
		  1 },
		{ SVG("<line x1='0' y1='24' x2='48' y2='24'/>"), 24, 40, 1 },
		{ SVG("<polyline points='8,8 40,8 40,40'/>"), 24, 40, 1 },
		{ SVG("<polyline points='8,8 40,8 40,40'/>"), 24, 24, 0 },
		{ SVG("<polygon points='8,8 40,8 40,40'/>"), 24, 24, 1 },
		{ SVG("<circle cx='24' cy='24' r='16'/>"), 8, 24, 1 },
		{ SVG("<circle cx='24' cy='24' r='16'/>"), 24, 40, 1 },
		{ SVG("<ellipse cx='24' cy='24' rx='20' ry='8'/>"), 16, 24, 1 },
		{ SVG("<g stroke-width='20'><g><line x1='0' y1='24' x2='48'"
		      " y2='24'/></g></g>"),
		  31, 24, 1 },
		{ SVG("<title>a bed</title><desc>x</desc>"), 24, 24, 0 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		SCOPED(drawing_freep)
		struct drawing *drawing = read_text(cases[i].svg);
		cairo_surface_t *surface = painted(drawing);
		int ink = ink_at(surface, cases[i].y, cases[i].x);

		print_message("%zu: %d\n", i, ink);
		assert_int_equal(ink > 127, cases[i].ink);
		cairo_surface_destroy(surface);
	}
}

static void what_is_not_known_is_refused_in_words(void **state)
{
	static const struct {
		const char *svg, *problem;
	} cases[] = {
		{ "", "line 1: this is no SVG, or has a DOCTYPE" },
		{ "<svg", "line 1: this is no SVG, or has a DOCTYPE" },
		{ "<html/>", "line 1: this is no SVG, or has a DOCTYPE" },
		{ "<!DOCTYPE svg [<!ENTITY a 'b'>]>\n<svg viewBox='0 0 1 1'/>",
		  "line 2: this is no SVG, or has a DOCTYPE" },
		{ "<svg/>", "line 1: svg needs a viewBox of four numbers, "
			    "such as \"0 0 48 48\"" },
		{ "<svg viewBox='0 0 0 48'/>",
		  "line 1: svg needs a viewBox of four numbers, such as \"0 0 "
		  "48 48\"" },
		{ SVG("\n<image href='/etc/passwd'/>"),
		  "line 2: a drawing of lines has no element image" },
		{ SVG("<text>a</text>"),
		  "line 1: a drawing of lines has no element text" },
		{ SVG("<path d='M0 0A1 1 0 0 0 1 1'/>"),
		  "line 1: of paths only M, L, H, V, C, S, Q, T and Z with "
		  "their numbers are known: A1 1 0 0 0 1 1" },
		{ SVG("<path d='L0 0'/>"),
		  "line 1: of paths only M, L, H, V, C, S, Q, T and Z with "
		  "their numbers are known: L0 0" },
		{ SVG("<path d='M0 999999'/>"),
		  "line 1: of paths only M, L, H, V, C, S, Q, T and Z with "
		  "their numbers are known: M0 999999" },
		{ SVG("<circle r='4mm'/>"), "line 1: this is no number: 4mm" },
		{ SVG("<polyline points='1 2 3'/>"),
		  "line 1: points are pairs of numbers" },
		{ SVG("<line stroke='red'/>"),
		  "line 1: colours are none, currentColor or black, not red" },
		{ SVG("<g transform='scale(2)'/>"),
		  "line 1: this is not known here; save the drawing as plain "
		  "shapes without transform" },
		{ "\x89PNG\r\n\x1a\n",
		  "more than 1024 pixels a side; save it smaller" },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		SCOPED(char_freep) char *problem = NULL;

		assert_null(drawing_read("a", cases[i].svg,
					 strlen(cases[i].svg), &problem));
		assert_string_equal(problem, cases[i].problem);
	}
}

static void nothing_grows_without_end(void **state)
{
	static const struct {
		const char *begin, *again, *end, *problem;
		size_t times;
	} cases[] = {
		{ "<svg viewBox='0 0 9 9'><path d='M0 0", " 1 1", "'/></svg>",
		  "there are too many lines in it", 5000 },
		{ "<svg viewBox='0 0 9 9'>", "<line/>", "</svg>",
		  "there are too many shapes in it", 300 },
		{ "<svg viewBox='0 0 9 9'>", "<g>", "",
		  "this is no SVG, or has a DOCTYPE", 300 },
		{ "", " ", "", "more than 256 kB; save it smaller", 300000 },
	};

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		SCOPED(char_freep) char *problem = NULL;
		struct bytes svg = { 0 };

		bytes_add_text(&svg, cases[i].begin);
		for (size_t j = 0; j < cases[i].times; j++)
			bytes_add_text(&svg, cases[i].again);
		bytes_add_text(&svg, cases[i].end);
		assert_null(drawing_read("a", svg.data, svg.length, &problem));
		assert_non_null(strstr(problem, cases[i].problem));
		bytes_done(&svg);
	}
}

static cairo_status_t keep(void *to, const unsigned char *data, unsigned length)
{
	bytes_add(to, data, length);
	return CAIRO_STATUS_SUCCESS;
}

/* White paper with a black left half, or nothing with a black left half. */
static void the_dark_parts_of_a_png_are_its_ink(void **state)
{
	(void)state;
	for (int paper = 0; paper < 2; paper++) {
		cairo_surface_t *png =
		    cairo_image_surface_create(CAIRO_FORMAT_ARGB32, 100, 100);
		cairo_t *cairo = cairo_create(png);
		struct bytes bytes = { 0 };
		SCOPED(char_freep) char *problem = NULL;
		SCOPED(drawing_freep) struct drawing *drawing = NULL;
		cairo_surface_t *surface;

		cairo_set_source_rgba(cairo, 1, 1, 1, paper);
		cairo_paint(cairo);
		cairo_set_source_rgb(cairo, 0, 0, 0);
		cairo_rectangle(cairo, 0, 0, 50, 100);
		cairo_fill(cairo);
		cairo_destroy(cairo);
		cairo_surface_write_to_png_stream(png, keep, &bytes);
		cairo_surface_destroy(png);
		drawing = drawing_read("a", bytes.data, bytes.length, &problem);
		assert_non_null(drawing);
		surface = painted(drawing);
		assert_int_equal(ink_at(surface, 24, 8), 255);
		assert_int_equal(ink_at(surface, 24, 40), 0);
		cairo_surface_destroy(surface);
		/* Cut short, it is said to be damaged. */
		assert_null(
		    drawing_read("a", bytes.data, bytes.length / 2, &problem));
		assert_string_equal(problem,
				    "a damaged PNG picture; save it again");
		bytes_done(&bytes);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(shapes_are_drawn_where_they_say),
		cmocka_unit_test(what_is_not_known_is_refused_in_words),
		cmocka_unit_test(nothing_grows_without_end),
		cmocka_unit_test(the_dark_parts_of_a_png_are_its_ink),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
