#pragma once

#include "base/bytes.h"
#include "text/language.h"
#include "ui/canvas.h"
#include "ui/term.h"

/*
 * A canvas as a picture, without a terminal: for review packs, contact sheets
 * and tests. Cells are drawn in a terminal's monospace letters, plates are the
 * painter's own bitmaps, so they are what a terminal gets, pixel by pixel. The
 * same canvas, fonts and look make the same bytes.
 */
struct still_look {
	int cell_height, cell_width; /* pixels */
	enum term_theme theme;
	/* Whose letters a character that several scripts share takes in cells
	 * (Chinese, Korean); NULL: any. */
	const struct language *language;
};

/* Adds a PNG file to out. */
void still_png(const struct canvas *canvas, const struct still_look *look,
	       struct bytes *out);
