#pragma once

#include "ask/question_inside.h"

/*
 * What there is room for around the question that is unfolded: which of the
 * others stand above and below it, whether its words leave the answers their
 * rows, and what is read on a page of its own before.
 */

/* The fields in sight: from first up to end. */
struct question_window {
	size_t first, end;
};

/* Those around the one that is unfolded, as many as leave it room. */
struct question_window question_window(const struct question *question,
				       struct canvas *canvas,
				       const struct canvas_area *area);

/* Rows at the foot: of the folded ones that are in sight there, and of the
 * refusal. */
int question_rows_below(const struct question *question, struct canvas *canvas,
			const struct canvas_area *area,
			const struct question_window *window);

/* How large the letters of the refusal are, in percent: as the other text, if
 * that leaves the answers their room. */
int question_refusal_percent(const struct question *question,
			     struct canvas *canvas,
			     const struct canvas_area *area);

/* The notes that are read with the unfolded one; NULL: there are none, or they
 * were read already. The caller frees it. */
char *question_notes(const struct question *question);

/* Whether a text leaves the unfolded one less than the rows it cannot do
 * without, of so many. */
bool question_too_long(const struct question *question,
		       const struct canvas *canvas,
		       const struct canvas_area *area, const char *text,
		       int room);

/* The same of what is for who asks, mostly, as guidance is: it takes no row
 * from the answers, nor a page of its own. */
bool question_leaves_little(const struct question *question,
			    const struct canvas *canvas,
			    const struct canvas_area *area, const char *text,
			    int room);

/* The refusal, the notes or the hint that were not read yet, where they need a
 * page; NULL: none of them. The caller frees it. */
char *question_needs_page(const struct question *question,
			  const struct canvas *canvas,
			  const struct canvas_area *area);
