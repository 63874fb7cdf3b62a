#include "seal/open.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

#include "base/log.h"
#include "seal/secret.h"

/* RFC 9180 §4.1, Decap and AuthDecap: kem_context is enc, pkR, pkS. */
enum fault hpke_receive(enum hpke_mode mode, const uint8_t secret[HPKE_KEY],
			const uint8_t enc[HPKE_ENC], const uint8_t *sender,
			const void *info, size_t info_length,
			const struct hpke_psk *psk,
			struct hpke_context *context)
{
	size_t parts = sender ? 2 : 1;
	uint8_t dh[64], kem_context[96], shared[32];

	memcpy(kem_context, enc, 32);
	crypto_scalarmult_base(kem_context + 32, secret);
	if (sender)
		memcpy(kem_context + 64, sender, 32);
	if (crypto_scalarmult(dh, secret, enc) ||
	    (sender && crypto_scalarmult(dh + 32, secret, sender))) {
		secret_wipe(dh, sizeof dh);
		log_note("a sealed message names no usable key");
		return FAULT_FORMAT;
	}
	hpke_extract_and_expand(dh, 32 * parts, kem_context, 32 + 32 * parts,
				shared);
	hpke_schedule(mode, shared, info, info_length, psk, context);
	secret_wipe(dh, sizeof dh);
	secret_wipe(shared, sizeof shared);
	return FAULT_NONE;
}

enum hpke_open hpke_open(struct hpke_context *context, const void *aad,
			 size_t aad_length, const uint8_t *sealed,
			 size_t length, uint8_t *plain)
{
	uint8_t nonce[12];

	assert(length >= HPKE_TAG);
	hpke_nonce(context, nonce);
	if (crypto_aead_chacha20poly1305_ietf_decrypt(plain, NULL, NULL, sealed,
						      length, aad, aad_length,
						      nonce, context->key)) {
		secret_wipe(plain, length - HPKE_TAG);
		return HPKE_REFUSED;
	}
	context->sequence++;
	return HPKE_OPENED;
}
