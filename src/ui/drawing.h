#pragma once

#include <cairo.h>
#include <stddef.h>

#include "base/memory.h"

/*
 * A picture that stands beside words: plain lines from an SVG (ui/svg.h has
 * what of it is known), or a PNG whose dark parts are ink. Either is shown in
 * the one colour of the words beside it.
 */
struct drawing;

#define DRAWING_BYTES (256 * 1024) /* of the file */
#define DRAWING_PIXELS 1024        /* a side, of a PNG */

/*
 * NULL, with *problem saying why in words (the caller frees them), where bytes
 * are no picture that can be shown. name is what drawing_name() gives.
 */
struct drawing *drawing_read(const char *name, const void *bytes, size_t length,
			     char **problem);
void drawing_free(struct drawing *drawing); /* NULL is fine */
DEFINE_SCOPED(struct drawing, drawing_free)

const char *drawing_name(const struct drawing *drawing);

/* In the source's colour, as large as fits in width x height at the origin,
 * in its middle. */
void drawing_paint(const struct drawing *drawing, cairo_t *cairo, double width,
		   double height);
