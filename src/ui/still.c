#include "ui/still.h"

#include <cairo.h>
#include <stdlib.h>

#include "ui/grid.h"
#include "ui/painter.h"
#include "ui/theme.h"

#define NO_BREAK_SPACE 0xa0

struct still {
	const struct canvas *canvas;
	const struct still_look *look;
	struct painter *painter;
	cairo_surface_t *surface;
	uint32_t *pixels; /* rows of stride pixels, 0x00RRGGBB */
	int stride;
};

static uint32_t pixel_of(struct theme_colour colour)
{
	uint32_t red = (uint32_t)colour.red * 255 / 100;
	uint32_t green = (uint32_t)colour.green * 255 / 100;
	uint32_t blue = (uint32_t)colour.blue * 255 / 100;

	return red << 16 | green << 8 | blue;
}

/* Lays a picture down with its upper left corner at a cell. */
static void lay(struct still *still, int row, int column,
		const struct picture *picture, const struct theme_pair *pair)
{
	uint32_t mixed[PICTURE_LEVELS];
	size_t top = (size_t)row * (size_t)still->look->cell_height;
	size_t left = (size_t)column * (size_t)still->look->cell_width;

	for (int level = 0; level < PICTURE_LEVELS; level++)
		mixed[level] = pixel_of(picture_colour(pair, level));
	for (size_t y = 0; y < (size_t)picture->height; y++) {
		uint32_t *to =
		    still->pixels + (top + y) * (size_t)still->stride + left;

		for (size_t x = 0; x < (size_t)picture->width; x++)
			to[x] =
			    mixed[picture
				      ->levels[y * (size_t)picture->width + x]];
	}
}

/* --- cells ---------------------------------------------------------------- */

static bool is_blank(const struct cell *cell)
{
	return (cell->text[0] == ' ' || cell->text[0] == NO_BREAK_SPACE) &&
	       !cell->text[1];
}

/* The caller frees it. */
static char *text_of(const struct cell *cell)
{
	struct bytes text = { 0 };

	for (const wchar_t *at = cell->text; *at && !is_blank(cell); at++)
		grid_add(&text, (uint32_t)*at);
	return bytes_take_text(&text);
}

/* The caret is a cell in the colours of its ink and paper exchanged. */
static struct theme_pair pair_of(const struct still *still,
				 const struct cell *cell)
{
	struct theme_pair pair =
	    *theme_pair(still->look->theme, (enum canvas_colour)cell->colour);

	return cell->caret
		   ? (struct theme_pair){ .ink = pair.paper, .paper = pair.ink }
		   : pair;
}

static struct picture blank_cell(const struct still *still, int cells)
{
	struct picture picture = { .width = cells * still->look->cell_width,
				   .height = still->look->cell_height };

	picture.levels = xcalloc((size_t)picture.width, (size_t)picture.height);
	return picture;
}

static void draw_cell(struct still *still, int y, int x)
{
	const struct cell *cell = canvas_cell(still->canvas, y, x);
	bool wide = x + 1 < still->canvas->columns &&
		    canvas_cell(still->canvas, y, x + 1)->covered;
	struct theme_pair pair = pair_of(still, cell);
	SCOPED(char_freep) char *text = text_of(cell);
	struct picture picture;

	if (cell->covered || cell->plate)
		return;
	picture =
	    text[0] ? painter_cell(still->painter, text, still->look->language,
				   cell->bold, wide ? 2 : 1)
		    : blank_cell(still, wide ? 2 : 1);
	lay(still, y, x, &picture, &pair);
	picture_done(&picture);
}

/* --- plates --------------------------------------------------------------- */

static void draw_plates(struct still *still)
{
	const struct canvas *canvas = still->canvas;
	int *em = xcalloc(canvas->plate_count, sizeof *em);

	for (size_t i = 0; i < canvas->plate_count; i++)
		em[i] = painter_fit(still->painter, &canvas->plates[i]);
	painter_level(canvas->plates, em, canvas->plate_count);
	for (size_t i = 0; i < canvas->plate_count; i++) {
		const struct plate *plate = &canvas->plates[i];
		struct picture picture =
		    painter_paint(still->painter, plate, em[i]);

		lay(still, plate->y, plate->x, &picture,
		    theme_pair(still->look->theme, plate->colour));
		picture_done(&picture);
	}
	free(em);
}

/* -------------------------------------------------------------------------- */

static cairo_status_t add_bytes(void *to, const unsigned char *data,
				unsigned length)
{
	bytes_add(to, data, length);
	return CAIRO_STATUS_SUCCESS;
}

void still_png(const struct canvas *canvas, const struct still_look *look,
	       struct bytes *out)
{
	struct still still = {
		.canvas = canvas,
		.look = look,
		.painter = painter_new(look->cell_height, look->cell_width),
		.surface = cairo_image_surface_create(
		    CAIRO_FORMAT_RGB24, canvas->columns * look->cell_width,
		    canvas->rows * look->cell_height),
	};

	still.pixels =
	    (uint32_t *)(void *)cairo_image_surface_get_data(still.surface);
	still.stride = cairo_image_surface_get_stride(still.surface) /
		       (int)sizeof *still.pixels;
	for (int y = 0; y < canvas->rows; y++) {
		for (int x = 0; x < canvas->columns; x++)
			draw_cell(&still, y, x);
	}
	draw_plates(&still);
	cairo_surface_mark_dirty(still.surface);
	cairo_surface_write_to_png_stream(still.surface, add_bytes, out);
	cairo_surface_destroy(still.surface);
	painter_free(still.painter);
}
