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
struct drawing;

/* Colour roles; ui/theme.h has what each looks like. */
enum canvas_colour {
	CANVAS_INK,    /* text on paper */
	CANVAS_QUIET,  /* less important text on paper */
	CANVAS_ACCENT, /* headings, marks */
	CANVAS_FOCUS,  /* the row that has the focus: reversed */
	CANVAS_ALARM,  /* staff screens; printer trouble */
	CANVAS_SYMBOL, /* QR codes: black on white whatever the theme */
	CANVAS_KEY,    /* keys that are touched */
	CANVAS_COLOURS,
};

enum canvas_style {
	CANVAS_PLAIN,
	CANVAS_BOLD,
	CANVAS_HEADING, /* two cell rows high where plates are to be had */
	CANVAS_NUMBER,  /* three rows high: the ticket's number */
};

enum canvas_align { CANVAS_START, CANVAS_CENTRE, CANVAS_END };

/* A rectangle in cells, as laid out: before any mirroring. */
struct canvas_area {
	int y, x, h, w;
};

/*
 * A rectangle of text. y, x, h, w are cells. START is where the layout starts:
 * the left edge, the right one on a mirrored canvas. Which way the text itself
 * runs is its language's affair; letters of another script are drawn right
 * whatever the language says. Text wider than w is wrapped to h lines, then
 * cut; with a caret and one row it is not wrapped but moved along, so that the
 * caret is in sight.
 */
struct canvas_text {
	int y, x, h, w;
	const char *text; /* logical order, UTF-8; text/emphasis.h is drawn */
	const char *language; /* BCP 47 */
	enum canvas_style style;
	enum canvas_colour colour;
	enum canvas_align align;
	int caret; /* byte offset of a caret to draw; -1: none */

	/* Stands before the first line in a column of lead_cells, such as a
	 * row's number; further lines are indented by it. NULL: nothing. */
	const char *lead;
	int lead_cells;

	/* Its letters may be smaller than those of the other text on the screen
	 * where it is too long, and do not make the others smaller. */
	bool apart;

	/* In the middle of its h rows, all of which it takes; else it takes
	 * no more rows from the top than it needs. */
	bool middle;
};

/* A text in all of an area, as most are: plain, with no caret. It and its
 * language outlive what is returned. */
struct canvas_text canvas_text_in(const struct canvas_area *area,
				  const char *text, const char *language);

/* A grid of rows and columns; plates say whether pictures can be shown. */
struct canvas *canvas_new(int rows, int columns, bool plates);
void canvas_free(struct canvas *canvas); /* NULL is fine; wipes */
DEFINE_SCOPED(struct canvas, canvas_free)

int canvas_rows(const struct canvas *canvas);
int canvas_columns(const struct canvas *canvas);
bool canvas_has_plates(const struct canvas *canvas);

/* Blank paper; the mirror (below) and the text size are kept. */
void canvas_clear(struct canvas *canvas);

/*
 * Text at 100, 150 or 200 percent of its size, where plates are to be had (all
 * of it becomes plates then, and a line takes two rows above 100); cells know
 * one size. A HEADING, large already, grows to 160; a NUMBER stays. 100 in the
 * beginning.
 */
void canvas_magnify(struct canvas *canvas, int percent);
int canvas_percent(const struct canvas *canvas);
int canvas_line_rows(const struct canvas *canvas); /* 1 or 2 */

/* From now on x' = columns - x - w for everything drawn (right to left). */
void canvas_mirror(struct canvas *canvas, bool mirrored);
bool canvas_mirrored(const struct canvas *canvas);

/* Arrows that point on and back in the layout: "▸" and "◂", or mirrored. */
const char *canvas_onward(const struct canvas *canvas);
const char *canvas_backward(const struct canvas *canvas);

/*
 * Where an area comes to lie on the screen, mirrored if the canvas is: touches
 * and clicks are reported there. An area of no width holds nothing.
 */
struct canvas_area canvas_on_screen(const struct canvas *canvas,
				    struct canvas_area area);
bool canvas_area_holds(const struct canvas_area *on_screen, int y, int x);

/* The cells that a text takes in one line at the usual size: more than a
 * terminal's own letters do where a plate's are wider. */
int canvas_text_cells(const struct canvas *canvas, const char *text,
		      const char *language);

/* The rows that canvas_text() would take; draws nothing. */
int canvas_text_rows(const struct canvas *canvas,
		     const struct canvas_text *text);

/* Draws text; what lies outside the grid is clipped. Returns rows used. */
int canvas_text(struct canvas *canvas, const struct canvas_text *text);

/* Fills a rectangle with blanks of a colour. */
void canvas_fill(struct canvas *canvas, int y, int x, int h, int w,
		 enum canvas_colour colour);

/* Lines of box-drawing cells: across, down, and a frame with blank inside. */
void canvas_rule(struct canvas *canvas, int y, int x, int w);
void canvas_rule_down(struct canvas *canvas, int y, int x, int h);
void canvas_frame(struct canvas *canvas, const struct canvas_area *area,
		  enum canvas_colour colour);

/*
 * A bitmap of width x height modules (row-major, 1 is dark) such as a QR
 * code: as a plate, or in half blocks. The rectangle must be large enough:
 * canvas_symbol_rows() and _columns() say what half blocks need.
 */
void canvas_symbol(struct canvas *canvas, int y, int x, int h, int w,
		   const uint8_t *modules, int side);
int canvas_symbol_rows(int side);
int canvas_symbol_columns(int side);

/* A named pictogram ("hand", "key", "person", "paper", "printer", "check",
 * "arrow", "box", "checked", "right", "left", "bigger", "colours", "again",
 * "sound") in
 * h x w cells; without plates a sign in their middle. */
void canvas_pictogram(struct canvas *canvas, int y, int x, int h, int w,
		      const char *name, enum canvas_colour colour);

/*
 * A drawing in h x w cells, in a colour; without plates blanks of it. The
 * drawing must outlive every canvas and the terminal that shows it.
 */
void canvas_drawing(struct canvas *canvas, int y, int x, int h, int w,
		    const struct drawing *drawing, enum canvas_colour colour);

/*
 * The canvas as text for tests and the log: one line a row, trailing blanks
 * cut; a plate's logical text stands at its start edge in the rows' middle.
 * The caller frees it.
 */
char *canvas_picture(const struct canvas *canvas);

/*
 * How each cell looks, in the same shape: a letter for its colour (i q a f !
 * s k as in the enum's order), a capital one where it is bold, blanks where it
 * is plain ink, ^ for a caret, _ where it is underlined, / where it is italic.
 * The caller frees it.
 */
char *canvas_looks(const struct canvas *canvas);
