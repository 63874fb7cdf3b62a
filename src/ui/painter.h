#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/memory.h"
#include "text/language.h"
#include "ui/grid.h"
#include "ui/picture.h"

/*
 * Paints plates: the only file that knows Pango. Opening one reads the font
 * configuration, which takes some ten milliseconds, so it is done when the
 * first plate is to be shown.
 */
struct painter;

struct painter *painter_new(int cell_height, int cell_width); /* pixels */
void painter_free(struct painter *painter);                   /* NULL is fine */
DEFINE_SCOPED(struct painter, painter_free)

/*
 * The largest font that fits plate, in pixels an em: no larger than its style
 * wants, no smaller than can be read.
 */
int painter_fit(struct painter *painter, const struct plate *plate);

/*
 * One size for all text of a kind on a screen, so that it looks even: em[i],
 * from painter_fit(), becomes the smallest of the plates of plate i's kind.
 */
void painter_level(const struct plate *plates, int *em, size_t count);

/* Whether the font is installed that a language is drawn with first; without it
 * another one stands in, or boxes. */
bool painter_has_font(struct painter *painter, const struct language *language);

/* How many of a plate's characters no font has; they show as boxes. */
int painter_unknown(struct painter *painter, const struct plate *plate);

/* The caller releases the picture with picture_done(). */
struct picture painter_paint(struct painter *painter, const struct plate *plate,
			     int em);

/*
 * One character of cells, 1 or 2 of them wide, as a terminal's monospace font
 * draws it: for pictures of a screen that no terminal shows. "" is blank;
 * language may be NULL.
 */
struct picture painter_cell(struct painter *painter, const char *text,
			    const struct language *language, bool bold,
			    int cells);
