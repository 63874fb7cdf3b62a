#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/memory.h"

/*
 * The part of SVG 1.1 that plain line drawings need, in one ink: svg with a
 * viewBox, g, path (M L H V C S Q T Z, small letters too), line, polyline,
 * polygon, circle, ellipse and rect; fill and stroke that are "none" or ink
 * (currentColor, black, #000), and stroke-width. Anything else that would
 * change the drawing is refused in words, for a picture that is drawn wrong is
 * worse than none.
 */
#define SVG_STEPS 4096  /* lines and curves of one drawing */
#define SVG_SHAPES 256  /* of one drawing */
#define SVG_DEPTH 8     /* of g within g */
#define SVG_REACH 16384 /* no number is farther from 0 */

enum svg_step_kind { SVG_MOVE, SVG_LINE, SVG_CURVE, SVG_CLOSE };

struct svg_step {
	enum svg_step_kind kind;
	double x[3], y[3]; /* a curve's two handles and end; else x[0], y[0] */
};

struct svg_shape {
	size_t first, count; /* steps */
	bool filled, stroked;
	double width; /* of the stroke, in the view box's units */
};

struct svg {
	double x, y, width, height; /* the view box; both sizes above 0 */
	struct svg_step *steps;
	struct svg_shape *shapes;
	size_t step_count, shape_count;
};

/* False, with *problem (the caller frees it), where it cannot be read. On
 * success release *out with svg_done(). */
bool svg_read(const char *bytes, size_t length, struct svg *out,
	      char **problem);
void svg_done(struct svg *svg);
