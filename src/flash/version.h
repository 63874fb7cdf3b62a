#pragma once

#include <stdbool.h>
#include <stdint.h>

/*
 * The version of a release: one to four whole numbers parted by dots,
 * "2026.11.2". They are compared number by number from the left, and one that
 * is not written is 0: 1.10 is newer than 1.9, and 1.4 is 1.4.0.
 */
#define VERSION_NUMBERS 4
#define VERSION_TEXT 40 /* bytes of its text, with its zero */

struct version {
	uint32_t number[VERSION_NUMBERS];
	char text[VERSION_TEXT]; /* as it was written */
};

/* False, and *version untouched, for what is none. */
bool version_read(const char *text, struct version *version);

/* Below 0: a is older than b; 0: the same; above 0: newer. */
int version_compare(const struct version *a, const struct version *b);
