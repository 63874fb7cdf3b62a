#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "seal/key.h"
#include "seal/signature.h"
#include "ticket/open.h"
#include "ticket/unpack.h"

/* A wire that only its own makers could have signed, opened all the same. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const uint8_t secret[KEY_BYTES] = { 0x11 };
	static const uint8_t seed[SIGNATURE_SEED] = { 0x22 };
	uint8_t agency[KEY_BYTES] = { 9 }, kiosk[KEY_BYTES];
	uint8_t plain[WIRE_PLAIN_MAX];
	struct wire_header header;
	struct plain_cover cover;
	size_t length;

	signature_public(seed, kiosk);
	if (wire_read(data, size, &header) != WIRE_SOUND)
		return 0;
	if (wire_genuine(data, size, kiosk))
		abort(); /* nobody guesses a signature */
	if (wire_open(data, size, secret, agency, kiosk, plain, &length) ==
	    OPEN_DONE)
		abort(); /* nor a tag */
	memcpy(plain, data + 41, length);
	(void)!unpack_cover(plain, length, &cover);
	return 0;
}
