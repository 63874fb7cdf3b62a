#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/memory.h"

/*
 * What can be said of a public key without any secret: an agency's X25519 key
 * (RFC 7748) or a kiosk's Ed25519 key (RFC 8032). Both are 32 bytes.
 */
#define KEY_BYTES 32
#define KEY_FINGERPRINT_BYTES 36 /* "63627 47404 ... 16146" and its zero */

enum key_kind { KEY_AGENCY, KEY_KIOSK };

/*
 * The short number that names a key on a ticket: the first two bytes of
 * BLAKE2b-256("agency\0" or "kiosk\0", key), big-endian. Ids may collide, so
 * they only choose which keys to try. People see it as four hex digits, %04X.
 */
uint16_t key_id(enum key_kind kind, const uint8_t key[KEY_BYTES]);

/*
 * What two people compare on two screens: BLAKE2b-256 of
 * "foyer/fingerprint/v1\0" and the key, as six groups of five digits.
 */
void key_fingerprint(const uint8_t key[KEY_BYTES],
		     char text[KEY_FINGERPRINT_BYTES]);

/*
 * Whether a key may be the one of which its id is known and, where somebody
 * noted it, its fingerprint: that one alone. "": every key of the id may be it.
 */
bool key_may_be(enum key_kind kind, const uint8_t key[KEY_BYTES], uint16_t id,
		const char *fingerprint);

/*
 * Whether a key may be enrolled or pinned: a kiosk key is a canonical point of
 * the prime-order group; an agency key is not one of the X25519 points that
 * give everybody the same secret.
 */
bool key_sound(enum key_kind kind, const uint8_t key[KEY_BYTES]);

/* BLAKE2b-256 (RFC 7693) of a prefix with its zero byte, and data. */
#define KEY_HASH_BYTES 32
void key_hash(const char *prefix, const void *data, size_t length,
	      uint8_t hash[KEY_HASH_BYTES]);

/* The same without a prefix: a wire's hash. */
void key_hash_plain(const void *data, size_t length,
		    uint8_t hash[KEY_HASH_BYTES]);
