#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <wchar.h>

#include "base/bytes.h"
#include "ui/canvas.h"

/*
 * The inside of a canvas, for the files of this room that fill one (canvas.c,
 * canvas_text.c, canvas_symbol.c) and those that show one (term.c, plate.c),
 * and for tests that look at single cells.
 */
#define CELL_CHARS 5 /* a base and four marks: what curses takes */

struct drawing;

struct cell {
	wchar_t text[CELL_CHARS + 1]; /* ends with 0; empty: see covered */
	uint8_t colour;               /* enum canvas_colour */
	bool bold, italic, underlined;
	bool caret;
	bool covered;      /* the second half of the wide character before it */
	bool plate;        /* under a plate: text is a no-break space */
	uint8_t unused[1]; /* no padding: cells are compared as bytes */
};

enum plate_kind {
	PLATE_TEXT,
	PLATE_SYMBOL,
	PLATE_PICTOGRAM,
	PLATE_DRAWING,
};
enum plate_edge { PLATE_LEFT, PLATE_CENTRE, PLATE_RIGHT };

/*
 * A picture over a rectangle of cells. It lies within the grid, is opaque, and
 * never overlaps another. text is a label, the name of a pictogram or drawing,
 * or NULL.
 */
struct plate {
	enum plate_kind kind;
	int y, x, h, w; /* on the screen */
	char *text, *lead;
	int lead_cells;
	const struct language *language; /* NULL: unknown */
	enum canvas_style style;
	enum canvas_colour colour;
	enum plate_edge edge; /* where its ink begins; for the lead, too */
	bool apart;           /* of the size of other text */
	bool middle;
	int line_rows; /* 1; 2 when magnified */
	int percent;   /* of the usual size of its style */
	int caret;     /* byte offset in text; -1: none */
	uint8_t *modules;
	int side;
	const struct drawing *drawing; /* outlives every canvas; or NULL */
};

struct canvas {
	int rows, columns;
	bool plates_allowed, mirrored;
	int percent;
	struct cell *cells; /* rows x columns */
	struct plate *plates;
	size_t plate_count;
};

struct cell *canvas_cell(const struct canvas *canvas, int y, int x);

/* Whether two plates would be drawn alike in the same place. */
bool plate_equal(const struct plate *a, const struct plate *b);
bool plate_overlaps(const struct plate *plate, int y, int x, int h, int w);
void plate_copy(struct plate *to, const struct plate *from);
void plate_wipe(struct plate *plate);

/*
 * Takes plate (its texts are the canvas's from now on) and clips it; the cells
 * below become no-break spaces. Plates that lay there go.
 */
void canvas_add_plate(struct canvas *canvas, struct plate plate);

/*
 * Puts the clusters of one line, in visual order, at a place on the screen and
 * returns the cells it took; at most room. caret is the cell of the line that
 * has the caret, -1 none.
 */
int canvas_put(struct canvas *canvas, int y, int x, int room, const char *line,
	       enum canvas_colour colour, bool bold);

/* Blanks of a colour at a place on the screen; plates there go. */
void canvas_blank(struct canvas *canvas, int y, int x, int h, int w,
		  enum canvas_colour colour);

/* The character that stands for a pictogram in cells. */
const char *pictogram_sign(const char *name);

/* Whether the script of some letter of text needs a plate, or the joiner. */
enum grid_script { GRID_PLAIN, GRID_RIGHT_TO_LEFT, GRID_SHAPED };
enum grid_script grid_script(const char *text);

/* The next code point of UTF-8 text; U+FFFD and one byte where it is broken.
 * 0 at the end, *at then unchanged. */
uint32_t grid_next(const char *text, size_t *at);

/* Adds a code point to UTF-8 text. */
void grid_add(struct bytes *out, uint32_t point);
