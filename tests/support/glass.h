#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "tests/support/pty.h"
#include "ui/canvas.h"

/*
 * Whether a terminal shows a canvas: every cell's letters, and where it shows
 * pictures every plate in its place, dot by dot as Pango draws it.
 */
struct glass_difference {
	size_t cells;  /* that show something else */
	size_t plates; /* that are not there */
	size_t dots;   /* of those that are, in another colour */
};

/*
 * Looks until nothing differs, each time when the screen was quiet, for tries
 * at most; returns what differed last. pixels as the terminal has them, or
 * NULL; the theme is the dark one.
 */
struct glass_difference glass_expect(struct pty *pty,
				     const struct canvas *canvas,
				     const struct pty_pixels *pixels,
				     int tries);
bool glass_same(const struct glass_difference *difference);
