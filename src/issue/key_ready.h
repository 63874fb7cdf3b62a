#pragma once

#include <stdint.h>

#include "base/bytes.h"
#include "base/fault.h"
#include "base/home.h"
#include "base/memory.h"
#include "issue/keys.h"
#include "seal/agency_key.h"

/*
 * A key that is about to be put into a home, under its passphrase already. That
 * takes seconds, as each guess shall (seal/agency_key.h); putting it there
 * takes none, so a record that notes it is held up by nothing. While there is
 * one, nobody else changes the home's keys or their passphrase: what was looked
 * at stays so until it is freed. For the desk and the office only.
 */
struct key_ready {
	const struct home *home;
	const struct agency_key *key;
	struct bytes file; /* the key's, as it will lie there */
	int lock;          /* of the home's keys */
};

/* For keys_put_ready(), where no key is. *out is NULL where *answer is a
 * refusal; after a fault *answer is KEYS_MADE. home and key outlive *out. */
MUST_CHECK enum fault
key_ready_first(const struct home *home, const struct agency_key *key,
		enum agency_key_cost cost, const char *passphrase,
		enum keys_answer *answer, struct key_ready **out);

/*
 * For keys_change() and keys_keep_old(), beside a key that is there. passphrase
 * is the one that opens that one, so that whoever signs in goes on as before;
 * it is tried. What a cut left of an earlier change is ended first.
 *
 * FAULT_SYSTEM: somebody else changes them, or has changed the passphrase, or
 * something could not be read or made. FAULT_LIMIT: too many are kept.
 */
MUST_CHECK enum fault key_ready_beside(const struct home *home,
				       const struct agency_key *key,
				       enum agency_key_cost cost,
				       const char *passphrase, int64_t now,
				       struct key_ready **out);

void key_ready_free(struct key_ready *ready); /* NULL is fine */
DEFINE_SCOPED(struct key_ready, key_ready_free)
