#include "seal/hash.h"

#include <sodium.h>
#include <stdlib.h>

struct hash {
	crypto_generichash_state *state; /* wants an alignment of its own */
};

struct hash *hash_new(void)
{
	struct hash *hash = xcalloc(1, sizeof *hash);

	hash->state = aligned_alloc(64, (sizeof *hash->state + 63) / 64 * 64);
	if (!hash->state)
		abort();
	crypto_generichash_init(hash->state, NULL, 0, KEY_HASH_BYTES);
	return hash;
}

void hash_free(struct hash *hash)
{
	if (hash)
		free(hash->state);
	free(hash);
}

void hash_add(struct hash *hash, const void *data, size_t length)
{
	crypto_generichash_update(hash->state, data, length);
}

void hash_end(struct hash *hash, uint8_t result[KEY_HASH_BYTES])
{
	crypto_generichash_final(hash->state, result, KEY_HASH_BYTES);
}
