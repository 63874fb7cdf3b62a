#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "text/catalogue.h"
#include "text/language.h"
#include "ui/bar.h"
#include "ui/canvas.h"
#include "ui/key.h"

/*
 * What stands around every lobby screen: how far one has come and
 * "start over" on top, the heading, and the keys that are always in the same
 * place at the bottom. Mirrored for languages that run from right to left.
 *
 *   keys   back: left arrow (right, when mirrored), Escape, Page Up
 *          skip or next: the other arrow, Tab, Page Down
 *          person: F1    bigger: F2    colours: F3    read aloud: F4
 *          other hand: F5    start over: F9
 */
#define SURROUND_MARGIN 2       /* cells left and right */
#define SURROUND_HEADING_ROWS 2 /* at most, at the usual size */
#define SURROUND_PICTURE 6      /* cells of a picture beside it, and a gap */

enum surround_action {
	SURROUND_NONE,
	SURROUND_BACK,
	SURROUND_ONWARD, /* skip, or next where something was answered */
	SURROUND_READ,   /* read aloud, or stop */
	SURROUND_BIGGER,
	SURROUND_COLOURS,
	SURROUND_HAND, /* the layout for the other hand */
	SURROUND_PERSON,
	SURROUND_START_OVER,
	SURROUND_ACTIONS,
};

struct surround {
	/* At a desk: stands where "start over" does otherwise, which only its
	 * key asks for then, beside back and onward. NULL: in a lobby. */
	const char *title;
	const char *title_language;
	const struct language *language;
	const struct catalogue *words;
	const char *heading;           /* NULL: none; at most two lines */
	const struct drawing *picture; /* beside the heading; NULL: none */
	size_t before, total; /* screens done and in all; total 0: no dots */
	bool no_back;         /* the first screen */
	bool no_onward;       /* an answer is required */
	bool answered;        /* onward reads "Next", else "Skip" */
	bool reads;           /* it can be read aloud here */
	bool reading;         /* it is: the key stops it */
	bool left_handed;     /* what stood at the ends changes sides */
	/* Filled by surround_draw(), for touches: */
	struct bar footer;
	struct canvas_area start_over;
};

/*
 * Clears and mirrors the canvas as the language wants, and draws. Gives the
 * area between heading and footer.
 */
struct canvas_area surround_draw(struct surround *surround,
				 struct canvas *canvas);

/*
 * What a key or a touch asks of the frame; SURROUND_NONE leaves it to the
 * screen. typing: a text is being written, so left and right are the caret's.
 */
enum surround_action surround_action(const struct surround *surround,
				     const struct ui_event *event, bool typing);
