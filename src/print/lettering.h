#pragma once

#include <pango/pangocairo.h>
#include <stdbool.h>

/*
 * How a text is set, in one place for the ticket and for whole pages: script,
 * direction and fonts come from its language, and Pango shapes it.
 */
struct lettering {
	const char *language; /* BCP 47 tag; "und" where nobody noted it */
	const char *families; /* Pango families; NULL: the usual ones */
	bool right_to_left;
	bool by_letters; /* the way it runs is its first letters', and
			    right_to_left serves where they have none */
	double size;     /* of an em, in the surface's units */
	bool bold;
	bool crisp; /* for a printer of black dots: no grey, on the grid */
};

/* Always behind a language's own families: signs, and whatever it lacks. */
#define LETTERING_FAMILIES "Noto Sans, DejaVu Sans"

/* A layout without a text, which wraps between words and, where one is too
 * long, within it. The caller unrefs it. */
PangoLayout *lettering_layout(const struct lettering *lettering);
