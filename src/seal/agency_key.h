#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/fault.h"
#include "base/memory.h"
#include "seal/card.h"
#include "seal/key.h"

/*
 * The agency's secret key, which opens tickets, and the file that keeps it
 * under a passphrase: seal/locked.h's, with magic "FOYERAK1" and in it secret
 * (32), creation time in seconds (8), label length (1) and label. Numbers are
 * big-endian.
 *
 * For the desk and the office only; the kiosk knows the public half.
 */
struct agency_key;

#define AGENCY_KEY_FILE_LIMIT 512 /* bytes */

/* How dear each guess of the passphrase is. */
enum agency_key_cost {
	AGENCY_KEY_PC,   /* 3 passes over 256 MiB */
	AGENCY_KEY_PI,   /* 4 passes over 128 MiB, boards with 1 or 2 GB */
	AGENCY_KEY_DEMO, /* 1 pass over 8 MiB, for invented agencies alone */
};

/* A new key with a label (up to CARD_NAME bytes), made at time created. */
struct agency_key *agency_key_make(const char *label, int64_t created);

/* The key of a secret the caller has; for tests, vectors and restoring. created
 * is 0 where nobody knows: paper does not tell. */
struct agency_key *agency_key_of_secret(const uint8_t secret[KEY_BYTES],
					const char *label, int64_t created);
void agency_key_free(struct agency_key *key); /* NULL is fine; wipes */
DEFINE_SCOPED(struct agency_key, agency_key_free)

/* Adds the file's bytes. FAULT_SYSTEM: not enough memory for the cost. */
MUST_CHECK enum fault agency_key_lock(const struct agency_key *key,
				      enum agency_key_cost cost,
				      const char *passphrase,
				      struct bytes *out);

enum agency_key_answer {
	AGENCY_KEY_OPENED,
	AGENCY_KEY_WRONG_PASSPHRASE, /* or a damaged file: they look alike */
};

/*
 * Opens the file's bytes; takes as long as its cost says. On AGENCY_KEY_OPENED
 * the caller owns *out.
 *
 * FAULT_FORMAT: no agency key file. FAULT_LIMIT: its cost is above the limits.
 * FAULT_SYSTEM: not enough memory for its cost.
 */
MUST_CHECK enum fault agency_key_unlock(const void *file, size_t length,
					const char *passphrase,
					enum agency_key_answer *answer,
					struct agency_key **out);

const uint8_t *agency_key_public(const struct agency_key *key); /* KEY_BYTES */
const uint8_t *agency_key_secret(const struct agency_key *key); /* KEY_BYTES */
uint16_t agency_key_id(const struct agency_key *key);
const char *agency_key_label(const struct agency_key *key);
int64_t agency_key_created(const struct agency_key *key); /* s since 1970; 0:
							    unknown */
