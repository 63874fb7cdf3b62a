#pragma once

#include <stdbool.h>

#include "base/fault.h"
#include "base/home.h"
#include "seal/passphrase.h"

/*
 * Reads a passphrase: one line of the descriptor if it is not -1; in a home
 * marked as a demo without one, its passphrase.txt; else from the terminal,
 * which shows prompt and nothing that is typed. Never from an argument or the
 * environment. text is tidied; the caller wipes it.
 *
 * FAULT_SYSTEM: nothing to read from, or the person broke off.
 * FAULT_FORMAT: empty. FAULT_LIMIT: longer than PASSPHRASE_LIMIT.
 */
#define PASSPHRASE_NO_FD (-1)
MUST_CHECK enum fault passphrase_read(const struct home *home, int descriptor,
				      const char *prompt,
				      char text[PASSPHRASE_LIMIT]);

/* A descriptor's number from an argument; false if it is none. */
bool passphrase_descriptor(const char *argument, int *descriptor);

#define PASSPHRASE_FILE "passphrase.txt" /* of a demo home */
