#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "seal/key.h"

/* Ed25519 (RFC 8032, plain, not the prehashed variant), strictly. */
#define SIGNATURE_BYTES 64
#define SIGNATURE_SEED 32

/* The public key of a seed. */
void signature_public(const uint8_t seed[SIGNATURE_SEED],
		      uint8_t key[KEY_BYTES]);

/*
 * Signs prefix with its zero byte, and data. prefix and data together are at
 * most SIGNATURE_LIMIT bytes.
 */
#define SIGNATURE_LIMIT 1024
void signature_make(const uint8_t seed[SIGNATURE_SEED], const char *prefix,
		    const void *data, size_t length,
		    uint8_t signature[SIGNATURE_BYTES]);

/*
 * Whether the signature is the one the key's owner made. Refused as well: S
 * not below L, R or key not canonical or of small order; so nobody can turn a
 * signature into a second one of the same message.
 */
bool signature_good(const uint8_t key[KEY_BYTES], const char *prefix,
		    const void *data, size_t length,
		    const uint8_t signature[SIGNATURE_BYTES]);
