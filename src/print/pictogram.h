#pragma once

#include <cairo.h>

/*
 * The picture that needs no language: a paper with a symbol on it, an arrow,
 * and somebody behind a desk. Black, in a square of side dots at the origin.
 */
void pictogram_show_paper(cairo_t *cairo, int side);
