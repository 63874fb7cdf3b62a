#pragma once

#include "base/memory.h"

/*
 * What a made-up visitor of tests/data/intake/personas.json presses from the
 * choice of a language to the paper, on a screen of rows and columns that shows
 * pictures, as machine_type() takes it. home is an agency's whose settings and
 * form the machine has, too. Fails the test where there is no such visitor; the
 * caller frees it.
 */
char *walk_keys(const char *home, const char *persona, const char *language,
		int rows, int columns);

/* What that visitor must be found to need: "U3". The caller frees it. */
char *walk_level(const char *persona);
