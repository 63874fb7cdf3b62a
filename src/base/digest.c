#include "base/digest.h"

#include <sodium/crypto_hash_sha256.h>

void digest_sha256(const void *data, size_t length,
		   uint8_t digest[DIGEST_BYTES])
{
	static const uint8_t nothing[1];

	(void)crypto_hash_sha256(digest, data ? data : nothing, length);
}
