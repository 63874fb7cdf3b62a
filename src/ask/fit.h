#pragma once

#include "text/completeness.h"

/*
 * Whether words fit their place on the lobby's smallest screen, 60 columns by
 * 14 rows, at the largest text size; by the key of a message, which says where
 * it stands: a heading takes at most its lines, an answer and a hint at most
 * their rows, a key of the frame its plate. Measured as the canvas measures;
 * a plate may draw what is a little too long somewhat smaller.
 */
char *ask_fit(const struct language *language, const char *key,
	      const char *text);
