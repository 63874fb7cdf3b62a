#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/fault.h"
#include "base/home.h"
#include "issue/key_open.h"
#include "seal/agency_key.h"

/*
 * Putting an agency's key into a home: keys/agency.key under the passphrase,
 * and keys/agency.pub, the public half that kiosks are given. For the desk and
 * the office only.
 */
#define KEYS_LABEL "Agency" /* of one that nobody named */

enum keys_answer {
	KEYS_MADE,
	KEYS_THERE_ALREADY, /* a key is never written over */
	KEYS_DESTROYED,     /* that one was destroyed here, for good */
};

/*
 * Puts a key there; one that was made just now, or comes from its paper. After
 * a fault *answer is KEYS_MADE, and none is there: nobody is told
 * that a key was destroyed because something could not be read or made.
 */
MUST_CHECK enum fault keys_put(const struct home *home,
			       const struct agency_key *key,
			       enum agency_key_cost cost,
			       const char *passphrase,
			       enum keys_answer *answer);

/* The second half of that, which takes no time; the first is key_ready_first()
 * (issue/key_ready.h). After a fault none is there. */
struct key_ready;
MUST_CHECK enum fault keys_put_ready(const struct key_ready *ready);

/* Makes one and puts it there. created is seconds since 1970 UTC. *card is the
 * public half. */
MUST_CHECK enum fault keys_make(const struct home *home, const char *label,
				enum agency_key_cost cost,
				const char *passphrase, int64_t created,
				enum keys_answer *answer, struct card *card);
