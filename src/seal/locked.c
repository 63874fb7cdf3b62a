#include "seal/locked.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

#include "base/log.h"
#include "seal/secret.h"

#define SALT 16
#define NONCE 24
#define TAG crypto_aead_xchacha20poly1305_ietf_ABYTES
#define KEY crypto_aead_xchacha20poly1305_ietf_KEYBYTES

static_assert(LOCKED_OVER == LOCKED_FRONT + TAG, "the tag has another size");

static void put_number(uint8_t *at, uint32_t number)
{
	for (int i = 0; i < 4; i++)
		at[i] = (uint8_t)(number >> (8 * (3 - i)));
}

static uint32_t get_number(const uint8_t *at)
{
	return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 |
	       (uint32_t)at[2] << 8 | at[3];
}

/* RFC 9106, Argon2id; the front of the file says how dear. */
static enum fault stretch(const uint8_t front[LOCKED_FRONT],
			  const char *passphrase, uint8_t key[KEY])
{
	const uint32_t memory = get_number(front + 12);

	if (crypto_pwhash(key, KEY, passphrase, strlen(passphrase), front + 16,
			  get_number(front + 8), (size_t)memory * 1024,
			  crypto_pwhash_ALG_ARGON2ID13)) {
		log_error("the passphrase cannot be checked: %u MiB of memory "
			  "are needed for it; close other programs",
			  (unsigned)(memory / 1024));
		return FAULT_SYSTEM;
	}
	return FAULT_NONE;
}

enum fault locked_close(const struct locked_kind *kind, struct locked_cost cost,
			const char *passphrase, const void *secret,
			size_t length, struct bytes *out)
{
	uint8_t front[LOCKED_FRONT], sealed[LOCKED_MOST + TAG];
	uint8_t *key = secret_new(KEY);
	enum fault fault;

	assert(length <= kind->most && kind->most <= LOCKED_MOST);
	memcpy(front, kind->magic, 8);
	put_number(front + 8, cost.passes);
	put_number(front + 12, cost.memory);
	secret_random(front + 16, SALT + NONCE);
	if (!(fault = stretch(front, passphrase, key))) {
		crypto_aead_xchacha20poly1305_ietf_encrypt(
		    sealed, NULL, secret, length, front, LOCKED_FRONT, NULL,
		    front + 16 + SALT, key);
		bytes_add(out, front, LOCKED_FRONT);
		bytes_add(out, sealed, length + TAG);
	}
	secret_free(key);
	return fault;
}

/* A cost is read before the passphrase is: it must not starve the computer. */
static enum fault check_front(const struct locked_kind *kind,
			      const uint8_t *file, size_t length)
{
	uint32_t passes, memory;

	if (length < LOCKED_OVER + kind->least ||
	    length > LOCKED_OVER + kind->most ||
	    memcmp(file, kind->magic, 8) != 0) {
		log_error("not %s: give the file that %s made, or a copy of it",
			  kind->a, kind->made);
		return FAULT_FORMAT;
	}
	passes = get_number(file + 8);
	memory = get_number(file + 12);
	if (passes > LOCKED_PASSES_LIMIT || memory > LOCKED_MEMORY_LIMIT) {
		log_error("%s: it asks for %u passes over %u MiB, more than "
			  "any Foyer writes: use another copy",
			  kind->name, (unsigned)passes,
			  (unsigned)(memory / 1024));
		return FAULT_LIMIT;
	}
	if (passes < crypto_pwhash_OPSLIMIT_MIN ||
	    (uint64_t)memory * 1024 < crypto_pwhash_MEMLIMIT_MIN) {
		log_error("%s: it asks for no work at all: it is damaged; use "
			  "another copy",
			  kind->name);
		return FAULT_FORMAT;
	}
	return FAULT_NONE;
}

enum fault locked_open(const struct locked_kind *kind, const void *data,
		       size_t length, const char *passphrase, bool *opened,
		       uint8_t *secret)
{
	const uint8_t *file = data;
	enum fault fault = check_front(kind, file, length);
	uint8_t *key;

	if (fault)
		return fault;
	key = secret_new(KEY);
	*opened =
	    !(fault = stretch(file, passphrase, key)) &&
	    !crypto_aead_xchacha20poly1305_ietf_decrypt(
		secret, NULL, NULL, file + LOCKED_FRONT, length - LOCKED_FRONT,
		file, LOCKED_FRONT, file + 16 + SALT, key);
	secret_free(key);
	return fault;
}
