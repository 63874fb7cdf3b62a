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
 * Adds a box to out: version 2 (1), Argon2id passes (4), memory in KiB (4),
 * salt (16), public key (32), then a sealed box of libsodium (crypto_box_seal)
 * of secret, filled up with zeros to PASSPHRASE_LIMIT bytes. The pair of keys
 * is crypto_box_seed_keypair()'s of 32 bytes that Argon2id makes of the
 * passphrase. Numbers are big-endian. Faults as own_hash().
 *
 * So anybody can put another secret into a box, and only the passphrase opens
 * it: own_renew(). Who may write boxes could as well take them away.
 */
#define OWN_FRONT (1 + 4 + 4 + 16 + 32)
#define OWN_BOX (OWN_FRONT + PASSPHRASE_LIMIT + 48)
MUST_CHECK enum fault own_wrap(const char *passphrase, enum own_cost cost,
			       const char *secret, struct bytes *out);

/*
 * *opened is false, and secret empty, where the passphrase is another one or
 * the box is damaged. The caller wipes secret. FAULT_FORMAT: no box.
 */
MUST_CHECK enum fault own_unwrap(const char *passphrase, const void *box,
				 size_t length, bool *opened,
				 char secret[PASSPHRASE_LIMIT]);

/*
 * Adds the box of the same passphrase with another secret in it, without
 * knowing the passphrase. False: it cannot be; it is of version 1, whose key
 * both closes and opens, or none. own_unwrap() reads those still.
 */
bool own_renew(const void *box, size_t length, const char *secret,
	       struct bytes *out);
bool own_renews(const void *box, size_t length); /* whether it can */
