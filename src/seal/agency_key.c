#include "seal/agency_key.h"

#include <assert.h>
#include <errno.h>
#include <sodium.h>
#include <string.h>

#include "base/log.h"
#include "seal/secret.h"

#define SALT 16
#define NONCE 24
#define FRONT (8 + 4 + 4 + SALT + NONCE) /* 56: the associated data */
#define INSIDE (KEY_BYTES + 8 + 1)       /* and the label */
#define TAG crypto_aead_xchacha20poly1305_ietf_ABYTES

static const uint8_t magic[8] = "FOYERAK1";

static const struct {
	uint32_t passes, memory; /* KiB */
} costs[] = {
	[AGENCY_KEY_PC] = { 3, 256 * 1024 },
	[AGENCY_KEY_PI] = { 4, 128 * 1024 },
	[AGENCY_KEY_DEMO] = { 1, 8 * 1024 },
};

/* All of it lies in secret memory. */
struct agency_key {
	uint8_t secret[KEY_BYTES], public[KEY_BYTES];
	int64_t created;
	char label[CARD_NAME + 1];
};

/* Space for what is inside the box, and the key that closes it. */
struct box {
	uint8_t key[crypto_aead_xchacha20poly1305_ietf_KEYBYTES];
	uint8_t inside[INSIDE + CARD_NAME];
};

static void put_number(uint8_t *at, uint64_t number, int count)
{
	for (int i = 0; i < count; i++)
		at[i] = (uint8_t)(number >> (8 * (count - 1 - i)));
}

static uint64_t get_number(const uint8_t *at, int count)
{
	uint64_t number = 0;

	for (int i = 0; i < count; i++)
		number = number << 8 | at[i];
	return number;
}

struct agency_key *agency_key_of_secret(const uint8_t secret[KEY_BYTES],
					const char *label, int64_t created)
{
	struct agency_key *key = secret_new(sizeof *key);
	size_t length = strlen(label);

	assert(length <= CARD_NAME);
	memcpy(key->secret, secret, KEY_BYTES);
	crypto_scalarmult_base(key->public, key->secret);
	key->created = created;
	memcpy(key->label, label, length + 1);
	return key;
}

struct agency_key *agency_key_make(const char *label, int64_t created)
{
	uint8_t *secret = secret_new(KEY_BYTES);
	struct agency_key *key;

	secret_random(secret, KEY_BYTES);
	key = agency_key_of_secret(secret, label, created);
	secret_free(secret);
	return key;
}

void agency_key_free(struct agency_key *key)
{
	secret_free(key);
}

/* RFC 9106, Argon2id; the front of the file says how dear. */
static enum fault stretch(const uint8_t front[FRONT], const char *passphrase,
			  struct box *box)
{
	uint64_t passes = get_number(front + 8, 4);
	uint64_t memory = get_number(front + 12, 4);

	if (crypto_pwhash(box->key, sizeof box->key, passphrase,
			  strlen(passphrase), front + 16, passes,
			  (size_t)memory * 1024,
			  crypto_pwhash_ALG_ARGON2ID13)) {
		log_error("the passphrase cannot be checked: %u MiB of memory "
			  "are needed for it; close other programs",
			  (unsigned)(memory / 1024));
		return FAULT_SYSTEM;
	}
	return FAULT_NONE;
}

enum fault agency_key_lock(const struct agency_key *key,
			   enum agency_key_cost cost, const char *passphrase,
			   struct bytes *out)
{
	uint8_t front[FRONT], sealed[INSIDE + CARD_NAME + TAG];
	size_t label = strlen(key->label);
	struct box *box = secret_new(sizeof *box);
	enum fault fault;

