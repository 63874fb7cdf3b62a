#pragma once

#include "ask/step.h"
#include "ui/canvas.h"

/*
 * Where the questions of a screen stand that are not being answered now: a row
 * each, or side by side where the form gives them shares of one (appearance w1
 * to w12, twelfths) and the screen is wide enough to read them.
 */

/* Whether a question has a place of its own: it is asked, and no note that is
 * read with what is behind it. */
bool folded_shows(const struct step *step, size_t index);

/*
 * Places the questions from one up to another below area's top, each one row
 * high, into places by index (NULL: only counts). Returns how many rows they
 * take.
 */
int folded_place(const struct step *step, size_t from, size_t to,
		 const struct canvas_area *area, struct canvas_area *places);
