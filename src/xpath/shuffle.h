#pragma once

#include <stddef.h>
#include <stdint.h>

/*
 * The chance of randomize(): with a seed, Park and Miller's generator
 * (x * 16807 mod 2^31 - 1), seeded as the ODK programs do, so that one seed
 * gives one order everywhere.
 */
struct shuffle {
	int64_t state; /* 0: ask random */
	double (*random)(void *to);
	void *to;
};

/*
 * A number's fraction is dropped. A text that is no number counts by its
 * SHA-256; an empty one as 0.
 */
struct shuffle shuffle_seeded(double number, const char *text);
struct shuffle shuffle_random(double (*random)(void *to), void *to);

/* The next place, 0 to below - 1. */
size_t shuffle_next(struct shuffle *shuffle, size_t below);
