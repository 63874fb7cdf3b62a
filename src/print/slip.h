#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"
#include "print/paper.h"

/*
 * A strip of receipt paper that is no ticket: lines of text from top to bottom,
 * and a symbol below them where there is one. For the paper of a key, for
 * trying a printer, and for what somebody looked up.
 */
struct slip_line {
	const char *text; /* UTF-8; wrapped where it is too long */
	int size;         /* dots on the narrow paper; the wide takes 5/4 */
	bool bold;
	bool columns; /* letters of one width, to be copied sign by sign */
	bool ruled;   /* between two lines across the paper */
	/* As struct paper_line has them; NULL: whatever its letters tell. */
	const char *language, *families;
	bool right_to_left; /* where its letters do not tell */
};

#define SLIP_LINES 64

/*
 * Draws it for a printer of width dots (PAPER_NARROW or PAPER_WIDE). symbol
 * may be NULL. The caller frees *out with picture_free(). FAULT_LIMIT: it is
 * longer than PICTURE_MAX_HEIGHT, or the symbol is wider than the paper.
 */
MUST_CHECK enum fault slip_draw(const struct slip_line *lines, size_t count,
				const struct paper_symbol *symbol, int width,
				struct picture **out);
