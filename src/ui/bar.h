#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "ui/canvas.h"
#include "ui/key.h"

/*
 * A line of things that can be done, always in the same place: the lobby's
 * footer, the desk's keys. Items stand from the start edge on, those marked
 * so from the end; a hidden one keeps its place, so that the others never
 * move. Where words do not fit, signs alone are shown. A bar of two rows is for
 * fingers: its signs are drawn, where pictures are to be had.
 */
struct bar_item {
	const char *sign;      /* "◂", "A"; the desk's key: "enter", "c" */
	const char *word;      /* "Back", "open" */
	const char *pictogram; /* drawn for the sign in a high bar; or NULL */
	bool sign_behind;      /* the sign follows the word */
	bool at_end;           /* stands at the end edge */
	bool keep_word;        /* never shown as a sign alone */
	bool hidden;
	int id; /* what bar_touched() gives; above 0 */
};

#define BAR_MAX 24

struct bar {
	struct bar_spot {
		struct canvas_area on_screen;
		int id;
	} spots[BAR_MAX]; /* filled when drawn */
	size_t count;
};

struct bar_look {
	const char *language;
	bool words;                /* false: signs alone */
	const char *between;       /* "    " or " · " */
	enum canvas_colour colour; /* of the words */
	int rows;                  /* 1 or 2; 0 is 1 */
};

/* The cells that all items take beside each other. */
int bar_cells(const struct canvas *canvas, const struct bar_look *look,
	      const struct bar_item *items, size_t count);

/* Items beyond the line's width are left out from the back, but for those at
 * the end. */
void bar_draw(struct bar *bar, struct canvas *canvas, int y, int x, int w,
	      const struct bar_look *look, const struct bar_item *items,
	      size_t count);

/* The id of the item under a touch or click; 0 none. */
int bar_touched(const struct bar *bar, const struct ui_event *event);
