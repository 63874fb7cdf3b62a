#include "ui/canvas.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "text/cells.h"
#include "ui/grid.h"

#define NO_BREAK_SPACE L'\u00a0'

struct canvas *canvas_new(int rows, int columns, bool plates)
{
	struct canvas *canvas = xcalloc(1, sizeof *canvas);

	assert(rows > 0 && columns > 0);
	*canvas = (struct canvas){
		.rows = rows,
		.columns = columns,
		.plates_allowed = plates,
		.percent = 100,
		.cells = xcalloc((size_t)rows * (size_t)columns,
				 sizeof *canvas->cells),
	};
	canvas_clear(canvas);
	return canvas;
}

static void drop_plates(struct canvas *canvas)
{
	for (size_t i = 0; i < canvas->plate_count; i++)
		plate_wipe(&canvas->plates[i]);
	canvas->plate_count = 0;
}

void canvas_free(struct canvas *canvas)
{
	if (!canvas)
		return;
	drop_plates(canvas);
	free(canvas->plates);
	explicit_bzero(canvas->cells, (size_t)canvas->rows *
					  (size_t)canvas->columns *
					  sizeof *canvas->cells);
	free(canvas->cells);
	free(canvas);
}

int canvas_rows(const struct canvas *canvas)
{
	return canvas->rows;
}

int canvas_columns(const struct canvas *canvas)
{
	return canvas->columns;
}

bool canvas_has_plates(const struct canvas *canvas)
{
	return canvas->plates_allowed;
}

void canvas_clear(struct canvas *canvas)
{
	drop_plates(canvas);
	canvas_blank(canvas, 0, 0, canvas->rows, canvas->columns, CANVAS_INK);
}

void canvas_magnify(struct canvas *canvas, int percent)
{
	canvas->percent = percent < 125 ? 100 : percent < 175 ? 150 : 200;
}

int canvas_percent(const struct canvas *canvas)
{
	return canvas->percent;
}

int canvas_line_rows(const struct canvas *canvas)
{
	return canvas->plates_allowed && canvas->percent > 100 ? 2 : 1;
}

/* --- mirroring ------------------------------------------------------------ */

void canvas_mirror(struct canvas *canvas, bool mirrored)
{
	canvas->mirrored = mirrored;
}

bool canvas_mirrored(const struct canvas *canvas)
{
	return canvas->mirrored;
}

const char *canvas_onward(const struct canvas *canvas)
{
	return canvas->mirrored ? "◂" : "▸";
}

const char *canvas_backward(const struct canvas *canvas)
{
	return canvas->mirrored ? "▸" : "◂";
}

struct canvas_area canvas_on_screen(const struct canvas *canvas,
				    struct canvas_area area)
{
	if (canvas->mirrored)
		area.x = canvas->columns - area.x - area.w;
	return area;
}

bool canvas_area_holds(const struct canvas_area *on_screen, int y, int x)
{
	return y >= on_screen->y && y < on_screen->y + on_screen->h &&
	       x >= on_screen->x && x < on_screen->x + on_screen->w;
}

/* --- cells ---------------------------------------------------------------- */

struct cell *canvas_cell(const struct canvas *canvas, int y, int x)
{
	assert(y >= 0 && y < canvas->rows && x >= 0 && x < canvas->columns);
	return &canvas->cells[(size_t)y * (size_t)canvas->columns + (size_t)x];
}

static int least(int a, int b)
{
	return a < b ? a : b;
}

/* False when nothing of the rectangle lies on the grid. */
static bool clip(const struct canvas *canvas, int *y, int *x, int *h, int *w)
{
	int bottom = least(*y + *h, canvas->rows);
	int right = least(*x + *w, canvas->columns);

	*y = *y < 0 ? 0 : *y;
	*x = *x < 0 ? 0 : *x;
	*h = bottom - *y;
	*w = right - *x;
	return *h > 0 && *w > 0;
}

static void set_cell(struct cell *cell, wchar_t character,
		     enum canvas_colour colour)
{
	*cell = (struct cell){ .text = { character }, .colour = colour };
}

static void set_cells(struct canvas *canvas, int y, int x, int h, int w,
		      wchar_t character, enum canvas_colour colour, bool plate)
{
	for (int row = y; row < y + h; row++) {
		for (int column = x; column < x + w; column++) {
			struct cell *cell = canvas_cell(canvas, row, column);

			set_cell(cell, character, colour);
			cell->plate = plate;
		}
	}
}

/* A wide character loses its other half when one of them is overwritten. */
static void break_wide(struct canvas *canvas, int y, int x)
{
	if (x > 0 && x < canvas->columns &&
	    canvas_cell(canvas, y, x)->covered) {
		set_cell(canvas_cell(canvas, y, x - 1), L' ',
			 canvas_cell(canvas, y, x - 1)->colour);
		set_cell(canvas_cell(canvas, y, x), L' ',
			 canvas_cell(canvas, y, x)->colour);
	}
}

static void remove_plate(struct canvas *canvas, size_t index)
{
	struct plate *plate = &canvas->plates[index];

	set_cells(canvas, plate->y, plate->x, plate->h, plate->w, L' ',
		  plate->colour, false);
	plate_wipe(plate);
	canvas->plates[index] = canvas->plates[--canvas->plate_count];
}

static void remove_plates(struct canvas *canvas, int y, int x, int h, int w)
{
	for (size_t i = canvas->plate_count; i-- > 0;) {
		if (plate_overlaps(&canvas->plates[i], y, x, h, w))
			remove_plate(canvas, i);
	}
}

