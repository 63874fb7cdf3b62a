#pragma once

#include <stdbool.h>

#include "base/home.h"
#include "record/backup.h"
#include "seal/card.h"
#include "seal/ring.h"

/* The keys that the sealed files of `foyer record` need. */

/* The agency's public key; where there is none, says so with the verb's name
 * and what the key is for ("to seal the backup to"). */
MUST_CHECK enum fault record_card(const struct home *home, const char *verb,
				  const char *what_for, bool *found,
				  struct card *card);

/*
 * Opens the home's keys and gives the one that has this public half; it belongs
 * to the ring. Returns 0, or the exit status after a complaint; *key is NULL
 * where the passphrase opens others alone.
 */
int record_key(const struct home *home, const char *verb, int descriptor,
	       const uint8_t public[KEY_BYTES], struct ring *ring,
	       const struct agency_key **key);

/*
 * The same for the key that a sealed file of the record, at path, was sealed
 * to; whether it is such a file is looked at before anybody types a passphrase
 * for nothing. *answer is BACKUP_SOUND, and *key is there, or the caller
 * complains.
 */
struct record_sealed {
	const char *path;
	enum backup_what what;
};
int record_sealed_key(const struct home *home, const char *verb, int descriptor,
		      const struct record_sealed *file, struct ring *ring,
		      enum backup_answer *answer,
		      const struct agency_key **key);
