#include "seal/agency_key.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

#include "base/log.h"
#include "seal/locked.h"
#include "seal/secret.h"

#define INSIDE (KEY_BYTES + 8 + 1) /* and the label */

static const struct locked_kind kind = {
	.magic = "FOYERAK1",
	.name = "agency key file",
	.a = "an agency key file of Foyer",
	.made = "`foyer key new`",
	.least = INSIDE,
	.most = INSIDE + CARD_NAME,
};

static_assert(AGENCY_KEY_FILE_LIMIT >= LOCKED_OVER + INSIDE + CARD_NAME,
	      "a key file does not fit its limit");

static const struct locked_cost costs[] = {
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

enum fault agency_key_lock(const struct agency_key *key,
			   enum agency_key_cost cost, const char *passphrase,
			   struct bytes *out)
{
	size_t label = strlen(key->label);
	uint8_t *inside = secret_new(kind.most);
	enum fault fault;

	memcpy(inside, key->secret, KEY_BYTES);
	for (int i = 0; i < 8; i++)
		inside[KEY_BYTES + i] =
		    (uint8_t)((uint64_t)key->created >> (56 - 8 * i));
	inside[KEY_BYTES + 8] = (uint8_t)label;
	memcpy(inside + INSIDE, key->label, label);
	fault = locked_close(&kind, costs[cost], passphrase, inside,
			     INSIDE + label, out);
	secret_free(inside);
	return fault;
}

/* What is inside is ours, since its tag was good; its lengths must agree. */
static enum fault take(const uint8_t *inside, size_t total,
		       struct agency_key **out)
{
	char label[CARD_NAME + 1] = { 0 };
	size_t length = inside[KEY_BYTES + 8];
	uint64_t created = 0;

	if (total != INSIDE + length || length > CARD_NAME) {
		log_error("agency key file: written by a newer Foyer: update "
			  "this one");
		return FAULT_FORMAT;
	}
	for (int i = 0; i < 8; i++)
		created = created << 8 | inside[KEY_BYTES + i];
	memcpy(label, inside + INSIDE, length);
	*out = agency_key_of_secret(inside, label, (int64_t)created);
	return FAULT_NONE;
}

enum fault agency_key_unlock(const void *file, size_t length,
			     const char *passphrase,
			     enum agency_key_answer *answer,
			     struct agency_key **out)
{
	uint8_t *inside = secret_new(kind.most);
	bool opened = false;
	enum fault fault =
	    locked_open(&kind, file, length, passphrase, &opened, inside);

	*answer = opened ? AGENCY_KEY_OPENED : AGENCY_KEY_WRONG_PASSPHRASE;
	if (opened)
		fault = take(inside, length - LOCKED_OVER, out);
	secret_free(inside);
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
