#pragma once

#include "base/fault.h"
#include "base/home.h"
#include "record/record.h"

/*
 * Names that lie apart, for commands: `foyer --names-fd N NOUN VERB` reads the
 * passphrase of the agency's key from that descriptor and opens them; a demo's
 * are opened with its own. Without it everything goes by number.
 */
void names_from(int descriptor);

/* Faults are those of reading the passphrase and of the record; a passphrase
 * that opens nothing is a FAULT_FORMAT. */
MUST_CHECK enum fault names_open_here(const struct home *home,
				      struct record *record);
