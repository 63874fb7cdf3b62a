#include "tests/test.h"

#include <cairo.h>
#include <stdlib.h>
#include <string.h>

#include "text/language.h"
#include "ui/canvas.h"
#include "ui/grid.h"
#include "ui/painter.h"
#include "ui/still.h"
#include "ui/theme.h"

#define HIGH 24 /* pixels a cell */
#define WIDE 12

static const struct still_look look = { .cell_height = HIGH,
					.cell_width = WIDE,
					.theme = TERM_LIGHT };

static struct canvas *canvas_of(const char *text, const char *tag,
				enum canvas_colour colour, int caret)
{
	struct canvas *canvas = canvas_new(3, 20, true);

	canvas_clear(canvas);
	canvas_text(canvas, &(struct canvas_text){ .y = 1,
						   .x = 2,
						   .h = 1,
						   .w = 10,
						   .text = text,
						   .language = tag,
						   .colour = colour,
						   .caret = caret });
	return canvas;
}

struct reading {
	const struct bytes *png;
	size_t at;
};

static cairo_status_t read_bytes(void *to, unsigned char *data, unsigned length)
{
	struct reading *reading = to;

	if (reading->png->length - reading->at < length)
		return CAIRO_STATUS_READ_ERROR;
	memcpy(data, reading->png->data + reading->at, length);
	reading->at += length;
	return CAIRO_STATUS_SUCCESS;
}

static cairo_surface_t *still_of(const struct canvas *canvas)
{
	struct bytes png = { 0 };
	struct reading reading = { .png = &png };
	cairo_surface_t *surface;

	still_png(canvas, &look, &png);
	surface =
	    cairo_image_surface_create_from_png_stream(read_bytes, &reading);
	assert_int_equal(cairo_surface_status(surface), CAIRO_STATUS_SUCCESS);
	assert_int_equal(cairo_image_surface_get_width(surface),
			 canvas_columns(canvas) * WIDE);
	assert_int_equal(cairo_image_surface_get_height(surface),
			 canvas_rows(canvas) * HIGH);
	bytes_done(&png);
	return surface;
}

static uint32_t dot(cairo_surface_t *surface, int y, int x)
{
	const uint8_t *row =
	    cairo_image_surface_get_data(surface) +
	    (ptrdiff_t)y * cairo_image_surface_get_stride(surface);
	uint32_t value;

	memcpy(&value, row + (ptrdiff_t)x * 4, sizeof value);
	return value & 0xffffff;
}

static uint32_t colour_of(struct theme_colour colour)
{
	return (uint32_t)colour.red * 255 / 100 << 16 |
	       (uint32_t)colour.green * 255 / 100 << 8 |
	       (uint32_t)colour.blue * 255 / 100;
}

/* How many dots of a cell are of a colour. */
static int dots(cairo_surface_t *surface, int row, int column,
		struct theme_colour colour)
{
	int count = 0;

	for (int y = 0; y < HIGH; y++) {
		for (int x = 0; x < WIDE; x++)
			count += dot(surface, row * HIGH + y,
				     column * WIDE + x) == colour_of(colour);
	}
	return count;
}

static void plates_are_the_painters_dot_by_dot(void **state)
{
	static const struct {
		const char *text, *tag;
	} cases[] = { { "العربية", "ar" },
		      { "ትግርኛ", "ti" },
		      { "क्षत्रिय", "hi" },
		      { "မြန်မာ", "my" } };

	(void)state;
	for (size_t i = 0; i < COUNT(cases); i++) {
		SCOPED(canvas_freep)
		struct canvas *canvas =
		    canvas_of(cases[i].text, cases[i].tag, CANVAS_FOCUS, -1);
		SCOPED(painter_freep)
		struct painter *painter = painter_new(HIGH, WIDE);
		const struct plate *plate = canvas->plates;
		const struct theme_pair *pair =
		    theme_pair(TERM_LIGHT, CANVAS_FOCUS);
		cairo_surface_t *surface = still_of(canvas);
		struct picture wanted;

		assert_int_equal(canvas->plate_count, 1);
		wanted =
		    painter_paint(painter, plate, painter_fit(painter, plate));
		for (int at = 0; at < wanted.width * wanted.height; at++)
			assert_int_equal(
			    dot(surface, plate->y * HIGH + at / wanted.width,
				plate->x * WIDE + at % wanted.width),
			    colour_of(picture_colour(pair, wanted.levels[at])));
		picture_done(&wanted);
		cairo_surface_destroy(surface);
	}
}

static void cells_have_their_letters_and_colours(void **state)
{
	const struct theme_pair *ink = theme_pair(TERM_LIGHT, CANVAS_INK);
	const struct theme_pair *focus = theme_pair(TERM_LIGHT, CANVAS_FOCUS);
	SCOPED(canvas_freep)
	struct canvas *canvas = canvas_of("中A", "zh-Hans", CANVAS_FOCUS, -1);
	cairo_surface_t *surface = still_of(canvas);

	(void)state;
	/* Blank paper, then both halves of a wide letter, then a narrow one. */
	assert_int_equal(dots(surface, 0, 2, ink->paper), HIGH * WIDE);
	for (int x = 2; x < 5; x++) {
		assert_in_range(dots(surface, 1, x, focus->paper), 1,
				HIGH * WIDE - 20);
		assert_int_equal(dots(surface, 1, x, ink->paper), 0);
	}
	assert_int_equal(dots(surface, 2, 3, ink->paper), HIGH * WIDE);
	cairo_surface_destroy(surface);
}

static void a_caret_is_a_cell_turned_round(void **state)
{
	const struct theme_pair *ink = theme_pair(TERM_LIGHT, CANVAS_INK);
	SCOPED(canvas_freep)
	struct canvas *canvas = canvas_of("ab", "en", CANVAS_INK, 2);
	cairo_surface_t *surface = still_of(canvas);

	(void)state;
	assert_int_equal(dots(surface, 1, 4, ink->ink), HIGH * WIDE);
	assert_int_equal(dots(surface, 1, 5, ink->paper), HIGH * WIDE);
	cairo_surface_destroy(surface);
}

static void the_same_canvas_makes_the_same_bytes(void **state)
{
	SCOPED(canvas_freep)
	struct canvas *canvas = canvas_of("አማርኛ ab", "am", CANVAS_INK, -1);
	struct bytes once = { 0 }, again = { 0 };

	(void)state;
	still_png(canvas, &look, &once);
	still_png(canvas, &look, &again);
	assert_int_equal(once.length, again.length);
	assert_memory_equal(once.data, again.data, once.length);
	bytes_done(&once);
	bytes_done(&again);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plates_are_the_painters_dot_by_dot),
		cmocka_unit_test(cells_have_their_letters_and_colours),
		cmocka_unit_test(a_caret_is_a_cell_turned_round),
		cmocka_unit_test(the_same_canvas_makes_the_same_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