void canvas_blank(struct canvas *canvas, int y, int x, int h, int w,
		  enum canvas_colour colour)
{
	if (!clip(canvas, &y, &x, &h, &w))
		return;
	remove_plates(canvas, y, x, h, w);
	for (int row = y; row < y + h; row++) {
		break_wide(canvas, row, x);
		break_wide(canvas, row, x + w);
	}
	set_cells(canvas, y, x, h, w, L' ', colour, false);
}

void canvas_fill(struct canvas *canvas, int y, int x, int h, int w,
		 enum canvas_colour colour)
{
	struct canvas_area area =
	    canvas_on_screen(canvas, (struct canvas_area){ y, x, h, w });

	canvas_blank(canvas, area.y, area.x, area.h, area.w, colour);
}

/* --- plates --------------------------------------------------------------- */

bool plate_overlaps(const struct plate *plate, int y, int x, int h, int w)
{
	return y < plate->y + plate->h && plate->y < y + h &&
	       x < plate->x + plate->w && plate->x < x + w;
}

static bool same_text(const char *a, const char *b)
{
	return a && b ? strcmp(a, b) == 0 : a == b;
}

static bool same_modules(const struct plate *a, const struct plate *b)
{
	size_t count = (size_t)a->side * (size_t)a->side;

	return a->side == b->side &&
	       (!count || memcmp(a->modules, b->modules, count) == 0);
}

bool plate_equal(const struct plate *a, const struct plate *b)
{
	return a->kind == b->kind && a->y == b->y && a->x == b->x &&
	       a->h == b->h && a->w == b->w && a->colour == b->colour &&
	       a->style == b->style && a->edge == b->edge &&
	       a->apart == b->apart && a->middle == b->middle &&
	       a->line_rows == b->line_rows && a->percent == b->percent &&
	       a->caret == b->caret && a->drawing == b->drawing &&
	       a->language == b->language && a->lead_cells == b->lead_cells &&
	       same_text(a->lead, b->lead) && same_text(a->text, b->text) &&
	       same_modules(a, b);
}

void plate_copy(struct plate *to, const struct plate *from)
{
	size_t count = (size_t)from->side * (size_t)from->side;

	*to = *from;
	to->text = from->text ? xstrdup(from->text) : NULL;
	to->lead = from->lead ? xstrdup(from->lead) : NULL;
	if (count) {
		to->modules = xcalloc(count, 1);
		memcpy(to->modules, from->modules, count);
	}
}

static void wipe_text(char *text)
{
	if (text)
		explicit_bzero(text, strlen(text));
	free(text);
}

void plate_wipe(struct plate *plate)
{
	wipe_text(plate->text);
	wipe_text(plate->lead);
	if (plate->modules)
		explicit_bzero(plate->modules,
			       (size_t)plate->side * (size_t)plate->side);
	free(plate->modules);
	*plate = (struct plate){ 0 };
}

void canvas_add_plate(struct canvas *canvas, struct plate plate)
{
	if (!clip(canvas, &plate.y, &plate.x, &plate.h, &plate.w)) {
		plate_wipe(&plate);
		return;
	}
	canvas_blank(canvas, plate.y, plate.x, plate.h, plate.w, plate.colour);
	set_cells(canvas, plate.y, plate.x, plate.h, plate.w, NO_BREAK_SPACE,
		  plate.colour, true);
	canvas->plates = xreallocarray(canvas->plates, canvas->plate_count + 1,
				       sizeof *canvas->plates);
	canvas->plates[canvas->plate_count++] = plate;
}

/* --- lines ---------------------------------------------------------------- */

static void put_sign(struct canvas *canvas, int y, int x, wchar_t sign,
		     enum canvas_colour colour)
{
	int h = 1, w = 1;

	if (!clip(canvas, &y, &x, &h, &w))
		return;
	canvas_blank(canvas, y, x, 1, 1, colour);
	set_cell(canvas_cell(canvas, y, x), sign, colour);
}

void canvas_rule(struct canvas *canvas, int y, int x, int w)
{
	struct canvas_area area =
	    canvas_on_screen(canvas, (struct canvas_area){ y, x, 1, w });

	for (int i = 0; i < w; i++)
		put_sign(canvas, y, area.x + i, L'─', CANVAS_QUIET);
}

void canvas_rule_down(struct canvas *canvas, int y, int x, int h)
{
	struct canvas_area area =
	    canvas_on_screen(canvas, (struct canvas_area){ y, x, h, 1 });

	for (int i = 0; i < h; i++)
		put_sign(canvas, y + i, area.x, L'│', CANVAS_QUIET);
}

void canvas_frame(struct canvas *canvas, const struct canvas_area *area,
		  enum canvas_colour colour)
{
	struct canvas_area on = canvas_on_screen(canvas, *area);
	int bottom = on.y + on.h - 1, right = on.x + on.w - 1;

	canvas_blank(canvas, on.y, on.x, on.h, on.w, CANVAS_INK);
	for (int x = on.x + 1; x < right; x++) {
		put_sign(canvas, on.y, x, L'─', colour);
		put_sign(canvas, bottom, x, L'─', colour);
	}
	for (int y = on.y + 1; y < bottom; y++) {
		put_sign(canvas, y, on.x, L'│', colour);
		put_sign(canvas, y, right, L'│', colour);
	}
	put_sign(canvas, on.y, on.x, L'╭', colour);
	put_sign(canvas, on.y, right, L'╮', colour);
	put_sign(canvas, bottom, on.x, L'╰', colour);
	put_sign(canvas, bottom, right, L'╯', colour);
}
