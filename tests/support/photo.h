#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/memory.h"
#include "print/picture.h"

/*
 * A picture in shades of grey, as a camera takes it, and the two programs
 * beside ours that look for a QR symbol in it: zbar, which the desk has, and
 * ZXing, which it has not and which was written from nothing of zbar's.
 */
struct photo {
	int width, height;
	uint8_t *grey; /* row by row; 0 is black */
};
void photo_done(struct photo *photo);

/* The picture as it is, with margin white dots on its left and right. */
struct photo photo_of(const struct picture *picture, int margin);

/* Whether one symbol was found, and these digits in it, all of them. */
enum photo_reader { PHOTO_ZBAR, PHOTO_ZXING, PHOTO_READERS };
bool photo_reads(const struct photo *photo, enum photo_reader reader,
		 const char *digits);
