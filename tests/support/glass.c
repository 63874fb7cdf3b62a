#include "tests/support/glass.h"

#include <stdlib.h>

#include "tests/support/sixel.h"
#include "ui/grid.h"
#include "ui/painter.h"
#include "ui/theme.h"

#define QUIET 60 /* ms */

/* A screen's plates as Pango draws them. */
struct painting {
	const struct canvas *canvas;
	struct picture *pictures;
};

static void painting_make(struct painting *painting,
			  const struct canvas *canvas,
			  const struct pty_pixels *pixels)
{
	size_t count = canvas->plate_count;
	SCOPED(painter_freep) struct painter *painter = NULL;
	int *em = xcalloc(count, sizeof *em);

	painting->canvas = canvas;
	painting->pictures = xcalloc(count, sizeof *painting->pictures);
	if (count)
		painter = painter_new(pixels->cell_height, pixels->cell_width);
	for (size_t i = 0; i < count; i++)
		em[i] = painter_fit(painter, &canvas->plates[i]);
	painter_level(canvas->plates, em, count);
	for (size_t i = 0; i < count; i++)
		painting->pictures[i] =
		    painter_paint(painter, &canvas->plates[i], em[i]);
	free(em);
}

static void painting_done(struct painting *painting)
{
	for (size_t i = 0; i < painting->canvas->plate_count; i++)
		picture_done(&painting->pictures[i]);
	free(painting->pictures);
}

static size_t wrong_dots(const struct sixel_picture *seen,
			 const struct picture *wanted,
			 const struct theme_pair *pair)
{
	size_t wrong = 0;

	for (int i = 0; i < wanted->width * wanted->height; i++) {
		struct theme_colour colour =
		    picture_colour(pair, wanted->levels[i]);
		const uint8_t *dot = &seen->percents[(size_t)i * 3];

		wrong += dot[0] != colour.red || dot[1] != colour.green ||
			 dot[2] != colour.blue;
	}
	return wrong;
}

static void compare_plate(struct pty *pty, const struct plate *plate,
			  const struct picture *wanted,
			  struct glass_difference *difference)
{
	size_t glass = pty_glass(pty, plate->y, plate->x);
	const struct sixel_picture *seen =
	    glass ? pty_picture(pty, glass - 1) : NULL;

	if (!seen || seen->row != plate->y || seen->column != plate->x ||
	    seen->width != wanted->width || seen->height != wanted->height)
		difference->plates++;
	else
		difference->dots += wrong_dots(
		    seen, wanted, theme_pair(TERM_DARK, plate->colour));
}

static bool cell_differs(struct pty *pty, const struct cell *cell, int y, int x)
{
	unsigned shown = pty_character(pty, y, x);

	if (cell->covered)
		return false;
	if (cell->plate)
		return pty_glass(pty, y, x) == 0;
	return (shown ? shown : ' ') != (unsigned)cell->text[0];
}

static struct glass_difference compare(struct pty *pty,
				       const struct painting *painting)
{
	const struct canvas *canvas = painting->canvas;
	struct glass_difference difference = { 0 };

	for (int y = 0; y < canvas->rows; y++) {
		for (int x = 0; x < canvas->columns; x++)
			difference.cells +=
			    cell_differs(pty, canvas_cell(canvas, y, x), y, x);
	}
	for (size_t i = 0; i < canvas->plate_count; i++)
		compare_plate(pty, &canvas->plates[i], &painting->pictures[i],
			      &difference);
	return difference;
}

bool glass_same(const struct glass_difference *difference)
{
	return !difference->cells && !difference->plates && !difference->dots;
}

struct glass_difference glass_expect(struct pty *pty,
				     const struct canvas *canvas,
				     const struct pty_pixels *pixels, int tries)
{
	struct painting painting;
	struct glass_difference difference;

	painting_make(&painting, canvas, pixels);
	for (;;) {
		difference = compare(pty, &painting);
		if (glass_same(&difference) || tries-- <= 0)
			break;
		pty_settle(pty, QUIET);
	}
	painting_done(&painting);
	return difference;
}
