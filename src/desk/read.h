#pragma once

#include "desk/desk.h"

/*
 * One answer in full, which its row has no room for, below its question; more
 * than a screen of it scrolls. Whatever moves nothing goes back.
 */
struct read_about {
	const char *title; /* words, not a key */
	const char *question, *answer;
};

/* about: struct read_about; its texts are copied, and wiped at the end. */
extern const struct view desk_read_screen;
