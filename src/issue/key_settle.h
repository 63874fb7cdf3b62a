#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/fault.h"
#include "base/home.h"
#include "seal/card.h"

/*
 * How a change of the agency's key comes to its end, whatever cuts it: the next
 * one lies there as next.pub, then next.key, and from there on it counts.
 * Settling copies agency.key to an old key's name, and puts next.pub and then
 * next.key in their places; whichever of them is still there tells how far it
 * came. Times are seconds since 1970 UTC.
 */
#define KEY_NEXT_SECRET "next.key"
#define KEY_NEXT_PUBLIC "next.pub"

/* Ends a change that a power cut interrupted, or forgets it where it had not
 * begun to count; costs nothing where there was none. FAULT_SYSTEM. */
MUST_CHECK enum fault keys_settle(const struct home *home, int64_t now);

/* The same, for whoever has the keys' lock (key_lock_take). */
MUST_CHECK enum fault keys_settle_alone(const struct home *home, int64_t now);

/* The second half of that, for who is alone and has put next.key there. */
MUST_CHECK enum fault key_settle_end(const struct home *home, int64_t now);

/* --- old ones ---------------------------------------------------------------
 */

/* A name for one that no file has yet; the caller frees the path. */
char *key_old_path(const struct home *home, const uint8_t public[KEY_BYTES],
		   int64_t now);

/* Whether one of the old ones is these very bytes. */
MUST_CHECK enum fault key_old_is_kept(const struct home *home,
				      const struct bytes *file, bool *kept);

/* --- alone -----------------------------------------------------------------
 */

/* Whoever changes the keys of a home, or their passphrase (seal/reseal.h), is
 * alone until they close it. -1: somebody else is. */
int key_lock_try(const struct home *home);

/* The same; FAULT_SYSTEM, and the log says so, where somebody else is. */
MUST_CHECK enum fault key_lock_take(const struct home *home, int *lock);
