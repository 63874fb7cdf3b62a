#pragma once

#include <stddef.h>

#include "base/fault.h"
#include "base/memory.h"
#include "seal/agency_key.h"

/*
 * Another passphrase for the key files of a folder. A power cut between any two
 * writes leaves files that the old one opens, or the new one, or both:
 *
 *   begin   beside each NAME.key that the old one opens, the same key under the
 *           new one: NAME~TAG.key, which ring_unlock() tries like any other
 *   ...     whoever keeps the passphrase for others gives them the new one
 *   end     each takes the place of its NAME.key
 *
 * What a cut left is settled by whoever opens a desk next, with a passphrase
 * that is kept: reseal_settle(). One change at a time: the folder is locked.
 *
 * The keys stay the same. Whoever has a copy of an old file opens it with the
 * old passphrase for ever.
 */
struct reseal;

struct reseal_told {
	size_t opened; /* NAME.key, by the old one: these are changed */
	size_t others; /* sound ones under yet another; these stay */
};

/*
 * Does the first step. None opened is a foreseen answer: *out is NULL then.
 * Else the caller frees *out, and what was begun stays without reseal_end().
 *
 * FAULT_SYSTEM: reading, writing, too little memory, or somebody else changes
 * it just now. FAULT_LIMIT: more than RING_LIMIT of them.
 */
MUST_CHECK enum fault reseal_begin(const char *folder, const char *old,
				   const char *passphrase,
				   enum agency_key_cost cost,
				   struct reseal **out,
				   struct reseal_told *told);

/* The last step. FAULT_SYSTEM: some may have both still. */
MUST_CHECK enum fault reseal_end(struct reseal *reseal);
void reseal_free(struct reseal *reseal); /* NULL is fine */
DEFINE_SCOPED(struct reseal, reseal_free)

/*
 * After a cut: a file that passphrase opens loses what stands beside it; one
 * that it does not open gets in its place what it does; what stands beside none
 * is removed. Nothing happens while somebody changes it. Faults as
 * reseal_begin().
 */
MUST_CHECK enum fault reseal_settle(const char *folder, const char *passphrase);

/* The same, for whoever has the folder's lock (flock). */
MUST_CHECK enum fault reseal_settle_alone(const char *folder,
					  const char *passphrase);

/* NAME.key is gone for good, with what a cut left beside it. The caller has the
 * folder's lock (flock), as whoever changes the passphrase has. FAULT_SYSTEM:
 * it is there still. */
MUST_CHECK enum fault reseal_destroy(const char *folder, const char *name);
