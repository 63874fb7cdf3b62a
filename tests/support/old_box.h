#pragma once

#include "base/bytes.h"

/* Adds a box of version 1 (seal/own_passphrase.h), as an older Foyer closed it:
 * a cheap one. */
void old_box(const char *passphrase, const char *secret, struct bytes *out);
