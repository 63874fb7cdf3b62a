#pragma once

#include <stdbool.h>

#include "desk/desk.h"
#include "ui/canvas.h"
#include "ui/table.h"

/*
 * Words typed above a table, which leave those of its rows that fit. Letters
 * are the words' while they are typed; Enter keeps them, Escape shows all rows
 * again. What a row is and whether it fits is the screen's to know.
 */
struct sift;

/* label stands before the words: "Find". Copied. */
struct sift *sift_new(const struct desk *desk, const char *label);
void sift_free(struct sift *sift); /* NULL is fine; wipes */

/* "" when there are none. The sift's own, until the next key. */
const char *sift_text(const struct sift *sift);
bool sift_is_typed(const struct sift *sift);
/* From now on letters belong to the words. */
void sift_type(struct sift *sift);

/*
 * A key while words are typed. True: they changed, so rows are to be looked
 * for anew, and the first of them is the one to begin at. Keys that are not
 * the words' move in the table.
 */
bool sift_key(struct sift *sift, struct table *table,
	      const struct ui_event *event);

/*
 * Takes the first line of area while there are words or they are typed, and
 * says whether it did. note, NULL for none, stands quiet at the line's end.
 */
bool sift_draw(struct sift *sift, struct canvas *canvas,
	       struct canvas_area *area, const char *note);
