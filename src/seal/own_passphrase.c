#include "seal/own_passphrase.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

#include "base/log.h"
#include "seal/secret.h"

#define SALT 16
#define SEED 32   /* what a passphrase is stretched to */
#define PUBLIC 32 /* key */
#define SALT_AT (1 + 4 + 4)
#define PUBLIC_AT (SALT_AT + SALT)

/* Version 1: a nonce instead of the public key, and XChaCha20-Poly1305 with
 * what is before it as associated data, by the stretched passphrase itself. */
#define OLD_NONCE 24
#define OLD_FRONT (PUBLIC_AT + OLD_NONCE)
#define OLD_BOX (OLD_FRONT + PASSPHRASE_LIMIT + 16)

static_assert(OWN_HASH == crypto_pwhash_STRBYTES, "");
static_assert(OWN_BOX == OWN_FRONT + PASSPHRASE_LIMIT + crypto_box_SEALBYTES,
	      "");
static_assert(OLD_BOX == OLD_FRONT + PASSPHRASE_LIMIT +
			     crypto_aead_xchacha20poly1305_ietf_ABYTES,
	      "");
static_assert(SEED == crypto_box_SEEDBYTES, "");
static_assert(PUBLIC == crypto_box_PUBLICKEYBYTES, "");

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

static enum fault stretch(const char *passphrase, const uint8_t *box,
			  uint8_t seed[SEED])
{
	const uint32_t memory = get_number(box + 5);

	return crypto_pwhash(seed, SEED, passphrase, strlen(passphrase),
			     box + SALT_AT, get_number(box + 1),
			     (size_t)memory * 1024,
			     crypto_pwhash_ALG_ARGON2ID13)
		   ? no_memory(memory)
		   : FAULT_NONE;
}

/* The pair of keys of a stretched passphrase. */
struct pair {
	uint8_t public[PUBLIC], secret[crypto_box_SECRETKEYBYTES];
};

/* --- closing -------------------------------------------------------------- */

/* Seals to the public key of a front. */
static void add_sealed(const uint8_t front[OWN_FRONT], const char *secret,
		       struct bytes *out)
{
	SCOPED(secret_freep) char *inside = secret_new(PASSPHRASE_LIMIT);
	uint8_t sealed[OWN_BOX - OWN_FRONT];

	assert(strlen(secret) < PASSPHRASE_LIMIT);
	memcpy(inside, secret, strlen(secret));
	if (crypto_box_seal(sealed, (const uint8_t *)inside, PASSPHRASE_LIMIT,
			    front + PUBLIC_AT))
		memset(sealed, 0, sizeof sealed); /* no key: opens never */
	bytes_add(out, front, OWN_FRONT);
	bytes_add(out, sealed, sizeof sealed);
}

enum fault own_wrap(const char *passphrase, enum own_cost cost,
		    const char *secret, struct bytes *out)
{
	SCOPED(secret_freep) uint8_t *seed = secret_new(SEED);
	SCOPED(secret_freep) struct pair *pair = secret_new(sizeof *pair);
	uint8_t front[OWN_FRONT] = { 2 };
	enum fault fault;

	put_number(front + 1, costs[cost].passes);
	put_number(front + 5, costs[cost].memory);
	secret_random(front + SALT_AT, SALT);
	if ((fault = stretch(passphrase, front, seed)))
		return fault;
	crypto_box_seed_keypair(pair->public, pair->secret, seed);
	memcpy(front + PUBLIC_AT, pair->public, PUBLIC);
	add_sealed(front, secret, out);
	return FAULT_NONE;
}

bool own_renews(const void *box, size_t length)
{
	return length == OWN_BOX && *(const uint8_t *)box == 2;
}

bool own_renew(const void *box, size_t length, const char *secret,
	       struct bytes *out)
{
	if (!own_renews(box, length))
		return false;
	add_sealed(box, secret, out);
	return true;
}

/* --- opening -------------------------------------------------------------- */

/* The cost is read before the passphrase is: it must not starve the desk. */
static bool is_box(const uint8_t *box, size_t length)
{
	const bool sized =
	    own_renews(box, length) || (length == OLD_BOX && box[0] == 1);

	return sized && get_number(box + 1) >= costs[OWN_DEMO].passes &&
	       get_number(box + 1) <= 16 &&
	       get_number(box + 5) >= costs[OWN_DEMO].memory &&
	       get_number(box + 5) <= 1024 * 1024;
}

static bool open_old(const uint8_t *box, const uint8_t seed[SEED], char *secret)
{
	return crypto_aead_xchacha20poly1305_ietf_decrypt(
		   (uint8_t *)secret, NULL, NULL, box + OLD_FRONT,
		   OLD_BOX - OLD_FRONT, box, OLD_FRONT, box + PUBLIC_AT,
		   seed) == 0;
}

static bool open_sealed(const uint8_t *box, const uint8_t seed[SEED],
			char *secret)
{
	SCOPED(secret_freep) struct pair *pair = secret_new(sizeof *pair);

	crypto_box_seed_keypair(pair->public, pair->secret, seed);
	return memcmp(pair->public, box + PUBLIC_AT, PUBLIC) == 0 &&
	       crypto_box_seal_open((uint8_t *)secret, box + OWN_FRONT,
				    OWN_BOX - OWN_FRONT, pair->public,
				    pair->secret) == 0;
}

enum fault own_unwrap(const char *passphrase, const void *data, size_t length,
		      bool *opened, char secret[PASSPHRASE_LIMIT])
{
	SCOPED(secret_freep) uint8_t *seed = secret_new(SEED);
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
	if ((fault = stretch(passphrase, box, seed)))
		return fault;
	*opened = box[0] == 1 ? open_old(box, seed, secret)
			      : open_sealed(box, seed, secret);
	secret[PASSPHRASE_LIMIT - 1] = 0;
	if (!*opened)
		memset(secret, 0, PASSPHRASE_LIMIT);
	return FAULT_NONE;
}
