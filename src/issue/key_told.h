#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "base/home.h"
#include "seal/key.h"

/*
 * What the names of files and a note in the keys folder tell of an agency's
 * keys. Nothing here opens one, so that the self-check may be in the kiosk;
 * what changes keys is in issue/key_change.h. Times are seconds since 1970 UTC.
 */
#define KEY_CHANGE_DAYS 60 /* that an old key is kept */
#define KEY_OLD_NAME 80    /* bytes of a file's name, with its zero */

/*
 * An old key's file tells its id, the UTC day on which its place was taken, and
 * its fingerprint without the blanks: two keys may have the same id. Older
 * files do not tell the fingerprint; it is "" then.
 */
struct old_key {
	char name[KEY_OLD_NAME]; /* its file */
	uint16_t id;
	char fingerprint[KEY_FINGERPRINT_BYTES];
	int64_t replaced, until; /* until: after it, it may be destroyed */
};

#define KEYS_OLD 15 /* with the present one, RING_LIMIT */

/* Those that are kept, the oldest first; more than KEYS_OLD are left out. */
MUST_CHECK enum fault keys_old(const struct home *home,
			       struct old_key list[KEYS_OLD], size_t *count);

/* The same of another folder than a home's; none where there is no folder. */
MUST_CHECK enum fault keys_old_in(const char *folder,
				  struct old_key list[KEYS_OLD], size_t *count);

/* What a file's name tells; false, and old untouched: it is of no old key. */
bool old_key_of_name(const char *name, struct old_key *old);

/* The name of a file for one whose place is taken now; for the number-th of
 * that key and day, from 1. */
void old_key_name(const uint8_t public[KEY_BYTES], int64_t now, int number,
		  char name[KEY_OLD_NAME]);

/* Whether it may be that key, as far as its file tells. */
bool old_key_may_be(const struct old_key *old, const uint8_t public[KEY_BYTES]);

/* Whether they may be files of the same key. */
bool old_keys_may_match(const struct old_key *one, const struct old_key *other);

/* Whether its time has come. */
bool old_key_is_due(const struct old_key *old, int64_t now);

/*
 * The day on which this home first saw that key, as keys/seen has it by its
 * fingerprint; since, and it is noted there, where nothing is said yet. A copy
 * of the key's file is new, and the key is not.
 */
int64_t keys_first_seen(const struct home *home,
			const uint8_t public[KEY_BYTES], int64_t since);

/* --- its paper -------------------------------------------------------------
 */

/* keys/paper notes the fingerprint of the key whose paper was read back. */
MUST_CHECK enum fault keys_note_paper(const struct home *home,
				      const uint8_t public[KEY_BYTES]);
bool keys_paper_noted(const struct home *home, const uint8_t public[KEY_BYTES]);
