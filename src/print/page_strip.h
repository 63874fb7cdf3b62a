#pragma once

#include <pango/pangocairo.h>
#include <stddef.h>

#include "text/page.h"

/*
 * A page's block laid out across the paper: cells side by side, each a stack
 * of lines. A strip knows its height and nothing of where it goes, so it can be
 * put whole on one sheet of paper or a line at a time on several. Lengths are
 * points, 72 to the inch.
 */
struct strip_line {
	PangoLayout *layout; /* NULL: a box */
	int number;          /* of the line in the layout */
	double x;            /* from the paper's left edge */
	double top, height;  /* below the strip's top */
	double baseline;     /* below top */
	enum page_box box;
};

struct strip_cell {
	struct strip_line *lines;
	size_t count;
};

struct strip {
	enum page_kind kind;
	struct strip_cell cells[PAGE_COLUMNS];
	size_t count;
	double above;  /* white, but at the top of a sheet */
	double height; /* what the tallest cell takes */
};

/* The room that strips have across the paper. */
struct strip_room {
	double left, width;
};

#define STRIP_BOX 11 /* a side of a box */

/*
 * Lays one block out. shares are those of the block's table, NULL where it is
 * in none. strip_done() releases it.
 */
void strip_init(struct strip *strip, const struct page *page,
		const struct page_block *block, const int *shares,
		struct strip_room room);
void strip_done(struct strip *strip);

/* The foot of every sheet but its number. */
void strip_init_foot(struct strip *strip, const struct page *page,
		     struct strip_room room);

/* Whether the page runs from the right: its person's language does. */
bool strip_from_right(const struct page *page);

/* How many characters of it no installed font has. */
int strip_unknown(const struct strip *strip);
