#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"

/*
 * Hybrid public key encryption, RFC 9180, with DHKEM(X25519, HKDF-SHA256)
 * 0x0020, HKDF-SHA256 0x0001 and ChaCha20-Poly1305 0x0003. This header is what
 * sender and receiver share; sending is seal/seal.h, receiving seal/open.h. A
 * program that never includes the last one cannot open anything.
 *
 * Tickets use the base mode and one message. The other modes are held to the
 * same vectors, so that the reserved suite has a proven ground.
 */
#define HPKE_KEY 32
#define HPKE_ENC 32
#define HPKE_TAG 16

enum hpke_mode { /* RFC 9180 §5, table 1 */
		 HPKE_BASE = 0,
		 HPKE_PSK = 1,
		 HPKE_AUTH = 2,
		 HPKE_AUTH_PSK = 3,
};

/* A pre-shared key and its name, for the modes with PSK; both or neither. */
struct hpke_psk {
	const uint8_t *key, *id;
	size_t key_length, id_length;
};

/* One direction of one exchange (RFC 9180 §5.2). Lives in secret memory. */
struct hpke_context {
	uint8_t key[32], nonce[12];
	uint64_t sequence; /* messages so far */
};

/* RFC 9180 §5.1. psk may be NULL where the mode has none. */
void hpke_schedule(enum hpke_mode mode, const uint8_t shared[32],
		   const void *info, size_t info_length,
		   const struct hpke_psk *psk, struct hpke_context *context);

/* RFC 9180 §5.2: the nonce of the next message. */
void hpke_nonce(const struct hpke_context *context, uint8_t nonce[12]);

/*
 * RFC 9180 §4.1, ExtractAndExpand: from one (dh_length 32) or two (64)
 * Diffie-Hellman results, and enc, receiver's and perhaps sender's key.
 */
void hpke_extract_and_expand(const uint8_t *dh, size_t dh_length,
			     const uint8_t *kem_context, size_t context_length,
			     uint8_t shared[32]);
