#pragma once

#include "base/bytes.h"
#include "ui/picture.h"
#include "ui/theme.h"

/*
 * A picture as the terminal takes it: DECSIXEL, opaque, its registers in whole
 * percents. Adds the sequence from ESC P to ESC \ for the part of width columns
 * of pixels from x on, and height rows from y on.
 */
struct sixel_part {
	int y, x, height, width;
};

void sixel_add(struct bytes *out, const struct picture *picture,
	       const struct sixel_part *part, const struct theme_pair *pair);
