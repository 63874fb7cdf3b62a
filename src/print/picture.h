#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/fault.h"
#include "base/memory.h"

/*
 * A picture of black and white dots, one bit a dot, as a receipt printer takes
 * it: rows of width / 8 bytes, highest bit leftmost, a set bit is black.
 */
struct picture {
	int width, height; /* dots; width is a multiple of 8 */
	uint8_t *bits;     /* height rows of width / 8 bytes */
};

#define PICTURE_MAX_WIDTH 640   /* dots: the widest paper, edge to edge */
#define PICTURE_MAX_HEIGHT 4096 /* dots: half a metre of paper */

/* A white picture within those limits. The caller frees it. */
struct picture *picture_new(int width, int height);
void picture_free(struct picture *picture); /* NULL is fine; wipes */
DEFINE_SCOPED(struct picture, picture_free)

bool picture_dot(const struct picture *picture, int x, int y);
void picture_ink(struct picture *picture, int x, int y); /* one dot black */

/*
 * The same picture with everything moved dots to the right (or left, below
 * 0); what leaves the sides is lost. A reprint is moved PICTURE_REPRINT dots
 * so that a dead heater dot does not hit the same column of the symbol
 * (TICKET.md §6). It is mended again as it is sent (escpos_job()). The caller
 * frees it.
 */
#define PICTURE_REPRINT 3
struct picture *picture_moved(const struct picture *picture, int dots);

/*
 * The picture as a PNG file, one grey sample a dot, with margin white dots on
 * the left and right: what the printer leaves free on its paper, which the
 * symbol's quiet zone counts on. PICTURE_MARGIN completes 384 and 576 dots to
 * a symbol that every reader accepts.
 */
#define PICTURE_MARGIN 32
void picture_png(const struct picture *picture, int margin, struct bytes *out);

/* The same as one page of a PDF, in the size that it has on a receipt
 * printer's paper: 8 dots are a millimetre. */
void picture_pdf(const struct picture *picture, int margin, struct bytes *out);
