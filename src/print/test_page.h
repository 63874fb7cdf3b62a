#pragma once

#include "base/fault.h"
#include "print/picture.h"

/*
 * The page that shows what a printer can do and what its head has lost: a ruler
 * across the paper, each dot of the head alone and all together, a flight of
 * steps in which a dead dot is a gap, lines of all sizes that a ticket has.
 *
 * Draws it for a printer of width dots (PAPER_NARROW or PAPER_WIDE). The caller
 * frees *out with picture_free(). Faults as slip_draw().
 */
MUST_CHECK enum fault test_page_draw(int width, struct picture **out);

/* The flight of steps, the page's last part, above 16 white rows. */
#define TEST_PAGE_STEP 4   /* rows a dot is down for */
#define TEST_PAGE_ACROSS 8 /* steps side by side begin again every so many */
