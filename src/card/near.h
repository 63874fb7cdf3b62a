#pragma once

#include <stddef.h>

/*
 * How many letters part two names: put in, left out, another one, or two that
 * changed places; capital letters, and '-', '_' and blanks, are the same. At
 * most NEAR_FAR: farther is never told.
 */
#define NEAR_FAR 9
#define NEAR_NAME 64 /* bytes looked at */

size_t near_distance(const char *a, const char *b);

/* Whether one may be a slip for the other: a letter or two, in longer names
 * three. */
int near_enough(const char *written, const char *meant);
