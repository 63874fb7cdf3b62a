#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/fault.h"
#include "seal/hpke.h"

/*
 * Small things sealed one by one under a key that whoever works with them
 * holds, and that key itself, sealed to the agency's. For the desk and the
 * office only.
 */
#define BOX_KEY 32
#define BOX_OVER (24 + 16) /* bytes a box has beside what is padded in it */

/*
 * Adds a box to out: nonce (24), then XChaCha20-Poly1305 of the length (4,
 * big-endian), plain, and zeros to a multiple of 64, so that its size tells
 * little. about is associated data: what the box is of.
 */
void box_seal(const uint8_t key[BOX_KEY], const char *about, const void *plain,
	      size_t length, struct bytes *out);

/* Adds what is inside to out; false: another key, another about, or damage. */
bool box_open(const uint8_t key[BOX_KEY], const char *about, const void *box,
	      size_t length, struct bytes *out);

/* Base64 (RFC 4648) of boxes that stand in a text; out has room bytes. */
bool box_from_base64(const char *text, uint8_t *out, size_t room, size_t *used);

#define BOX_WRAPPED (HPKE_ENC + BOX_KEY + HPKE_TAG)

/* Seals a box's key to an agency's public key, with HPKE; purpose is its info.
 * FAULT_FORMAT: receiver is no key. */
MUST_CHECK enum fault box_wrap(const uint8_t receiver[HPKE_KEY],
			       const char *purpose, const uint8_t key[BOX_KEY],
			       uint8_t wrapped[BOX_WRAPPED]);
/* key is in secret memory; false: it was not sealed to this secret. */
bool box_unwrap(const uint8_t secret[HPKE_KEY], const char *purpose,
		const uint8_t wrapped[BOX_WRAPPED], uint8_t key[BOX_KEY]);