	memcpy(front, magic, sizeof magic);
	put_number(front + 8, costs[cost].passes, 4);
	put_number(front + 12, costs[cost].memory, 4);
	secret_random(front + 16, SALT + NONCE);
	memcpy(box->inside, key->secret, KEY_BYTES);
	put_number(box->inside + KEY_BYTES, (uint64_t)key->created, 8);
	box->inside[KEY_BYTES + 8] = (uint8_t)label;
	memcpy(box->inside + INSIDE, key->label, label);
	if (!(fault = stretch(front, passphrase, box))) {
		crypto_aead_xchacha20poly1305_ietf_encrypt(
		    sealed, NULL, box->inside, INSIDE + label, front, FRONT,
		    NULL, front + 16 + SALT, box->key);
		bytes_add(out, front, FRONT);
		bytes_add(out, sealed, INSIDE + label + TAG);
	}
	secret_free(box);
	return fault;
}

/* A cost is read before the passphrase is: it must not starve the desk. */
static enum fault check_front(const uint8_t *file, size_t length)
{
	uint64_t passes, memory;

	if (length < FRONT + INSIDE + TAG ||
	    length > FRONT + INSIDE + CARD_NAME + TAG ||
	    memcmp(file, magic, sizeof magic) != 0) {
		log_error("not an agency key file of Foyer: give the file that "
			  "`foyer key new` made, or a copy of it");
		return FAULT_FORMAT;
	}
	passes = get_number(file + 8, 4);
	memory = get_number(file + 12, 4);
	if (passes > AGENCY_KEY_PASSES_LIMIT ||
	    memory > AGENCY_KEY_MEMORY_LIMIT) {
		log_error("agency key file: it asks for %u passes over %u MiB, "
			  "more than any Foyer writes: use another copy",
			  (unsigned)passes, (unsigned)(memory / 1024));
		return FAULT_LIMIT;
	}
	if (passes < crypto_pwhash_OPSLIMIT_MIN ||
	    memory * 1024 < crypto_pwhash_MEMLIMIT_MIN) {
		log_error("agency key file: it asks for no work at all: it is "
			  "damaged; use another copy");
		return FAULT_FORMAT;
	}
	return FAULT_NONE;
}

/* What is inside is ours, since its tag was good; its lengths must agree. */
static enum fault take(const struct box *box, size_t inside,
		       struct agency_key **out)
{
	char label[CARD_NAME + 1] = { 0 };
	size_t length = box->inside[KEY_BYTES + 8];

	if (inside != INSIDE + length || length > CARD_NAME) {
		log_error("agency key file: written by a newer Foyer: update "
			  "this one");
		return FAULT_FORMAT;
	}
	memcpy(label, box->inside + INSIDE, length);
	*out = agency_key_of_secret(
	    box->inside, label,
	    (int64_t)get_number(box->inside + KEY_BYTES, 8));
	return FAULT_NONE;
}

enum fault agency_key_unlock(const void *data, size_t length,
			     const char *passphrase,
			     enum agency_key_answer *answer,
			     struct agency_key **out)
{
	const uint8_t *file = data;
	enum fault fault = check_front(file, length);
	struct box *box;

	if (fault)
		return fault;
	box = secret_new(sizeof *box);
	*answer = AGENCY_KEY_WRONG_PASSPHRASE;
	fault = stretch(file, passphrase, box);
	if (!fault && crypto_aead_xchacha20poly1305_ietf_decrypt(
			  box->inside, NULL, NULL, file + FRONT, length - FRONT,
			  file, FRONT, file + 16 + SALT, box->key) == 0) {
		*answer = AGENCY_KEY_OPENED;
		fault = take(box, length - FRONT - TAG, out);
	}
	secret_free(box);
	return fault;
}

const uint8_t *agency_key_public(const struct agency_key *key)
{
	return key->public;
}

const uint8_t *agency_key_secret(const struct agency_key *key)
{
	return key->secret;
}

uint16_t agency_key_id(const struct agency_key *key)
{
	return key_id(KEY_AGENCY, key->public);
}

const char *agency_key_label(const struct agency_key *key)
{
	return key->label;
}

int64_t agency_key_created(const struct agency_key *key)
{
	return key->created;
}
