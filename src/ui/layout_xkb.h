#pragma once

#include <stdbool.h>
#include <stdint.h>

/*
 * What the keys of a keyboard give, read from xkeyboard-config through
 * libxkbcommon, which needs no display server. Only the letter block: rows from
 * the top, keys from the left, by level (plain, Shift, AltGr, Shift AltGr).
 */
#define LAYOUT_XKB_LEVELS 4
#define LAYOUT_XKB_ROWS 4
#define LAYOUT_XKB_KEYS 14

struct layout_xkb {
	/* Unicode scalars; 0: nothing, or a dead key */
	uint32_t point[LAYOUT_XKB_LEVELS][LAYOUT_XKB_ROWS][LAYOUT_XKB_KEYS];
};

/* False, and logged, where there is no such layout on this machine. */
bool layout_xkb_read(const char *layout, const char *variant,
		     struct layout_xkb *out);
