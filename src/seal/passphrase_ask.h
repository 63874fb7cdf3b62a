#pragma once

#include <stdbool.h>

#include "base/fault.h"
#include "seal/passphrase.h"

/*
 * Where a passphrase comes from: a terminal or a descriptor, never an argument
 * or the environment. text is tidied; the caller wipes it, and after a fault
 * it is wiped.
 *
 * FAULT_SYSTEM: nothing to read from, or the person broke off.
 * FAULT_FORMAT: empty. FAULT_LIMIT: longer than PASSPHRASE_LIMIT.
 */

/* From the terminal, which shows prompt and nothing that is typed. */
MUST_CHECK enum fault passphrase_ask(const char *prompt,
				     char text[PASSPHRASE_LIMIT]);

/* One line of a descriptor, and no byte more; complaints name it. */
MUST_CHECK enum fault passphrase_take(int descriptor, const char *name,
				      char text[PASSPHRASE_LIMIT]);

/* What --passphrase-fd says: a descriptor's number; false if it is none. */
#define PASSPHRASE_NO_FD (-1)
bool passphrase_descriptor(const char *argument, int *descriptor);
