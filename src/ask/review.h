#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "ask/field.h"
#include "base/memory.h"
#include "form/run.h"

/*
 * The answers as a person checks them: every question that was answered, in
 * the form's order, in their own words; in a repeat behind what its instance
 * goes by ("Amira · Age", "Child 1 · Name"). Left out are questions of
 * appearance `private` and `unlisted`, choices marked private, and what is
 * asked on the review's own screen.
 */
struct review_row {
	struct node *node;
	char *question, *answer;
	bool quotes; /* answers stand in the question */
};

struct review {
	struct review_row *rows;
	size_t count;
};

/* The caller releases *review with review_done(), which wipes it. */
void review_make(struct run *run, const struct ask_look *look,
		 struct review *review);
void review_done(struct review *review);

/* The relevant node of appearance `review` (its label is the heading) or
 * `on-review` (a question asked on that screen); NULL if the form has none. */
struct node *review_node(struct run *run);
struct node *review_asks(struct run *run);
