#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "ui/canvas.h"
#include "ui/choice.h"

/*
 * The inside of a list, for the files of this room that make one: choice.c
 * (what is in it, and what keys do), choice_page.c (how much room words want,
 * and what stands on which page) and choice_draw.c.
 */
#define CHOICE_MARKER 2  /* cells before a row's number */
#define CHOICE_NUMBERS 9 /* rows of a page that have a number key */
#define CHOICE_MARK 3    /* of the check mark behind it */

enum choice_control { CONTROL_MORE, CONTROL_NEXT, CONTROL_EXTRA, CONTROLS };

struct choice_line {
	char *label, *language;
	const struct drawing *picture;
	bool hides, checked;
};

/* Where something was drawn: a row, or a control when row is count. */
struct choice_spot {
	struct canvas_area on_screen;
	size_t row;
	enum choice_control control;
};

struct choice {
	char *language, *words[CONTROLS];
	bool several, confirmed;
	int row_height, columns, page_rows;
	struct choice_line *rows;
	size_t count, selected;
	/* The focus is on the selected row, or on a control of its page. */
	bool on_control;
	enum choice_control control;
	/* Learnt when drawn. */
	int *lines;     /* of each label */
	size_t *starts; /* first row of each page; starts[pages] is count */
	size_t pages;
	bool mirrored;
	struct choice_spot *spots;
	size_t spot_count;
};

static inline int choice_most(int a, int b)
{
	return a > b ? a : b;
}

/* --- choice_page.c ---------------------------------------------------------
 */

/* Which page a row is on; the first row of the page in view, and how many it
 * has; whether a control stands on it. */
size_t choice_page_of(const struct choice *choice, size_t row);
size_t choice_first_of_page(const struct choice *choice);
size_t choice_page_count(const struct choice *choice);
bool choice_has_control(const struct choice *choice,
			enum choice_control control);

/* Rows of a picture; cells between a number and the words for pictures, of a
 * number, and of all that stands before the words. */
int choice_picture_rows(int row_height);
int choice_picture_cells(const struct choice *choice,
			 const struct canvas *canvas);
int choice_number_cells(const struct canvas *canvas);
int choice_lead_cells(const struct choice *choice, const struct canvas *canvas);

/* A row's words as they are laid out in a tile of that width. */
struct canvas_text choice_label_text(const struct choice *choice,
				     const struct canvas *canvas, size_t row,
				     int width);

/* The width of a tile where all share width; the height of the tiles side by
 * side that begin with row. */
int choice_tile_width(const struct choice *choice, int width);
int choice_band_height(const struct choice *choice, size_t row);

/* Spreads the rows over pages; returns the highest page's height, and in
 * *control the height of the controls. */
int choice_make_pages(struct choice *choice, const struct canvas *canvas,
		      const struct canvas_area *area, int *control);
