#pragma once

#include <stdbool.h>

#include "base/bytes.h"
#include "base/memory.h"
#include "ui/grid.h"
#include "ui/probe.h"
#include "ui/term.h"

/*
 * The plates that a terminal shows: which are there, which of a new canvas
 * must be sent, and how large the text on them is. Knows sixel, not curses.
 */
struct gallery;

struct gallery *gallery_new(void);
void gallery_free(struct gallery *gallery); /* NULL is fine; wipes */

/* The size of a cell and of the largest picture. */
void gallery_set_cells(struct gallery *gallery, const struct probe *probe);

/* The screen was wiped. */
void gallery_forget(struct gallery *gallery);

bool gallery_is_showing(const struct gallery *gallery,
			const struct canvas *canvas);

/* The plate shown after after (NULL: the first) that must be blanked before
 * canvas is shown, for another one comes to lie over a part of it. */
const struct plate *gallery_moved(const struct gallery *gallery,
				  const struct canvas *canvas,
				  const struct plate *after);

struct gallery_screen {
	int rows, columns;
	enum term_theme theme;
	const bool *changed; /* by row: cells of it were written just now */
};

/* Adds to out what brings canvas's plates to the screen. */
void gallery_show(struct gallery *gallery, const struct canvas *canvas,
		  const struct gallery_screen *screen, struct bytes *out);
