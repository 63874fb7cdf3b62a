#pragma once

#include <stddef.h>

/*
 * What somebody meant who mistyped a word: of the words offered, the one with
 * the fewest letters wrong, one in three at most. Case does not count.
 */
struct nearest {
	const char *word; /* as it was typed */
	const char *best; /* NULL: none is near */
	size_t wrong;     /* letters in best */
};

void nearest_offer(struct nearest *nearest, const char *word);

/* "; did you mean NAME?", or "". Put between before and after; caller frees. */
char *nearest_question(const struct nearest *nearest, const char *before,
		       const char *after);
