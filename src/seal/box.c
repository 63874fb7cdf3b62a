#include "seal/box.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "seal/open.h"
#include "seal/seal.h"
#include "seal/secret.h"

#define NONCE 24
#define LENGTH 4
#define STEP 64

void box_seal(const uint8_t key[BOX_KEY], const char *about, const void *plain,
	      size_t length, struct bytes *out)
{
	const size_t padded = (LENGTH + length + STEP - 1) / STEP * STEP;
	uint8_t *inside = xcalloc(1, padded);
	uint8_t *box = xcalloc(1, padded + BOX_OVER);

	for (int i = 0; i < LENGTH; i++)
		inside[i] = (uint8_t)(length >> (24 - 8 * i));
	memcpy(inside + LENGTH, plain, length);
	secret_random(box, NONCE);
	crypto_aead_xchacha20poly1305_ietf_encrypt(
	    box + NONCE, NULL, inside, padded, (const uint8_t *)about,
	    strlen(about), NULL, box, key);
	bytes_add(out, box, padded + BOX_OVER);
	secret_wipe(inside, padded);
	free(inside);
	free(box);
}

bool box_open(const uint8_t key[BOX_KEY], const char *about, const void *data,
	      size_t length, struct bytes *out)
{
	const uint8_t *box = data;
	size_t padded, inside = 0;
	uint8_t *plain;
	bool good;

	if (length < BOX_OVER + STEP || (length - BOX_OVER) % STEP)
		return false;
	padded = length - BOX_OVER;
	plain = xcalloc(1, padded);
	good = crypto_aead_xchacha20poly1305_ietf_decrypt(
		   plain, NULL, NULL, box + NONCE, length - NONCE,
		   (const uint8_t *)about, strlen(about), box, key) == 0;
	for (int i = 0; i < LENGTH; i++)
		inside = inside << 8 | plain[i];
	good = good && inside <= padded - LENGTH;
	if (good)
		bytes_add(out, plain + LENGTH, inside);
	secret_wipe(plain, padded);
	free(plain);
	return good;
}

bool box_from_base64(const char *text, uint8_t *out, size_t room, size_t *used)
{
	return sodium_base642bin(out, room, text, strlen(text), NULL, used,
				 NULL, sodium_base64_VARIANT_ORIGINAL) == 0;
}

/* Space for what must not stay on the stack. */
struct secrets {
	uint8_t ephemeral[HPKE_KEY];
	struct hpke_context context;
};

enum fault box_wrap(const uint8_t receiver[HPKE_KEY], const char *purpose,
		    const uint8_t key[BOX_KEY], uint8_t wrapped[BOX_WRAPPED])
{
	SCOPED(secret_freep)
	struct secrets *secrets = secret_new(sizeof *secrets);
	enum fault fault;

	secret_random(secrets->ephemeral, HPKE_KEY);
	fault =
	    hpke_send(HPKE_BASE, receiver, secrets->ephemeral, NULL, purpose,
		      strlen(purpose), NULL, wrapped, &secrets->context);
	if (!fault)
		hpke_seal(&secrets->context, "", 0, key, BOX_KEY,
			  wrapped + HPKE_ENC);
	return fault;
}

bool box_unwrap(const uint8_t secret[HPKE_KEY], const char *purpose,
		const uint8_t wrapped[BOX_WRAPPED], uint8_t key[BOX_KEY])
{
	SCOPED(secret_freep)
	struct secrets *secrets = secret_new(sizeof *secrets);

	return !hpke_receive(HPKE_BASE, secret, wrapped, NULL, purpose,
			     strlen(purpose), NULL, &secrets->context) &&
	       hpke_open(&secrets->context, "", 0, wrapped + HPKE_ENC,
			 BOX_KEY + HPKE_TAG, key) == HPKE_OPENED;
}
