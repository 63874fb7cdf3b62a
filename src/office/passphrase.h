#pragma once

#include "base/fault.h"
#include "base/home.h"
#include "seal/passphrase_ask.h"

/*
 * Reads a passphrase, as seal/passphrase_ask.h says: one line of the descriptor
 * if it is not PASSPHRASE_NO_FD; in a home marked as a demo without one, its
 * passphrase.txt; else from the terminal.
 */
MUST_CHECK enum fault passphrase_read(const struct home *home, int descriptor,
				      const char *prompt,
				      char text[PASSPHRASE_LIMIT]);

/* What is said of a --passphrase-fd that passphrase_descriptor() refused. */
#define PASSPHRASE_FD_COMPLAINT \
	"--passphrase-fd takes the number of a descriptor"
