#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/fault.h"
#include "seal/passphrase.h"
#include "seal/signature.h"

/*
 * The keys that releases are signed with: Ed25519. Whoever makes releases keeps
 * the secret one in a file under a passphrase (seal/locked.h's, with magic
 * "FOYERRK1" and the seed in it); the public one is a text of two lines:
 *
 *	foyer release key 1
 *	8d3a...
 *
 * Computers that write cards trust the public keys in the folder
 * kiosk-image/keys of what ships with the program (base/data.h), in files that
 * end in ".pub", and those given with --key.
 */
#define SIGNER_FOLDER "kiosk-image/keys"
#define SIGNER_PUBLIC_END ".pub"
#define SIGNER_MOST 32 /* that are trusted at once */

struct signers {
	uint8_t key[SIGNER_MOST][KEY_BYTES];
	size_t count;
};

/* Adds the pinned keys of a folder; one that is not there has none.
 * FAULT_FORMAT: a file of it is no key. */
MUST_CHECK enum fault signer_pinned(const char *folder, struct signers *keys);
/* Adds a file's. FAULT_FORMAT: it is no key. FAULT_SYSTEM: unreadable.
 * FAULT_LIMIT: more than SIGNER_MOST. */
MUST_CHECK enum fault signer_add(const char *path, struct signers *keys);
bool signer_trusted(const struct signers *keys, const uint8_t key[KEY_BYTES]);

/* How dear a guess is; SIGNER_QUICK is for tests alone. */
enum signer_cost { SIGNER_USUAL, SIGNER_QUICK };

/*
 * Makes a key: path, mode 0600, and path.pub beside it. FAULT_FORMAT: one of
 * them is there already; nothing is written.
 */
MUST_CHECK enum fault signer_make(const char *path, enum signer_cost cost,
				  const char *passphrase,
				  uint8_t public[KEY_BYTES]);

/* The seed of a secret key; it is in secret memory. FAULT_FORMAT, too: another
 * passphrase. */
MUST_CHECK enum fault signer_open(const char *path, const char *passphrase,
				  uint8_t seed[SIGNATURE_SEED]);
