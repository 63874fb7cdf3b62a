#include "seal/signature.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

/*
 * Both parts in one run of bytes: libsodium's multi-part API would sign a hash
 * of them (Ed25519ph), which is another signature.
 */
static size_t join(const char *prefix, const void *data, size_t length,
		   uint8_t joined[SIGNATURE_LIMIT])
{
	size_t before = strlen(prefix) + 1;

	assert(before + length <= SIGNATURE_LIMIT);
	memcpy(joined, prefix, before);
	memcpy(joined + before, data, length);
	return before + length;
}

void signature_public(const uint8_t seed[SIGNATURE_SEED],
		      uint8_t key[KEY_BYTES])
{
	uint8_t secret[crypto_sign_SECRETKEYBYTES];

	crypto_sign_seed_keypair(key, secret, seed);
	sodium_memzero(secret, sizeof secret);
}

void signature_make(const uint8_t seed[SIGNATURE_SEED], const char *prefix,
		    const void *data, size_t length,
		    uint8_t signature[SIGNATURE_BYTES])
{
	uint8_t joined[SIGNATURE_LIMIT];
	uint8_t secret[crypto_sign_SECRETKEYBYTES], key[KEY_BYTES];
	size_t total = join(prefix, data, length, joined);

	crypto_sign_seed_keypair(key, secret, seed);
	crypto_sign_detached(signature, NULL, joined, total, secret);
	sodium_memzero(secret, sizeof secret);
}

/*
 * libsodium built without ED25519_COMPAT, as Debian's is, refuses S >= L, R of
 * small order and a key that is not canonical or of small order; it compares R
 * as bytes, so no other spelling of it passes. A test holds it to that.
 */
bool signature_good(const uint8_t key[KEY_BYTES], const char *prefix,
		    const void *data, size_t length,
		    const uint8_t signature[SIGNATURE_BYTES])
{
	uint8_t joined[SIGNATURE_LIMIT];
	size_t total = join(prefix, data, length, joined);

	return crypto_sign_verify_detached(signature, joined, total, key) == 0;
}
