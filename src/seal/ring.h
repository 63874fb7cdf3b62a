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

#define RING_LIMIT 16   /* key files of the folder that are tried */
#define RING_BESIDE '~' /* in the name of a copy beside: seal/reseal.h */

struct ring *ring_new(void);
void ring_free(struct ring *ring); /* NULL is fine; wipes */
DEFINE_SCOPED(struct ring, ring_free)

/* What became of a folder's key files. */
struct ring_tried {
	size_t files;  /* NAME.key, sound or not */
	size_t sound;  /* key files of Foyer, of any passphrase */
	size_t opened; /* by this passphrase */
};

/*
 * Opens what the passphrase opens and adds it. None is a foreseen answer: the
 * folder is not there or holds no key, its files are damaged, or the
 * passphrase is wrong; *tried tells them apart. Faults are those of
 * agency_key_unlock() and of reading; a damaged file is a warning in the log,
 * and so is one that RING_LIMIT leaves out.
 */
MUST_CHECK enum fault ring_unlock(struct ring *ring, const char *folder,
				  const char *passphrase,
				  struct ring_tried *tried);

/* Takes the key over. */
void ring_add(struct ring *ring, struct agency_key *key);

/* Locks again: every key is wiped. */
void ring_lock(struct ring *ring);

size_t ring_count(const struct ring *ring);

/* The n-th of all, from 0. */
const struct agency_key *ring_at(const struct ring *ring, size_t n);

/* The n-th key with this id (ids may collide), or NULL. */
const struct agency_key *ring_find(const struct ring *ring, uint16_t id,
				   size_t n);
