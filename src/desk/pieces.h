#pragma once

#include <stddef.h>

#include "desk/desk.h"

/*
 * Work that takes longer than a desk may stand still, in pieces: a panel says
 * how far it is, and between two of them keys, scans and time have their turn.
 * Escape ends it, and so does whatever closes the panel: a scan, the lock.
 */
struct pieces {
	const char *title; /* words, not a key */
	const char *words; /* catalogue: how far it is, with {at} and {all} */
	size_t count;

	/* Does one, from 0. A fault ends the work, and the message line says
	 * so. */
	MUST_CHECK enum fault (*each)(void *to, size_t piece);
	/* All are done and the panel is closed already. */
	void (*done)(struct desk *desk, void *to);
	/* After done(), or wherever the work ended before. */
	void (*drop)(void *to);
	void *to;
};

extern const struct view desk_pieces_screen; /* about: struct pieces */

/* The same in one call; to is the panel's from now on. */
void pieces_start(struct desk *desk, const struct pieces *pieces);
