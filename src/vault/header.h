#pragma once

#include <stdbool.h>

#include "vault/place.h"

/*
 * Puts a LUKS2 header for a passphrase on the partition, which is empty, and
 * labels it VAULT_LABEL_MAKING. It is made in memory, and the label reaches the
 * partition before anything else: whenever power goes, what lies there is
 * zeros, or says that it was begun here. False: a program or the disk failed,
 * and the log says which.
 */
bool header_make(const struct vault_place *place, const char *passphrase);

/* Puts another passphrase in a passphrase's place; cryptsetup's exit status. */
int header_change(const struct vault_place *place, const char *passphrase,
		  const char *new_passphrase);
