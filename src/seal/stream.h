#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "base/memory.h"
#include "seal/hpke.h"

/*
 * A long run of bytes, sealed to a public key a frame at a time, so that
 * neither side needs memory for more than one. A one-time key is sealed with
 * HPKE; the frames are libsodium's secretstream (XChaCha20-Poly1305,
 * https://doc.libsodium.org/secret-key_cryptography/secretstream): none can
 * be changed, left out, moved or cut off at the end unseen.
 *
 * Whoever seals needs the public key alone. Opening is seal/stream_open.h.
 */
struct stream;

#define STREAM_FRAME (64 * 1024) /* plain bytes of a frame, at most */
#define STREAM_OVER 17           /* more bytes has a sealed frame */
#define STREAM_KEY 32            /* the one-time key */
#define STREAM_BEGIN 24          /* secretstream's header */
#define STREAM_SEALED (STREAM_KEY + HPKE_TAG)
#define STREAM_HEAD (HPKE_ENC + STREAM_SEALED + STREAM_BEGIN) /* 104 */

/*
 * Begins to seal to receiver. purpose is HPKE's info, and front are the bytes
 * that lie before the head in the clear; both must be the same to open it.
 * The caller puts head before the frames and frees *out with stream_free().
 * FAULT_FORMAT: receiver is no key.
 */
MUST_CHECK enum fault stream_seal(const uint8_t receiver[HPKE_KEY],
				  const char *purpose, const void *front,
				  size_t front_length,
				  uint8_t head[STREAM_HEAD],
				  struct stream **out);
void stream_free(struct stream *stream); /* NULL is fine; wipes */
DEFINE_SCOPED(struct stream, stream_free)

/* Seals the next frame: length (STREAM_FRAME at most) + STREAM_OVER bytes. */
void stream_push(struct stream *stream, const void *plain, size_t length,
		 bool last, uint8_t *sealed);

/*
 * The reading side of what this stream seals, from its first frame on: so the
 * sealer can see that what lies on the disk opens again.
 */
struct stream *stream_look_back(const struct stream *sealing,
				const uint8_t head[STREAM_HEAD]);

/* What became of a sealed frame. */
enum stream_pulled {
	STREAM_MORE,    /* whole, and not the last */
	STREAM_LAST,    /* whole, and the last */
	STREAM_REFUSED, /* not the next frame of this stream */
};

/* Opens the next frame: length bytes, STREAM_OVER or more; plain gets
 * length - STREAM_OVER of them. */
enum stream_pulled stream_pull(struct stream *stream, const uint8_t *sealed,
			       size_t length, uint8_t *plain);
