#pragma once

#include <stddef.h>

/*
 * What became of tickets that were kept while the record could not be reached
 * and were not filed as they were: a line each, in words.
 */
struct kept_lines {
	char **rows;
	size_t count;
};

extern const struct view desk_kept_screen; /* about: struct kept_lines */
