#pragma once

#include "print/picture.h"
#include "tests/support/chance.h"
#include "tests/support/photo.h"

/*
 * A printed paper that was carried about, and a camera that is held over it:
 * ink fades, heater dots were dead, folds and rubbing take ink off, and the
 * lens is out of focus, askew, in poor light. How much of each is invented, as
 * TICKET.md's was, and set so that a symbol of 4 dots on the narrow paper is
 * read about as often as there. Each photo has between half and all of it.
 */
struct wear {
	const char *name;
	/* Of the paper. */
	double fade;    /* share of the ink's darkness that is gone */
	double rubbed;  /* share of all dots that lie in rubbed specks */
	double streaks; /* dead dots of the head */
	double creases; /* folds across it */
	/* Of the photo. */
	double blur;   /* standard deviation of the focus, in pixels */
	double motion; /* pixels that the hand moved */
	double turn;   /* degrees */
	double tilt;   /* how much nearer one edge is than the other; a share */
	double bend;   /* how far it is not flat, in dots */
	double dim;    /* share of the light that one corner lacks */
	double flat;   /* share of the contrast that is lost */
	double noise;  /* standard deviation, in steps of 256 greys */
};

/* What TICKET.md calls a good print, a tired one and a bad one. */
#define WEARS 3
extern const struct wear wears[WEARS];

/* A photo of the paper, with margin dots free at its sides, scale pixels for
 * each of its dots. The caller releases it. */
struct photo worn_photo(const struct picture *paper, int margin, double scale,
			const struct wear *wear, struct chance *chance);

/*
 * The paper with a stain on which nothing can be told apart: a round one that
 * takes share of the square of side dots at x and y, wherever within it chance
 * puts it. The caller frees it.
 */
struct picture *stained(const struct picture *paper, int x, int y, int side,
			double share, struct chance *chance);
