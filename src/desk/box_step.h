#pragma once

#include "desk/box.h"

/*
 * One screen of the way to an open box. Its heading is the word "box.NAME",
 * what is said below it "box.NAME_about".
 */
struct box_field {
	const char *word; /* catalogue; NULL: no more fields */
	bool secret;
};

struct box_step {
	const char *name;
	struct box_field fields[BOX_FIELDS];
	const char *choices[BOX_CHOICES]; /* catalogue; NULL behind the last */

	bool (*due)(const struct box *box);
	/* What is filled in or made when it is reached. NULL: nothing. */
	void (*enter)(struct box *box);
	/* What else is shown, below heading and words; rows used. NULL: none */
	int (*draw)(const struct box *box, struct canvas *canvas,
		    struct canvas_area area);
	/* The fields were written, or a choice (from 0) made. */
	void (*take)(struct box *box, int choice);
};

/* In the order in which they are looked at: parts of the way, each with rows up
 * to one without a name; NULL ends them. */
extern const struct box_step *const box_parts[];
extern const struct box_step box_first_steps[], box_agency_steps[],
    box_back_steps[], box_paper_steps[], box_last_steps[];

/* --- what several steps have ------------------------------------------------
 */

/* One line of text. */
void box_line(struct canvas *canvas, int y, int x, int w, const char *text,
	      const char *language, enum canvas_colour colour);

/* A passphrase is chosen in a field and written again in the next: six words
 * to take are made and shown, and what is written is judged. */
void box_make_offer(struct box *box);
int box_draw_strength(const struct box *box, struct canvas *canvas,
		      struct canvas_area area);
/* Both hold the same good one, tidied; false: it was said why not. The caller
 * wipes it. */
bool box_take_both(struct box *box, int first, char tidy[PASSPHRASE_LIMIT]);
