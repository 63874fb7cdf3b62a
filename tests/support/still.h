#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"

/*
 * Pictures as JPEGs: with nothing said as a camera makes them (YCbCr, 4:2:2),
 * or as none does.
 */
struct still {
	int components; /* 1 for grey, 4 for CMYK */
	bool bare;      /* without Huffman tables: it needs the usual ones */
	bool fitted;    /* with Huffman tables of its own */
	int restart;    /* blocks from one restart marker to the next */
	bool progressive, arithmetic;
	bool apart; /* a scan for each component */
};

/* Adds width times height grey dots, rows one behind the other. */
void still_add(const struct still *still, const uint8_t *dots, int width,
	       int height, struct bytes *to);

/* Where the first segment of a marker is, such as 0xc4 for Huffman tables, or
 * else the scan. */
size_t still_marker(const struct bytes *jpeg, uint8_t marker);
#define STILL_SCAN 0xda

/* Takes all segments of that marker out. */
void still_without(struct bytes *jpeg, uint8_t marker);
