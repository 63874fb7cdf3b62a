#include "tests/support/old_box.h"

#include <sodium.h>
#include <string.h>

#include "seal/passphrase.h"
#include "tests/test.h"

/* Version, one pass, 8 MiB; then salt (16) and nonce (24), all of one letter.
 */
#define FRONT (1 + 4 + 4 + 16 + 24)

void old_box(const char *passphrase, const char *secret, struct bytes *out)
{
	uint8_t box[FRONT + PASSPHRASE_LIMIT + 16] = { 1, 0, 0,    0, 1,
						       0, 0, 0x20, 0 };
	uint8_t inside[PASSPHRASE_LIMIT] = { 0 }, key[32];

	memset(box + 9, 's', FRONT - 9);
	memcpy(inside, secret, strlen(secret));
	assert_int_equal(crypto_pwhash(key, sizeof key, passphrase,
				       strlen(passphrase), box + 9, 1, 8 << 20,
				       crypto_pwhash_ALG_ARGON2ID13),
			 0);
	crypto_aead_xchacha20poly1305_ietf_encrypt(box + FRONT, NULL, inside,
						   sizeof inside, box, FRONT,
						   NULL, box + 25, key);
	bytes_add(out, box, sizeof box);
}
