#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/fault.h"
#include "seal/passphrase.h"

/*
 * The passphrase of one person who works at the agency: a hash that tells
 * whether it is theirs (Argon2id, as libsodium's crypto_pwhash_str writes it),
 * and a box that only it opens, in which they hold the passphrase of the
 * agency's key. So everybody has one passphrase, their own.
 *
 * Cost: libsodium's INTERACTIVE, 2 passes over 64 MiB. A Pi Zero 2 has 512 MB,
 * of which a desk and its system leave about half: MODERATE's 256 MiB would
 * push them into swap, and 64 MiB is more than RFC 9106 asks of a small
 * machine beside what slows guesses at a desk anyway (record/user.h).
 */
enum own_cost {
	OWN_DESK,
	OWN_DEMO, /* 1 pass over 8 MiB, for invented agencies alone */
};

#define OWN_HASH 128 /* bytes of a hash's text, with its zero */
#define OWN_LEAST 12 /* characters; six words of passphrase_make() have 29 */

/* Whether it may be somebody's passphrase: long enough, and not one letter
 * over and over. */
bool own_strong(const char *passphrase);

/* FAULT_SYSTEM: not enough memory for the cost; the log says how much. */
MUST_CHECK enum fault own_hash(const char *passphrase, enum own_cost cost,
			       char hash[OWN_HASH]);
bool own_matches(const char *hash, const char *passphrase);

/*
 * Adds a box to out: version (1), Argon2id passes (4), memory in KiB (4), salt
 * (16), nonce (24), then XChaCha20-Poly1305 of secret, filled up with zeros to
 * PASSPHRASE_LIMIT bytes, with what is before it as associated data. Numbers
 * are big-endian. Faults as own_hash().
 */
#define OWN_FRONT (1 + 4 + 4 + 16 + 24)
#define OWN_BOX (OWN_FRONT + PASSPHRASE_LIMIT + 16)
MUST_CHECK enum fault own_wrap(const char *passphrase, enum own_cost cost,
			       const char *secret, struct bytes *out);

/*
 * *opened is false, and secret empty, where the passphrase is another one or
 * the box is damaged. The caller wipes secret. FAULT_FORMAT: no box.
 */
MUST_CHECK enum fault own_unwrap(const char *passphrase, const void *box,
				 size_t length, bool *opened,
				 char secret[PASSPHRASE_LIMIT]);
