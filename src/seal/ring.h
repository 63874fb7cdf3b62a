#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "base/memory.h"
#include "seal/agency_key.h"

/*
 * The agency keys that a desk has open: the current one and older ones, whose
 * tickets still arrive. A folder's files NAME.key are tried with the passphrase
 * of the shift. Empty while the desk is locked.
 */
struct ring;

#define RING_LIMIT 16 /* key files in the folder */

struct ring *ring_new(void);
void ring_free(struct ring *ring); /* NULL is fine; wipes */
DEFINE_SCOPED(struct ring, ring_free)

/*
 * Opens what the passphrase opens and adds it; *opened is how many. None is a
 * foreseen answer: the passphrase is wrong (or the folder holds no key).
 * Faults are those of agency_key_unlock() and of reading; a damaged file
 * beside a sound one is a warning in the log.
 */
MUST_CHECK enum fault ring_unlock(struct ring *ring, const char *folder,
				  const char *passphrase, size_t *opened);

/* Takes the key over. */
void ring_add(struct ring *ring, struct agency_key *key);

/* Locks again: every key is wiped. */
void ring_lock(struct ring *ring);

size_t ring_count(const struct ring *ring);

/* The n-th key with this id (ids may collide), or NULL. */
const struct agency_key *ring_find(const struct ring *ring, uint16_t id,
				   size_t n);
