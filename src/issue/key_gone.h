#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/fault.h"
#include "base/home.h"
#include "seal/key.h"

/*
 * Which of an agency's old keys were destroyed, so that a paper or a file that
 * was forgotten brings none of them back. keys/history has a line for each key
 * that was ever kept as an old one: its id, its fingerprint, and what became of
 * it. It holds nothing secret, stays when keys change, and goes with a desk
 * that is moved. For the desk and the office only.
 */
#define KEYS_HISTORY "history"

/* Before a key is kept as an old one. FAULT_SYSTEM: nothing is noted. */
MUST_CHECK enum fault key_gone_note_kept(const struct home *home,
					 const uint8_t public[KEY_BYTES]);

/*
 * Before an old key's file goes. Its fingerprint is "" where its file does not
 * tell it; where nobody noted that either, every key of the id counts as it.
 * present is the agency's key, or NULL: whatever its id, it is not noted, for
 * every backup of today is sealed to it. FAULT_SYSTEM: nothing is noted.
 */
MUST_CHECK enum fault key_gone_note_destroyed(const struct home *home,
					      uint16_t id,
					      const char *fingerprint,
					      const uint8_t present[KEY_BYTES]);

/* The lines of the history at from that the one at to has not are added there;
 * either may be missing. FAULT_SYSTEM, FAULT_LIMIT: to is as it was. */
MUST_CHECK enum fault key_gone_merge(const char *from, const char *to);

/* Whether it was destroyed here. FAULT_SYSTEM, FAULT_LIMIT: it cannot be read.
 */
MUST_CHECK enum fault key_gone_is(const struct home *home,
				  const uint8_t public[KEY_BYTES], bool *gone);

/* The same of an old key's file; fingerprint is "" where it does not tell it,
 * and any destroyed key of the id may be it then. */
MUST_CHECK enum fault key_gone_may_be(const struct home *home, uint16_t id,
				      const char *fingerprint, bool *gone);

/* The same, as the history in another folder than a home's has it. */
MUST_CHECK enum fault key_gone_may_be_in(const char *folder, uint16_t id,
					 const char *fingerprint, bool *gone);
