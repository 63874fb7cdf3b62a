#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/bytes.h"
#include "form/run.h"

/*
 * On which answers a question is asked, in words for paper: "3: Yes" where the
 * form says ${A3} = 'YES'. Questions are called by their numbers on the paper,
 * choices by their labels:
 *
 *	3: Yes          that answer        3 ≠ Yes   any other
 *	3: …            any answer         3: –      none
 *	3 > 5           more than that     + and     / or
 *	?(3, 5)         something about these, which has no simple words
 *
 * What a calculation of the form if(..., 'yes', 'no') decides is told by what
 * it asks itself.
 */
struct when_question {
	struct node *node;
	int number;    /* on the paper, from 1; 0: it has none */
	bool left_out; /* must not be on it, and nothing may name it */
};

struct when {
	const struct form *form;
	const struct when_question *questions; /* every node of the form */
	size_t count;
};

/* A question of appearance `private`, unless the form marks which of its
 * choices are: then the others may be seen. */
bool when_is_silent(struct node *node);

/*
 * Adds the words for the relevance of the node itself, without what is around
 * it; nothing where it is always asked. False, and out is untouched: it hangs
 * on an answer that paper must not name, or nobody is ever asked.
 */
bool when_say(const struct when *when, const struct node *node,
	      struct bytes *out);
