#include <stdlib.h>
#include <string.h>

#include "text/cells.h"
#include "ui/drawing.h"
#include "ui/grid.h"

/* Symbols (QR codes) and pictograms: plates, or what cells can do. */

#define QUIET 2 /* modules left white around a symbol */

int canvas_symbol_rows(int side)
{
	return (side + 2 * QUIET + 1) / 2;
}

int canvas_symbol_columns(int side)
{
	return side + 2 * QUIET;
}

static bool is_dark(const uint8_t *modules, int side, int y, int x)
{
	return y >= 0 && y < side && x >= 0 && x < side &&
	       modules[(size_t)y * (size_t)side + (size_t)x];
}

static const char *half_block(bool upper, bool lower)
{
	return upper ? lower ? "█" : "▀" : lower ? "▄" : " ";
}

/* In the middle of the area. Never mirrored: it would not be read. */
static void draw_half_blocks(struct canvas *canvas,
			     const struct canvas_area *area,
			     const uint8_t *modules, int side)
{
	int rows = canvas_symbol_rows(side),
	    columns = canvas_symbol_columns(side);
	int top = area->y + (area->h - rows) / 2;
	int left = area->x + (area->w - columns) / 2;

	canvas_blank(canvas, area->y, area->x, area->h, area->w, CANVAS_SYMBOL);
	for (int row = 0; row < rows; row++) {
		for (int x = 0; x < columns; x++) {
			int y = 2 * row - QUIET;
			bool upper = is_dark(modules, side, y, x - QUIET);
			bool lower = is_dark(modules, side, y + 1, x - QUIET);

			canvas_put(canvas, top + row, left + x, 1,
				   half_block(upper, lower), CANVAS_SYMBOL,
				   false);
		}
	}
}

void canvas_symbol(struct canvas *canvas, int y, int x, int h, int w,
		   const uint8_t *modules, int side)
{
	struct canvas_area area =
	    canvas_on_screen(canvas, (struct canvas_area){ y, x, h, w });
	size_t count = (size_t)side * (size_t)side;
	struct plate plate = {
		.kind = PLATE_SYMBOL,
		.y = area.y,
		.x = area.x,
		.h = h,
		.w = w,
		.colour = CANVAS_SYMBOL,
		.edge = PLATE_CENTRE,
		.caret = -1,
		.side = side,
	};

	if (!canvas->plates_allowed) {
		draw_half_blocks(canvas, &area, modules, side);
		return;
	}
	plate.modules = xcalloc(count, 1);
	memcpy(plate.modules, modules, count);
	canvas_add_plate(canvas, plate);
}

/* What stands for a pictogram in cells. */
static const struct {
	const char *name, *sign;
} signs[] = {
	{ "hand", "☝" },    { "key", "◆" },     { "person", "☺" },
	{ "paper", "▤" },   { "printer", "▤" }, { "check", "✓" },
	{ "arrow", "⇩" },   { "box", "☐" },     { "checked", "☑" },
	{ "right", "▸" },   { "left", "◂" },    { "bigger", "A" },
	{ "colours", "◐" }, { "again", "↺" },   { "sound", "♪" },
};

const char *pictogram_sign(const char *name)
{
	for (size_t i = 0; i < COUNT(signs); i++) {
		if (strcmp(signs[i].name, name) == 0)
			return signs[i].sign;
	}
	return "●";
}

void canvas_pictogram(struct canvas *canvas, int y, int x, int h, int w,
		      const char *name, enum canvas_colour colour)
{
	struct canvas_area area =
	    canvas_on_screen(canvas, (struct canvas_area){ y, x, h, w });

	if (canvas->plates_allowed) {
		canvas_add_plate(canvas, (struct plate){
					     .kind = PLATE_PICTOGRAM,
					     .y = area.y,
					     .x = area.x,
					     .h = h,
					     .w = w,
					     .text = xstrdup(name),
					     .colour = colour,
					     .edge = PLATE_CENTRE,
					     .caret = -1,
					 });
		return;
	}
	canvas_blank(canvas, area.y, area.x, h, w, colour);
	canvas_put(canvas, area.y + (h - 1) / 2, area.x + (w - 1) / 2, 2,
		   pictogram_sign(name), colour, true);
}

void canvas_drawing(struct canvas *canvas, int y, int x, int h, int w,
		    const struct drawing *drawing, enum canvas_colour colour)
{
	struct canvas_area area =
	    canvas_on_screen(canvas, (struct canvas_area){ y, x, h, w });

	if (!canvas->plates_allowed) {
		canvas_blank(canvas, area.y, area.x, h, w, colour);
		return;
	}
	canvas_add_plate(canvas, (struct plate){
				     .kind = PLATE_DRAWING,
				     .y = area.y,
				     .x = area.x,
				     .h = h,
				     .w = w,
				     .text = xstrdup(drawing_name(drawing)),
				     .colour = colour,
				     .edge = PLATE_CENTRE,
				     .caret = -1,
				     .drawing = drawing,
				 });
}
