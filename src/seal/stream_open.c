#include "seal/stream_open.h"

#include <string.h>

#include "seal/open.h"
#include "seal/secret.h"
#include "seal/stream_inside.h"

/* Space for what must not stay on the stack. */
struct secrets {
	uint8_t key[STREAM_KEY];
	struct hpke_context context;
};

enum stream_opened stream_open(const uint8_t secret[HPKE_KEY],
			       const char *purpose, const void *front,
			       size_t front_length,
			       const uint8_t head[STREAM_HEAD],
			       struct stream **out)
{
	struct secrets *secrets = secret_new(sizeof *secrets);
	enum stream_opened answer = STREAM_NOT_OURS;

	if (!hpke_receive(HPKE_BASE, secret, head, NULL, purpose,
			  strlen(purpose), NULL, &secrets->context) &&
	    hpke_open(&secrets->context, front, front_length, head + HPKE_ENC,
		      STREAM_SEALED, secrets->key) == HPKE_OPENED) {
		*out = stream_reading(secrets->key,
				      head + HPKE_ENC + STREAM_SEALED);
		answer = STREAM_OPENED;
	}
	secret_free(secrets);
	return answer;
}
