#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "base/home.h"
#include "issue/key_ready.h"
#include "issue/key_settle.h"
#include "issue/key_told.h"
#include "seal/agency_key.h"
#include "seal/card.h"
#include "seal/ring.h"

/*
 * An agency's keys over the years. keys/agency.key opens what is sealed today;
 * beside it lie those whose place it took (struct old_key), for as long as
 * their tickets still arrive. A desk
 * opens all of them with one passphrase (seal/ring.h).
 *
 * Nothing is ever destroyed by itself: a clock that is wrong destroys no key.
 * For the desk and the office only. Times are seconds since 1970 UTC.
 */

/*
 * The key takes the place of the one that is there, which is kept as an old
 * one. Its paper has been read back. FAULT_SYSTEM: it could not be written, and
 * nothing has changed. Once the new one lies there it counts: what could not be
 * done behind that, keys_settle() does.
 */
MUST_CHECK enum fault keys_change(const struct key_ready *ready, int64_t now);

/* Keeps a key beside the present one, as one whose place was taken just now:
 * from its paper or another desk, to open what is still sealed to it. */
MUST_CHECK enum fault keys_keep_old(const struct key_ready *ready, int64_t now);

/* Whether a key that comes from paper or another desk may be put here. */
enum keys_join {
	KEYS_JOIN,
	KEYS_JOIN_SAME,    /* it is the present one */
	KEYS_JOIN_KEPT,    /* it is one of the old ones */
	KEYS_JOIN_EARLIER, /* made before the present one: as an old one only */
	KEYS_JOIN_DESTROYED, /* it was destroyed here, for good */
	KEYS_JOINS,
};

/*
 * A paper or a file that was found again takes no kiosk back to an old key.
 * Where the file of an old one does not tell which it is, the passphrase shows
 * it: one of the same id that it does not open counts as that one. Faults are
 * those of agency_key_unlock() and of reading.
 */
MUST_CHECK enum fault keys_may_join(const struct home *home,
				    const struct agency_key *key,
				    const struct agency_key *present,
				    const char *passphrase,
				    enum keys_join *answer);

/*
 * Whether that key stays here without that file: as the present one, whose
 * paper was put back where it was lost, or as another old file.
 */
MUST_CHECK enum fault keys_is_copy(const struct home *home,
				   const struct old_key *old, bool *copy);

/*
 * Its file is gone for good, and that it was destroyed is remembered first
 * (issue/key_gone.h), so that it is put here no more; of a copy the file goes
 * alone. The paper is for a person to destroy. FAULT_SYSTEM: its file is there
 * still, and it opens what it did.
 */
MUST_CHECK enum fault keys_destroy(const struct home *home,
				   const struct old_key *old);
