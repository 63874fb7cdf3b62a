#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/memory.h"

/*
 * What a picture of a screen would leave in a memory: short pieces of its lines
 * of pixels, as many as there are with writing in them. Which process holds
 * them, and as what kind of image, does not matter, as long as a pixel is of
 * four bytes, the lowest three blue, green and red.
 */
struct traces;

/* A picture in that form; the fourth byte does not count. */
struct traces_picture {
	int width, height;
	uint32_t *pixels;
};

struct traces *traces_new(void);
void traces_free(struct traces *traces); /* NULL is fine */
DEFINE_SCOPED(struct traces, traces_free)

/* The pieces of a picture are looked for from now on; or no longer, as they may
 * be seen. */
void traces_add(struct traces *traces, const struct traces_picture *picture);
void traces_drop(struct traces *traces, const struct traces_picture *picture);

/* How often any of them is in bytes, which begin where a pixel could. */
long traces_count(const struct traces *traces, const uint8_t *bytes,
		  size_t length);
