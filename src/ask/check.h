#pragma once

#include <stdbool.h>

#include "ask/review.h"
#include "ask/surround.h"
#include "base/fault.h"
#include "base/memory.h"
#include "ui/choice.h"

/*
 * The screen on which a person checks their answers before they are sealed: a
 * row each. First stand the ways to go on: the choices of the question that
 * the form asks here, until it was answered, or else "finish".
 */
struct check {
	const struct ask_look *look;
	struct node *screen; /* whose label is the heading; NULL: none */
	bool too_long;
	struct review review;
	struct node *asks;               /* NULL: nothing is asked here */
	const struct choice_item *items; /* of asks; the run's */
	size_t ways;                     /* rows before the answers */
	struct choice *list;
	struct surround surround; /* for touches, once it was drawn */
	char *heading, *notice;
};

/*
 * too_long: the answers did not fit on the ticket, which is said. run and look
 * outlive *check, which the caller releases with check_done(), also after a
 * fault: the run's, and choice_new()'s.
 */
MUST_CHECK enum fault check_make(struct run *run, const struct ask_look *look,
				 bool too_long, struct check *check);
void check_done(struct check *check); /* wipes */

void check_draw(struct check *check, struct canvas *canvas);

/* Adds what is said aloud of it; answers are private. */
struct prompts;
void check_say(struct check *check, struct prompts *out);
