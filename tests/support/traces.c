#include "tests/support/traces.h"

#include <assert.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#define PIECE 64   /* pixels: wider than three letters */
#define STEP 16    /* from the beginning of a piece to that of the next */
#define CHANGES 12 /* of colour in a piece with writing in it */
#define COLOURS 0xFFFFFF
#define SLOTS (1U << 20)
#define FACTOR UINT64_C(0x9E3779B97F4A7C15)

/* A piece is known by its sum, which rolls on from pixel to pixel. */
struct traces {
	uint64_t slots[SLOTS]; /* 0: free; 1: dropped */
	size_t used;
	uint64_t last; /* FACTOR to the PIECE */
};

struct traces *traces_new(void)
{
	struct traces *traces = xcalloc(1, sizeof *traces);

	traces->last = 1;
	for (int i = 0; i < PIECE; i++)
		traces->last *= FACTOR;
	return traces;
}

void traces_free(struct traces *traces)
{
	free(traces);
}

/* Where a sum is, or would be put. */
static size_t slot_of(const struct traces *traces, uint64_t sum)
{
	size_t at = (size_t)(sum >> 40) % SLOTS;

	while (traces->slots[at] && traces->slots[at] != sum)
		at = (at + 1) % SLOTS;
	return at;
}

static uint64_t sum_of(const uint32_t *pixels)
{
	uint64_t sum = 0;

	for (int i = 0; i < PIECE; i++)
		sum = sum * FACTOR + (pixels[i] & COLOURS);
	return sum;
}

static bool has_writing(const uint32_t *pixels)
{
	int changes = 0;

	for (int i = 1; i < PIECE; i++)
		changes += ((pixels[i] ^ pixels[i - 1]) & COLOURS) != 0;
	return changes >= CHANGES;
}

void traces_add(struct traces *traces, const struct traces_picture *picture)
{
	for (int y = 0; y < picture->height; y++) {
		const uint32_t *line =
		    picture->pixels + (size_t)y * (size_t)picture->width;

		for (int x = 0; x + PIECE <= picture->width; x += STEP) {
			const uint64_t sum = sum_of(line + x);
			const size_t slot = slot_of(traces, sum);

			if (!has_writing(line + x) || traces->slots[slot])
				continue;
			assert(traces->used < SLOTS / 2);
			traces->slots[slot] = sum;
			traces->used++;
		}
	}
}

/* Calls of it for each place of a line where a piece is looked for. */
static long each(const struct traces *traces, const uint32_t *line,
		 size_t length, void found(void *to, size_t slot), void *to)
{
	uint64_t sum;
	long count = 0;

	if (length < PIECE)
		return 0;
	sum = sum_of(line);
	for (size_t i = 0;; i++) {
		const size_t slot = slot_of(traces, sum);

		if (traces->slots[slot]) {
			count++;
			if (found)
				found(to, slot);
		}
		if (i + PIECE == length)
			return count;
		sum = sum * FACTOR + (line[i + PIECE] & COLOURS) -
		      (line[i] & COLOURS) * traces->last;
	}
}

/* Its slot stays taken, so that those behind it are found. */
static void drop(void *to, size_t slot)
{
	struct traces *traces = to;

	traces->slots[slot] = 1;
}

void traces_drop(struct traces *traces, const struct traces_picture *picture)
{
	for (int y = 0; y < picture->height; y++)
		(void)each(traces,
			   picture->pixels + (size_t)y * (size_t)picture->width,
			   (size_t)picture->width, drop, traces);
}

long traces_count(const struct traces *traces, const uint8_t *bytes,
		  size_t length)
{
	return each(traces, (const uint32_t *)(const void *)bytes, length / 4,
		    NULL, NULL);
}
