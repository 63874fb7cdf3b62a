#include "seal/key.h"

#include <sodium.h>
#include <stdio.h>
#include <string.h>

#define GROUPS 6

void key_hash(const char *prefix, const void *data, size_t length,
	      uint8_t hash[KEY_HASH_BYTES])
{
	crypto_generichash_state state;

	crypto_generichash_init(&state, NULL, 0, KEY_HASH_BYTES);
	crypto_generichash_update(&state, (const uint8_t *)prefix,
				  strlen(prefix) + 1);
	crypto_generichash_update(&state, data, length);
	crypto_generichash_final(&state, hash, KEY_HASH_BYTES);
}

void key_hash_plain(const void *data, size_t length,
		    uint8_t hash[KEY_HASH_BYTES])
{
	crypto_generichash(hash, KEY_HASH_BYTES, data, length, NULL, 0);
}

uint16_t key_id(enum key_kind kind, const uint8_t key[KEY_BYTES])
{
	uint8_t hash[KEY_HASH_BYTES];

	key_hash(kind == KEY_AGENCY ? "agency" : "kiosk", key, KEY_BYTES, hash);
	return (uint16_t)(hash[0] << 8 | hash[1]);
}

void key_fingerprint(const uint8_t key[KEY_BYTES],
		     char text[KEY_FINGERPRINT_BYTES])
{
	uint8_t hash[KEY_HASH_BYTES];
	size_t used = 0;

	key_hash("foyer/fingerprint/v1", key, KEY_BYTES, hash);
	for (int group = 0; group < GROUPS; group++) {
		uint64_t number = 0;

		for (int i = 0; i < 5; i++)
			number = number << 8 | hash[group * 5 + i];
		used += (size_t)snprintf(
		    text + used, KEY_FINGERPRINT_BYTES - used, "%s%05u",
		    group ? " " : "", (unsigned)(number % 100000));
	}
}

bool key_may_be(enum key_kind kind, const uint8_t key[KEY_BYTES], uint16_t id,
		const char *fingerprint)
{
	char own[KEY_FINGERPRINT_BYTES];

	key_fingerprint(key, own);
	return key_id(kind, key) == id &&
	       (!*fingerprint || !strcmp(own, fingerprint));
}

bool key_sound(enum key_kind kind, const uint8_t key[KEY_BYTES])
{
	static const uint8_t any[KEY_BYTES] = { 1 };
	uint8_t shared[KEY_BYTES];

	if (kind == KEY_KIOSK)
		return crypto_core_ed25519_is_valid_point(key) == 1;
	/* libsodium refuses exactly when the result would be zero. */
	return crypto_scalarmult(shared, any, key) == 0;
}
