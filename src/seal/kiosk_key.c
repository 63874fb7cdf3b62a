#include "seal/kiosk_key.h"

#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "seal/secret.h"

#define CHECK_BYTES 8
#define FILE_BYTES (8 + SIGNATURE_SEED + CHECK_BYTES)

static const uint8_t magic[8] = "FOYERKK1";

/* All of it lies in secret memory. */
struct kiosk_key {
	uint8_t seed[SIGNATURE_SEED];
	uint8_t public[KEY_BYTES];
};

struct kiosk_key *kiosk_key_of_seed(const uint8_t seed[SIGNATURE_SEED])
{
	struct kiosk_key *key = secret_new(sizeof *key);

	memcpy(key->seed, seed, SIGNATURE_SEED);
	signature_public(key->seed, key->public);
	return key;
}

enum fault kiosk_key_write(const struct kiosk_key *key, const char *path)
{
	uint8_t *file = secret_new(FILE_BYTES);
	uint8_t hash[KEY_HASH_BYTES];
	enum fault fault;

	memcpy(file, magic, sizeof magic);
	memcpy(file + 8, key->seed, SIGNATURE_SEED);
	key_hash_plain(file, 8 + SIGNATURE_SEED, hash);
	memcpy(file + 8 + SIGNATURE_SEED, hash, CHECK_BYTES);
	fault = file_write(path, file, FILE_BYTES, 0600);
	secret_free(file);
	return fault;
}

struct kiosk_key *kiosk_key_make(void)
{
	uint8_t *seed = secret_new(SIGNATURE_SEED);
	struct kiosk_key *key;

	secret_random(seed, SIGNATURE_SEED);
	key = kiosk_key_of_seed(seed);
	secret_free(seed);
	return key;
}

enum fault kiosk_key_read(const char *path, struct kiosk_key **out)
{
	struct bytes file = { 0 };
	uint8_t hash[KEY_HASH_BYTES] = { 0 };
	enum fault fault = file_read(path, FILE_BYTES, &file);

	if (!fault && file.length == FILE_BYTES)
		key_hash_plain(file.data, 8 + SIGNATURE_SEED, hash);
	if (fault != FAULT_SYSTEM &&
	    (file.length != FILE_BYTES || memcmp(file.data, magic, 8) != 0 ||
	     memcmp(file.data + 8 + SIGNATURE_SEED, hash, CHECK_BYTES) != 0)) {
		log_error("%s: not a kiosk key, or damaged: move it away; the "
			  "next start makes a new one, which must be enrolled",
			  path);
		fault = FAULT_FORMAT;
	}
	if (!fault)
		*out = kiosk_key_of_seed(file.data + 8);
	bytes_wipe(&file);
	return fault;
}

void kiosk_key_free(struct kiosk_key *key)
{
	secret_free(key);
}

const uint8_t *kiosk_key_public(const struct kiosk_key *key)
{
	return key->public;
}

uint16_t kiosk_key_id(const struct kiosk_key *key)
{
	return key_id(KEY_KIOSK, key->public);
}

const uint8_t *kiosk_key_seed(const struct kiosk_key *key)
{
	return key->seed;
}
