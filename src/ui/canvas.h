#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/memory.h"

/*
 * What a screen draws on: a grid of cells in memory, and plates over it. A
 * screen knows text, language and rectangle; whether a text becomes cells or a
 * plate is the canvas's choice, by language, style and what the terminal can
 * do. ui/term.c shows a canvas; tests compare one with a text picture.
 */
struct canvas;

/* Colour roles; ui/theme.h has what each looks like. */
enum canvas_colour {
	CANVAS_INK,    /* text on paper */
	CANVAS_QUIET,  /* less important text on paper */
	CANVAS_ACCENT, /* headings, marks */
	CANVAS_FOCUS,  /* the row that has the focus: reversed */
	CANVAS_ALARM,  /* staff screens; printer trouble */
	CANVAS_SYMBOL, /* QR codes: black on white whatever the theme */
	CANVAS_COLOURS,
};

enum canvas_style {
	CANVAS_PLAIN,
	CANVAS_BOLD,
	CANVAS_HEADING, /* two cell rows high where plates are to be had */
	CANVAS_NUMBER,	/* three rows high: the ticket's number */
};

enum canvas_align { CANVAS_START, CANVAS_CENTRE, CANVAS_END };

/* A rectangle of text. y, x, h, w are cells; for a right-to-left language
 * START is the right edge. Text wider than w is wrapped to h lines, then cut.*/
struct canvas_text {
	int y, x, h, w;
	const char *text;     /* logical order, UTF-8 */
	const char *language; /* BCP 47 */
	enum canvas_style style;
	enum canvas_colour colour;
	enum canvas_align align;
	int caret; /* byte offset of a caret to draw; -1: none */
};

/* A grid of rows and columns; plates say whether pictures can be shown. */
struct canvas *canvas_new(int rows, int columns, bool plates);
void canvas_free(struct canvas *canvas); /* NULL is fine; wipes */
DEFINE_SCOPED(struct canvas, canvas_free)

int canvas_rows(const struct canvas *canvas);
int canvas_columns(const struct canvas *canvas);
bool canvas_has_plates(const struct canvas *canvas);

/* Blank paper; the mirror (below) is kept. */
void canvas_clear(struct canvas *canvas);

/* From now on x' = columns - x - w for everything drawn (right to left). */
void canvas_mirror(struct canvas *canvas, bool mirrored);
bool canvas_mirrored(const struct canvas *canvas);

/* Draws text; what lies outside the grid is clipped. Returns rows used. */
int canvas_text(struct canvas *canvas, const struct canvas_text *text);

/* Fills a rectangle with blanks of a colour. */
void canvas_fill(struct canvas *canvas, int y, int x, int h, int w,
		 enum canvas_colour colour);

/* A horizontal line of box-drawing cells. */
void canvas_rule(struct canvas *canvas, int y, int x, int w);

/*
 * A bitmap of width x height modules (row-major, 1 is dark) such as a QR
 * code: as a plate, or in half blocks. The rectangle must be large enough:
 * canvas_symbol_rows() and _columns() say what half blocks need.
 */
void canvas_symbol(struct canvas *canvas, int y, int x, int h, int w,
		   const uint8_t *modules, int side);

/* A named pictogram ("hand", "key", "person", "paper") of h x w cells. */
void canvas_pictogram(struct canvas *canvas, int y, int x, int h, int w,
		      const char *name, enum canvas_colour colour);

/*
 * The canvas as text for tests and the log: one line a row, trailing blanks
 * cut; a plate's logical text stands at its start edge in the rows' middle.
 * The caller frees it.
 */
char *canvas_picture(const struct canvas *canvas);
