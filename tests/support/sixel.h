#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A sixel picture decoded: each pixel as red, green and blue in percent. */
struct sixel_picture {
	int row, column; /* of the cell it was drawn at */
	int height, width;
	uint8_t
	    *percents; /* three bytes a pixel; 255 where nothing was drawn */
};

/* bytes from after "ESC P" to before "ESC \". False: not a sixel picture, or
 * something in it that we do not send. The caller releases it. */
bool sixel_decode(const char *bytes, size_t length, struct sixel_picture *out);
void sixel_picture_done(struct sixel_picture *picture);
