#pragma once

#include <stddef.h>
#include <stdint.h>

/* QR symbols among grey dots. */

#define SCAN_PICTURE_SYMBOLS 32 /* in one picture */

/* The text of each symbol found, in the reader's order. */
struct scan_symbols {
	char **text;
	size_t count;
};

/*
 * Adds those of a picture of width times height dots, a byte each, row by row,
 * 0 black. The caller releases *out with scan_symbols_done().
 */
void symbols_find(const uint8_t *grey, int width, int height,
		  struct scan_symbols *out);

void scan_symbols_done(struct scan_symbols *symbols); /* wipes */
