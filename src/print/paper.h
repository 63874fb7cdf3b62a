#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/fault.h"
#include "print/picture.h"

/*
 * What the ticket's paper says, from top to bottom (TICKET.md §6): agency,
 * number, date, desk, helpline, one fixed English and French line with a
 * pictogram, and the symbol. Never a name, a need or a level: everybody's
 * paper looks alike.
 */

/* A line in a script of its own. */
struct paper_line {
	const char *text;     /* UTF-8, logical order */
	const char *language; /* BCP 47 tag */
	const char *families; /* Pango families, as struct language has them */
	bool right_to_left;
};

/* The QR symbol: libqrencode's data serves as it is. */
struct paper_symbol {
	const uint8_t *modules; /* side x side, row by row; bit 0 set is dark */
	int side;               /* modules a side */
	int dots;               /* dots a module, 4 to 6 */
};

/* A text that is NULL or empty takes no room. */
struct paper {
	const char *agency;
	const char *number;   /* "K7-0412" */
	const char *date;     /* empty where the clock is not trusted */
	const char *desk;     /* which desk to go to */
	const char *helpline; /* whom to call */
	/* "Show this paper at the desk now" once more in the chosen language,
	 * where the agency wants that (ticket_language = chosen); or NULL. */
	const struct paper_line *extra;
	struct paper_symbol symbol;
};

#define PAPER_NARROW 384    /* dots across 58 mm paper */
#define PAPER_WIDE 576      /* dots across 80 mm paper */
#define PAPER_TEXT_MAX 1000 /* bytes in one text */
#define PAPER_QUIET 4       /* white modules above and below the symbol */

/*
 * Draws the paper for a printer of width dots (PAPER_NARROW or PAPER_WIDE),
 * 203 to the inch, without grey; the result can be sent as it stands (see
 * escpos_mend()). The caller frees *out with picture_free(); on a fault *out
 * is untouched.
 *
 * FAULT_FORMAT: a text is not UTF-8, or no installed font has one of its
 * characters; the log names the text and the mend.
 * FAULT_LIMIT: a text is longer than PAPER_TEXT_MAX, or the symbol is wider
 * than width - 12 dots.
 */
MUST_CHECK enum fault paper_draw(const struct paper *paper, int width,
				 struct picture **out);
