#include "seal/hpke.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

#define HASH 32 /* SHA-256 */

/* RFC 9180 §4.1: "KEM" and kem_id; §5.1: "HPKE", kem_id, kdf_id, aead_id. */
static const uint8_t kem_suite[] = { 'K', 'E', 'M', 0x00, 0x20 };
static const uint8_t hpke_suite[] = { 'H',  'P',  'K',  'E',  0x00,
				      0x20, 0x00, 0x01, 0x00, 0x03 };

/* Which of the two suites a label belongs to. */
struct suite {
	const uint8_t *id;
	size_t length;
};
static const struct suite kem = { kem_suite, sizeof kem_suite };
static const struct suite hpke = { hpke_suite, sizeof hpke_suite };

static const char version[] = "HPKE-v1"; /* without its zero byte */

static void add(crypto_auth_hmacsha256_state *state, const void *data,
		size_t length)
{
	if (length)
		crypto_auth_hmacsha256_update(state, data, length);
}

/* RFC 9180 §4, LabeledExtract; RFC 5869 §2.2. */
static void extract(struct suite suite, const void *salt, size_t salt_length,
		    const char *label, const void *ikm, size_t ikm_length,
		    uint8_t prk[HASH])
{
	crypto_auth_hmacsha256_state state;

	/* No salt is HMAC's empty key; libsodium copies from any pointer. */
	crypto_auth_hmacsha256_init(&state, salt ? salt : "", salt_length);
	add(&state, version, sizeof version - 1);
	add(&state, suite.id, suite.length);
	add(&state, label, strlen(label));
	add(&state, ikm, ikm_length);
	crypto_auth_hmacsha256_final(&state, prk);
	sodium_memzero(&state, sizeof state);
}

/* RFC 9180 §4, LabeledExpand; RFC 5869 §2.3 for at most one block. */
static void expand(struct suite suite, const uint8_t prk[HASH],
		   const char *label, const void *info, size_t info_length,
		   uint8_t *out, size_t length)
{
	const uint8_t wanted[2] = { 0, (uint8_t)length }, first = 1;
	crypto_auth_hmacsha256_state state;
	uint8_t block[HASH];

	assert(length <= HASH);
	crypto_auth_hmacsha256_init(&state, prk, HASH);
	add(&state, wanted, sizeof wanted);
	add(&state, version, sizeof version - 1);
	add(&state, suite.id, suite.length);
	add(&state, label, strlen(label));
	add(&state, info, info_length);
	add(&state, &first, 1);
	crypto_auth_hmacsha256_final(&state, block);
	memcpy(out, block, length);
	sodium_memzero(&state, sizeof state);
	sodium_memzero(block, sizeof block);
}

void hpke_extract_and_expand(const uint8_t *dh, size_t dh_length,
			     const uint8_t *kem_context, size_t context_length,
			     uint8_t shared[32])
{
	uint8_t prk[HASH];

	extract(kem, NULL, 0, "eae_prk", dh, dh_length, prk);
	expand(kem, prk, "shared_secret", kem_context, context_length, shared,
	       32);
	sodium_memzero(prk, sizeof prk);
}

void hpke_schedule(enum hpke_mode mode, const uint8_t shared[32],
		   const void *info, size_t info_length,
		   const struct hpke_psk *psk, struct hpke_context *context)
{
	static const struct hpke_psk none = { 0 };
	uint8_t secret[HASH], schedule[1 + HASH + HASH] = { (uint8_t)mode };

	assert(!psk == (mode == HPKE_BASE || mode == HPKE_AUTH));
	if (!psk)
		psk = &none;
	extract(hpke, NULL, 0, "psk_id_hash", psk->id, psk->id_length,
		schedule + 1);
	extract(hpke, NULL, 0, "info_hash", info, info_length,
		schedule + 1 + HASH);
	extract(hpke, shared, 32, "secret", psk->key, psk->key_length, secret);
	expand(hpke, secret, "key", schedule, sizeof schedule, context->key,
	       sizeof context->key);
	expand(hpke, secret, "base_nonce", schedule, sizeof schedule,
	       context->nonce, sizeof context->nonce);
	context->sequence = 0;
	sodium_memzero(secret, sizeof secret);
}

void hpke_nonce(const struct hpke_context *context, uint8_t nonce[12])
{
	memcpy(nonce, context->nonce, 12);
	for (int i = 0; i < 8; i++)
		nonce[11 - i] ^= (uint8_t)(context->sequence >> (8 * i));
}
