#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "ask/field.h"

/*
 * What can be picked in a question: the form's choices that are offered, and
 * languages beside them; yes and no; the one row of an acknowledgement. All of
 * it is copied: the run's list may be made anew.
 */
struct pick_row {
	char *value, *label;           /* as it is seen (text/emphasis.h) */
	const char *language;          /* of the label; NULL: the look's */
	const struct language *beyond; /* one that the form does not list */
	const struct drawing *picture;
	bool quotes; /* other answers stand in its words */
	bool hides;
	bool answered; /* it is the answer, or of it */
	char *folded;  /* the label's, once somebody looks for it */
};

struct pick_rows {
	struct pick_row *rows;
	size_t count;
};

/* The caller releases *out with pick_rows_done(), which wipes it. */
void pick_rows_make(const struct field *field, struct pick_rows *out);
void pick_rows_done(struct pick_rows *rows);

/* Whether the same can be picked from both, in the same words. */
bool pick_rows_same(const struct pick_rows *one, const struct pick_rows *other);

/* Whether every word of what was written and folded is in a row. */
bool pick_row_fits(struct pick_row *row, const char *folded);
