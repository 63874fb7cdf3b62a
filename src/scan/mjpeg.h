#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A picture of a camera that gives MJPEG: how light its dots are. What comes
 * from a camera may be anything, so no more is read than cameras make: one
 * scan, in Huffman codes of its own tables or, as many leave them out, of those
 * in ITU-T T.81, Annex K. What is of another kind or too large is refused
 * before its rows are looked at, what is cut or seen to be damaged where that
 * shows: in the time of one picture, with memory for a few rows, and without a
 * word.
 */
struct mjpeg {
	uint8_t *dots; /* the caller's: room for most_width * most_height */
	int most_width, most_height;
	int width, height; /* what was read: rows of width dots, 0 black */
};

/* Some cameras fill a picture up to whole blocks of so many dots a side. */
#define MJPEG_BLOCK 16

/* false: data is no such picture; dots, width and height are anything then. */
bool mjpeg_read(const uint8_t *data, size_t length, struct mjpeg *picture);
