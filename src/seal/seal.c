#include "seal/seal.h"

#include <sodium.h>
#include <string.h>

#include "base/log.h"
#include "seal/secret.h"

/* RFC 9180 §4.1, Encap and AuthEncap: kem_context is enc, pkR, pkS. */
enum fault hpke_send(enum hpke_mode mode, const uint8_t receiver[HPKE_KEY],
		     const uint8_t ephemeral[HPKE_KEY], const uint8_t *sender,
		     const void *info, size_t info_length,
		     const struct hpke_psk *psk, uint8_t enc[HPKE_ENC],
		     struct hpke_context *context)
{
	size_t parts = sender ? 2 : 1;
	uint8_t dh[64], kem_context[96], shared[32];

	crypto_scalarmult_base(enc, ephemeral);
	memcpy(kem_context, enc, 32);
	memcpy(kem_context + 32, receiver, 32);
	if (sender)
		crypto_scalarmult_base(kem_context + 64, sender);
	if (crypto_scalarmult(dh, ephemeral, receiver) ||
	    (sender && crypto_scalarmult(dh + 32, sender, receiver))) {
		secret_wipe(dh, sizeof dh);
		log_error("the agency's public key is not a usable key: "
			  "import it again");
		return FAULT_FORMAT;
	}
	hpke_extract_and_expand(dh, 32 * parts, kem_context, 32 + 32 * parts,
				shared);
	hpke_schedule(mode, shared, info, info_length, psk, context);
	secret_wipe(dh, sizeof dh);
	secret_wipe(shared, sizeof shared);
	return FAULT_NONE;
}

void hpke_seal(struct hpke_context *context, const void *aad, size_t aad_length,
	       const void *plain, size_t length, uint8_t *sealed)
{
	uint8_t nonce[12];

	hpke_nonce(context, nonce);
	crypto_aead_chacha20poly1305_ietf_encrypt(sealed, NULL, plain, length,
						  aad, aad_length, NULL, nonce,
						  context->key);
	context->sequence++;
}
