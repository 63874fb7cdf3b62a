#include "seal/own_passphrase.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

#include "base/log.h"
#include "seal/secret.h"

#define SALT 16
#define NONCE 24
#define KEY 32

static_assert(OWN_HASH == crypto_pwhash_STRBYTES, "");
static_assert(OWN_BOX == OWN_FRONT + PASSPHRASE_LIMIT +
			     crypto_aead_xchacha20poly1305_ietf_ABYTES,
	      "");

static const struct {
	uint32_t passes, memory; /* KiB */
} costs[] = {
	[OWN_DESK] = { 2, 64 * 1024 },
	[OWN_DEMO] = { 1, 8 * 1024 },
};

static enum fault no_memory(uint32_t memory)
{
	log_error("the passphrase cannot be checked: %u MiB of memory are "
		  "needed for it; close other programs",
		  (unsigned)(memory / 1024));
	return FAULT_SYSTEM;
}

bool own_strong(const char *passphrase)
{
	size_t letters = 0;
	bool same = true;

	for (const char *at = passphrase; *at; at++) {
		/* Characters, not bytes: UTF-8's others continue one. */
		letters += ((unsigned char)*at & 0xC0) != 0x80;
		same &= *at == passphrase[0];
	}
	return letters >= OWN_LEAST && !same;
}

enum fault own_hash(const char *passphrase, enum own_cost cost,
		    char hash[OWN_HASH])
{
	if (crypto_pwhash_str(hash, passphrase, strlen(passphrase),
			      costs[cost].passes,
			      (size_t)costs[cost].memory * 1024))
		return no_memory(costs[cost].memory);
	return FAULT_NONE;
}

bool own_matches(const char *hash, const char *passphrase)
{
	char own[OWN_HASH] = { 0 };

	strncpy(own, hash, sizeof own - 1);
	return crypto_pwhash_str_verify(own, passphrase, strlen(passphrase)) ==
	       0;
}

static void put_number(uint8_t *at, uint32_t number)
{
	for (int i = 0; i < 4; i++)
		at[i] = (uint8_t)(number >> (24 - 8 * i));
}

static uint32_t get_number(const uint8_t *at)
{
	return (uint32_t)at[0] << 24 | (uint32_t)at[1] << 16 |
	       (uint32_t)at[2] << 8 | at[3];
}

static enum fault stretch(const char *passphrase,
			  const uint8_t front[OWN_FRONT], uint8_t key[KEY])
{
	const uint32_t memory = get_number(front + 5);

	return crypto_pwhash(key, KEY, passphrase, strlen(passphrase),
			     front + 9, get_number(front + 1),
			     (size_t)memory * 1024,
			     crypto_pwhash_ALG_ARGON2ID13)
		   ? no_memory(memory)
		   : FAULT_NONE;
}

enum fault own_wrap(const char *passphrase, enum own_cost cost,
		    const char *secret, struct bytes *out)
{
	SCOPED(secret_freep) uint8_t *key = secret_new(KEY);
	SCOPED(secret_freep) char *inside = secret_new(PASSPHRASE_LIMIT);
	uint8_t box[OWN_BOX] = { 1 };
	enum fault fault;

	assert(strlen(secret) < PASSPHRASE_LIMIT);
	memcpy(inside, secret, strlen(secret));
	put_number(box + 1, costs[cost].passes);
	put_number(box + 5, costs[cost].memory);
	secret_random(box + 9, SALT + NONCE);
	if ((fault = stretch(passphrase, box, key)))
		return fault;
	crypto_aead_xchacha20poly1305_ietf_encrypt(
	    box + OWN_FRONT, NULL, (const uint8_t *)inside, PASSPHRASE_LIMIT,
	    box, OWN_FRONT, NULL, box + 9 + SALT, key);
	bytes_add(out, box, sizeof box);
	return FAULT_NONE;
}

/* The cost is read before the passphrase is: it must not starve the desk. */
static bool is_box(const uint8_t *box, size_t length)
{
	return length == OWN_BOX && box[0] == 1 &&
	       get_number(box + 1) >= costs[OWN_DEMO].passes &&
	       get_number(box + 1) <= 16 &&
	       get_number(box + 5) >= costs[OWN_DEMO].memory &&
	       get_number(box + 5) <= 1024 * 1024;
}

enum fault own_unwrap(const char *passphrase, const void *data, size_t length,
		      bool *opened, char secret[PASSPHRASE_LIMIT])
{
	SCOPED(secret_freep) uint8_t *key = secret_new(KEY);
	const uint8_t *box = data;
	enum fault fault;

	*opened = false;
	memset(secret, 0, PASSPHRASE_LIMIT);
	if (!is_box(box, length)) {
		log_error("what a worker's passphrase opens is damaged, or of "
			  "a newer Foyer: set the passphrase anew with `foyer "
			  "user passphrase`");
		return FAULT_FORMAT;
	}
	if ((fault = stretch(passphrase, box, key)))
		return fault;
	*opened =
	    crypto_aead_xchacha20poly1305_ietf_decrypt(
		(uint8_t *)secret, NULL, NULL, box + OWN_FRONT,
		length - OWN_FRONT, box, OWN_FRONT, box + 9 + SALT, key) == 0;
	secret[PASSPHRASE_LIMIT - 1] = 0;
	if (!*opened)
		memset(secret, 0, PASSPHRASE_LIMIT);
	return FAULT_NONE;
}
