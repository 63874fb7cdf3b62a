#pragma once

#include <cairo.h>

/*
 * Draws a named pictogram in the source's colour into a square of side units
 * at the origin; a round dot where the name is not known.
 */
void pictogram_draw(cairo_t *cairo, const char *name, double side);
