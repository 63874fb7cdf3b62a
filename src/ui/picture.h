#pragma once

#include <stddef.h>
#include <stdint.h>

#include "ui/theme.h"

/*
 * What a plate looks like: a rectangle of pixels, each a level of ink from 0
 * (background) to 15. Colours come in when it is sent.
 */
#define PICTURE_LEVELS 16

struct picture {
	int width, height;
	uint8_t *levels; /* row by row */
};

/* The colour of a level: mixed in whole percents, as the terminal takes it. */
struct theme_colour picture_colour(const struct theme_pair *pair, int level);

void picture_done(struct picture *picture); /* wipes */
