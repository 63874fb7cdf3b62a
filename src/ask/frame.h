#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "text/catalogue.h"
#include "text/language.h"
#include "ui/canvas.h"
#include "ui/key.h"

/*
 * The one frame that every lobby screen shares: how far one has come and
 * "start over" on top, the heading, and the keys that are always in the same
 * place at the bottom. Mirrored for languages that run from right to left.
 *
 *   keys   back: left arrow (right, when mirrored), Escape, Page Up
 *          skip or next: the other arrow, Tab, Page Down
 *          person: F1    bigger: F2    colours: F3    start over: F9
 */
enum frame_action {
	FRAME_NONE,
	FRAME_BACK,
	FRAME_ONWARD, /* skip, or next where something was answered */
	FRAME_BIGGER,
	FRAME_COLOURS,
	FRAME_PERSON,
	FRAME_START_OVER,
	FRAME_ACTIONS,
};

struct frame_spot { /* where an action was drawn, in cells of the screen */
	int y, x, w;
};

struct frame {
	const struct language *language;
	const struct catalogue *words;
	const char *heading; /* NULL: none; at most two lines */
	size_t before, total; /* screens done and in all; total 0: no dots */
	bool no_back;	     /* the first screen */
	bool no_onward;	     /* an answer is required */
	bool answered;	     /* onward reads "Next", else "Skip" */
	/* Filled by frame_draw(): */
	struct frame_spot spots[FRAME_ACTIONS];
};

struct frame_area {
	int y, x, h, w; /* cells left between heading and footer */
};

/* Clears and mirrors the canvas as the language wants, and draws. */
struct frame_area frame_draw(struct frame *frame, struct canvas *canvas);

/*
 * What a key or a touch asks of the frame; FRAME_NONE leaves it to the screen.
 * typing: a text is being written, so left and right are the caret's.
 */
enum frame_action frame_action(const struct frame *frame,
			       const struct ui_event *event, bool typing);

/* A line of small print in the quiet colour at the area's last row. */
void frame_note(const struct frame *frame, struct canvas *canvas,
		const struct frame_area *area, const char *text);
