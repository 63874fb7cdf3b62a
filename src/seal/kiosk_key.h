#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/fault.h"
#include "base/memory.h"
#include "seal/key.h"
#include "seal/signature.h"

/*
 * A kiosk's own key: what makes its tickets genuine. Made on first start, kept
 * in a file only this user reads (0600), never exported. The file is
 * "FOYERKK1", seed (32), the first 8 bytes of BLAKE2b-256 of what precedes.
 */
struct kiosk_key;

/* A new key, in memory alone so far. The caller frees it. */
struct kiosk_key *kiosk_key_make(void);

/* The same key from a seed the caller has; for tests and vectors. */
struct kiosk_key *kiosk_key_of_seed(const uint8_t seed[SIGNATURE_SEED]);

/* Writes it, durably, over what may be there. FAULT_SYSTEM: it is not there. */
MUST_CHECK enum fault kiosk_key_write(const struct kiosk_key *key,
				      const char *path);

/*
 * FAULT_SYSTEM: unreadable. FAULT_FORMAT: not a kiosk key, or damaged; the
 * mend is to make a new one and enrol it.
 */
MUST_CHECK enum fault kiosk_key_read(const char *path, struct kiosk_key **out);
void kiosk_key_free(struct kiosk_key *key); /* NULL is fine; wipes */
DEFINE_SCOPED(struct kiosk_key, kiosk_key_free)

const uint8_t *kiosk_key_public(const struct kiosk_key *key); /* KEY_BYTES */
uint16_t kiosk_key_id(const struct kiosk_key *key);
const uint8_t *kiosk_key_seed(const struct kiosk_key *key); /* to sign with */
