#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "seal/key.h"
#include "seal/signature.h"

/*
 * The sealed ticket as bytes: header, ephemeral key, ciphertext, signature.
 *
 *   0  suite 01            9  enc (32)
 *   1  agency key id      41  ciphertext of n bytes, and its tag (16)
 *   3  kiosk key id   57 + n  Ed25519 signature (64)
 *   5  sequence (4)
 *
 * n is the size class, so a wire is 249, 377 or 601 bytes. This header makes
 * and checks; ticket/open.h opens.
 */
#define WIRE_SUITE 0x01
#define WIRE_HEADER 9
#define WIRE_CLASSES 3
#define WIRE_PLAIN_MAX 480
#define WIRE_MAX 601
#define WIRE_SEQUENCE_MAX 0xFFFFFFFEu

/* Plaintext bytes of a class 0..2: 128, 256, 480. */
size_t wire_plain(unsigned size_class);
/* The class of a wire length or of a plaintext length; -1 if it is none. */
int wire_class_of_length(size_t length);
int wire_class_of_plain(size_t length);

struct wire {
	uint8_t bytes[WIRE_MAX];
	size_t length;
};

struct wire_header {
	uint16_t agency, kiosk; /* key ids */
	uint32_t sequence;
};

/* Foreseen answers: what was scanned may be anything. */
enum wire_answer {
	WIRE_SOUND,
	WIRE_NOT_A_WIRE,     /* a length that no ticket has */
	WIRE_UNKNOWN_SUITE,  /* made by a newer Foyer */
	WIRE_NO_SUCH_NUMBER, /* sequence 0 or 2^32 - 1 */
};
MUST_CHECK enum wire_answer wire_read(const uint8_t *bytes, size_t length,
				      struct wire_header *header);

/* Whether this kiosk made it: the signature over all that precedes it. */
bool wire_genuine(const uint8_t *bytes, size_t length,
		  const uint8_t kiosk[KEY_BYTES]);

/*
 * Seals and signs plain, of a class's length, to the agency. seed is the
 * kiosk's signing seed, ephemeral a one-time secret from secret_random() that
 * the caller wipes. FAULT_FORMAT: the agency's key is no key.
 */
MUST_CHECK enum fault wire_make(const uint8_t agency[KEY_BYTES],
				const uint8_t kiosk[KEY_BYTES],
				const uint8_t seed[SIGNATURE_SEED],
				const uint8_t ephemeral[KEY_BYTES],
				uint32_t sequence, const uint8_t *plain,
				size_t length, struct wire *out);

/* BLAKE2b-256 of the wire: by it a replay is told from a clone. */
void wire_hash(const uint8_t *bytes, size_t length,
	       uint8_t hash[KEY_HASH_BYTES]);

/* "uuid:" and the hash's first 16 bytes as a version 8 UUID (RFC 9562). */
#define WIRE_INSTANCE_BYTES 42
void wire_instance_id(const uint8_t hash[KEY_HASH_BYTES],
		      char text[WIRE_INSTANCE_BYTES]);

/* What HPKE and the signature bind: see the .c; shared with ticket/open.c. */
#define WIRE_INFO 85
void wire_info(const uint8_t agency[KEY_BYTES], const uint8_t kiosk[KEY_BYTES],
	       uint8_t info[WIRE_INFO]);

/* "K7-0412": what is called out; name is the kiosk's short name. */
#define WIRE_NUMBER_BYTES 32
void wire_number(const char *name, uint32_t sequence,
		 char text[WIRE_NUMBER_BYTES]);
