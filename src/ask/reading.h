#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "ask/field.h"
#include "base/memory.h"
#include "ui/canvas.h"

/*
 * A text that does not fit above the answers: a hint or a notice on a small
 * screen, or in large letters. It is read on a page of its own, or on several,
 * before the answers come, so that nobody answers what they saw half of. Pages
 * end with a sentence, where one is no more than a page; below each stands a
 * row that goes on.
 */
struct reading {
	char *text; /* NULL: nothing is read now */
	size_t page, pages;
	struct canvas_area drawn; /* on the screen, for touches */
};

/* Begins at the first page; text is copied. */
void reading_open(struct reading *reading, const char *text);
void reading_close(struct reading *reading);

/* Draws the page, by how the area is now; the row to go on is at its foot. */
void reading_draw(struct reading *reading, const struct ask_look *look,
		  struct canvas *canvas, const struct canvas_area *area);

/*
 * Where a page of a text ends that begins at start and stands in an area:
 * behind a sentence, a word or a letter, whichever is the most. start itself:
 * none of it has the room.
 */
size_t reading_end(const char *language, const struct canvas *canvas,
		   const struct canvas_area *area, const char *text,
		   size_t start);

/* To the page after or before this one; false where there is none. */
bool reading_onward(struct reading *reading);
bool reading_back(struct reading *reading);

/* Whether a key asks for the next page, or the one before. */
bool reading_key_onward(const struct reading *reading,
			const struct ui_event *event);
bool reading_key_back(const struct ui_event *event);
