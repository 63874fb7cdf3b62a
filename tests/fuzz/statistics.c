#include <stdint.h>
#include <string.h>

#include "report/statistics.h"
#include "seal/signature.h"

/*
 * A file of shared counts: as it comes, and its first line as if a site had
 * signed it, so that what lies behind the signature is reached.
 */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void read_one(const void *bytes, size_t length)
{
	struct findings findings = { 0 };
	struct statistics statistics;

	if (!statistics_read("f", bytes, length, &findings, &statistics))
		statistics_done(&statistics);
	findings_done(&findings);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const uint8_t seed[SIGNATURE_SEED] = { 1 };
	const uint8_t *end = memchr(data, '\n', size);
	const size_t length = end ? (size_t)(end - data) : size;
	uint8_t key[KEY_BYTES], hash[KEY_HASH_BYTES];
	uint8_t signature[SIGNATURE_BYTES];
	struct bytes bytes = { 0 };

	read_one(data, size);
	signature_public(seed, key);
	key_hash_plain(data, length, hash);
	signature_make(seed, "foyer/statistics/v1", hash, sizeof hash,
		       signature);
	bytes_add(&bytes, data, length);
	bytes_add_text(&bytes, "\n{\"key\":\"");
	bytes_add_base64(&bytes, key, sizeof key);
	bytes_add_text(&bytes, "\",\"signature\":\"");
	bytes_add_base64(&bytes, signature, sizeof signature);
	bytes_add_text(&bytes, "\"}");
	read_one(bytes.data, bytes.length);
	bytes_done(&bytes);
	return 0;
}
