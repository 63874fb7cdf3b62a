#include "seal/stream.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

#include "seal/seal.h"
#include "seal/secret.h"
#include "seal/stream_inside.h"

static_assert(STREAM_KEY == crypto_secretstream_xchacha20poly1305_KEYBYTES, "");
static_assert(STREAM_BEGIN == crypto_secretstream_xchacha20poly1305_HEADERBYTES,
	      "");
static_assert(STREAM_OVER == crypto_secretstream_xchacha20poly1305_ABYTES, "");

/* All of it lies in secret memory. */
struct stream {
	uint8_t key[STREAM_KEY];
	crypto_secretstream_xchacha20poly1305_state state;
};

/* Space for what must not stay on the stack. */
struct secrets {
	uint8_t ephemeral[HPKE_KEY];
	struct hpke_context context;
};

enum fault stream_seal(const uint8_t receiver[HPKE_KEY], const char *purpose,
		       const void *front, size_t front_length,
		       uint8_t head[STREAM_HEAD], struct stream **out)
{
	struct secrets *secrets = secret_new(sizeof *secrets);
	struct stream *stream = secret_new(sizeof *stream);
	enum fault fault;

	secret_random(secrets->ephemeral, HPKE_KEY);
	secret_random(stream->key, STREAM_KEY);
	fault =
	    hpke_send(HPKE_BASE, receiver, secrets->ephemeral, NULL, purpose,
		      strlen(purpose), NULL, head, &secrets->context);
	if (!fault) {
		hpke_seal(&secrets->context, front, front_length, stream->key,
			  STREAM_KEY, head + HPKE_ENC);
		crypto_secretstream_xchacha20poly1305_init_push(
		    &stream->state, head + HPKE_ENC + STREAM_SEALED,
		    stream->key);
		*out = stream;
		stream = NULL;
	}
	secret_free(secrets);
	secret_free(stream);
	return fault;
}

void stream_free(struct stream *stream)
{
	secret_free(stream);
}

struct stream *stream_reading(const uint8_t key[STREAM_KEY],
			      const uint8_t begin[STREAM_BEGIN])
{
	struct stream *stream = secret_new(sizeof *stream);

	memcpy(stream->key, key, STREAM_KEY);
	/* Refuses nothing: any header begins a stream, if a wrong one. */
	(void)crypto_secretstream_xchacha20poly1305_init_pull(&stream->state,
							      begin, key);
	return stream;
}

struct stream *stream_look_back(const struct stream *sealing,
				const uint8_t head[STREAM_HEAD])
{
	return stream_reading(sealing->key, head + HPKE_ENC + STREAM_SEALED);
}

void stream_push(struct stream *stream, const void *plain, size_t length,
		 bool last, uint8_t *sealed)
{
	assert(length <= STREAM_FRAME);
	(void)crypto_secretstream_xchacha20poly1305_push(
	    &stream->state, sealed, NULL, plain, length, NULL, 0,
	    last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL
		 : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE);
}

enum stream_pulled stream_pull(struct stream *stream, const uint8_t *sealed,
			       size_t length, uint8_t *plain)
{
	uint8_t tag = 0;

	assert(length >= STREAM_OVER && length <= STREAM_FRAME + STREAM_OVER);
	if (crypto_secretstream_xchacha20poly1305_pull(
		&stream->state, plain, NULL, &tag, sealed, length, NULL, 0))
		return STREAM_REFUSED;
	return tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL
		   ? STREAM_LAST
		   : STREAM_MORE;
}
