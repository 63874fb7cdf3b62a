#include "ui/theme.h"

#include <math.h>

/* The eight colours of a terminal that has no others. */
enum { BLACK, RED, GREEN, YELLOW, BLUE, MAGENTA, CYAN, WHITE };

#define DARK_PAPER       \
	{                \
		6, 8, 12 \
	}
#define LIGHT_PAPER        \
	{                  \
		98, 97, 94 \
	}
#define SYMBOL                                               \
	{                                                    \
		{ 0, 0, 0 }, { 100, 100, 100 }, BLACK, WHITE \
	}

static const struct theme_pair pairs[][CANVAS_COLOURS] = {
	[TERM_DARK] = {
		[CANVAS_INK] = { { 93, 92, 88 }, DARK_PAPER, WHITE, BLACK },
		[CANVAS_QUIET] = { { 66, 68, 70 }, DARK_PAPER, WHITE, BLACK },
		[CANVAS_ACCENT] = { { 56, 82, 88 }, DARK_PAPER, CYAN, BLACK },
		[CANVAS_FOCUS] = { DARK_PAPER, { 96, 82, 48 }, BLACK, YELLOW },
		[CANVAS_ALARM] = { { 100, 66, 58 }, DARK_PAPER, RED, BLACK },
		[CANVAS_SYMBOL] = SYMBOL,
		[CANVAS_KEY] = { { 93, 92, 88 }, { 16, 19, 24 }, BLACK, WHITE },
	},
	[TERM_LIGHT] = {
		[CANVAS_INK] = { { 9, 10, 13 }, LIGHT_PAPER, BLACK, WHITE },
		[CANVAS_QUIET] = { { 36, 37, 40 }, LIGHT_PAPER, BLACK, WHITE },
		[CANVAS_ACCENT] = { { 2, 30, 42 }, LIGHT_PAPER, BLUE, WHITE },
		[CANVAS_FOCUS] = { { 100, 100, 100 }, { 4, 28, 40 }, WHITE,
				   BLUE },
		[CANVAS_ALARM] = { { 60, 6, 6 }, LIGHT_PAPER, RED, WHITE },
		[CANVAS_SYMBOL] = SYMBOL,
		[CANVAS_KEY] = { { 9, 10, 13 }, { 88, 87, 84 }, WHITE, BLACK },
	},
	[TERM_STRONG] = {
		[CANVAS_INK] = { { 100, 100, 100 }, { 0, 0, 0 }, WHITE, BLACK },
		[CANVAS_QUIET] = { { 86, 86, 86 }, { 0, 0, 0 }, WHITE, BLACK },
		[CANVAS_ACCENT] = { { 60, 96, 100 }, { 0, 0, 0 }, CYAN, BLACK },
		[CANVAS_FOCUS] = { { 0, 0, 0 }, { 100, 90, 0 }, BLACK, YELLOW },
		[CANVAS_ALARM] = { { 100, 80, 74 }, { 0, 0, 0 }, WHITE, RED },
		[CANVAS_SYMBOL] = SYMBOL,
		[CANVAS_KEY] = { { 100, 100, 100 }, { 18, 18, 18 }, BLACK,
				 WHITE },
	},
};

const struct theme_pair *theme_pair(enum term_theme theme,
				    enum canvas_colour colour)
{
	return &pairs[theme][colour];
}

/* WCAG 2.1, "relative luminance". */
static double linear(int percent)
{
	double value = percent / 100.0;

	return value <= 0.04045 ? value / 12.92
				: pow((value + 0.055) / 1.055, 2.4);
}

static double luminance(const struct theme_colour *colour)
{
	return 0.2126 * linear(colour->red) + 0.7152 * linear(colour->green) +
	       0.0722 * linear(colour->blue);
}

double theme_contrast(const struct theme_pair *pair)
{
	double ink = luminance(&pair->ink), paper = luminance(&pair->paper);

	return ink > paper ? (ink + 0.05) / (paper + 0.05)
			   : (paper + 0.05) / (ink + 0.05);
}

/* --- the 256 colours ------------------------------------------------------ */

#define CUBE_FIRST 16
#define GREY_FIRST 232

/* In percent: a cube of 6 x 6 x 6, then 24 greys. */
static struct theme_colour colour_256(int number)
{
	static const int steps[] = { 0, 37, 53, 69, 84, 100 };
	int grey = (800 + (number - GREY_FIRST) * 1000) / 255;
	int place = number - CUBE_FIRST;

	if (number >= GREY_FIRST)
		return (struct theme_colour){ grey, grey, grey };
	return (struct theme_colour){ steps[place / 36], steps[place / 6 % 6],
				      steps[place % 6] };
}

static int distance(struct theme_colour a, struct theme_colour b)
{
	int red = a.red - b.red, green = a.green - b.green,
	    blue = a.blue - b.blue;

	return red * red + green * green + blue * blue;
}

int theme_nearest(struct theme_colour colour)
{
	int best = CUBE_FIRST;

	for (int i = CUBE_FIRST; i < 256; i++) {
		if (distance(colour_256(i), colour) <
		    distance(colour_256(best), colour))
			best = i;
	}
	return best;
}
