#pragma once

#include "desk/desk.h"

/*
 * A panel in which somebody chooses a passphrase: twice the same, with how good
 * it is below and an example that was made just now. One that is known already
 * may be asked before it. All of them are tidied (seal/passphrase.h), lie in
 * secret memory, and are dropped when the desk locks.
 */
struct secrets {
	const char *title; /* words, not a key */
	const char *known; /* catalogue: of the one asked before; NULL: none */

	/* True: it is done, and the panel closes. Else it has told in the
	 * message line why not. known is "" where none is asked. */
	bool (*take)(struct desk *desk, void *to, const char *known,
		     const char *chosen);
	/* The panel is closed; NULL: nothing more. */
	void (*done)(struct desk *desk, void *to);
	void *to; /* outlives it: the state of the screen below, or NULL */
};

extern const struct view desk_secrets_screen; /* about: struct secrets */

/* The same in one call; what secrets points to is copied. */
void secrets_open(struct desk *desk, const struct secrets *secrets);
