#pragma once

#include <pango/pangocairo.h>

#include "print/paper.h"
#include "print/picture.h"

/* Inside the room: how drawings and symbols become a printer's dots. */

/* What from is drawn as, by draw, in black without grey. */
typedef void ink_draw(const void *from, cairo_t *cairo);
void ink_drawing(struct picture *picture, ink_draw *draw, const void *from);

/* A symbol in the middle, its first row of modules at row top. */
void ink_symbol(struct picture *picture, const struct paper_symbol *symbol,
		int top);
