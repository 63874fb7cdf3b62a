#pragma once

#include "ui/canvas.h"
#include "ui/term.h"

/*
 * The colours of each role in each theme, in whole percents of red, green and
 * blue, so that curses and a picture come out as the same colour.
 */
struct theme_colour {
	int red, green, blue; /* 0 to 100 */
};

struct theme_pair {
	struct theme_colour ink, paper;
	int ink8, paper8; /* for terminals of eight fixed colours */
};

const struct theme_pair *theme_pair(enum term_theme theme,
				    enum canvas_colour colour);

/* How far ink stands out from paper, by WCAG 2: 1 to 21. */
double theme_contrast(const struct theme_pair *pair);

/* The colour of the 256 that terminals have in common that comes nearest, and
 * what it is; from 16 on. */
int theme_nearest(struct theme_colour colour);
