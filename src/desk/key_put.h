#pragma once

#include <stdbool.h>

#include "desk/desk.h"
#include "seal/agency_key.h"
#include "seal/passphrase.h"

/*
 * What the screens of the agency's keys share: whoever asks for something says
 * their passphrase, and what they asked for is done to the keys on the disk.
 */

/*
 * Opens the present key with what somebody typed: their own passphrase where
 * people have one, else the key's. True: the caller frees *present, and
 * passphrase, in secret memory, is the key's. False: it was said why not.
 */
bool key_put_ask(struct desk *desk, const char *typed,
		 char passphrase[PASSPHRASE_LIMIT],
		 struct agency_key **present);

/*
 * Does something to the key of that id with its row of the audit: no row
 * without the deed, and no deed where no row can be begun (record/record.h).
 * Where the row's end alone fails, it is done: no fault, and *noted is false.
 */
MUST_CHECK enum fault key_put_do(struct desk *desk, const char *act,
				 uint16_t key, record_deed *deed, void *to,
				 bool *noted);

/* Another key in the present one's place, which is kept; names that lie apart
 * open with it before it counts. The audit has a row of it, or of
 * its failing; *noted as in key_put_do(). */
MUST_CHECK enum fault key_put_over_present(struct desk *desk,
					   const struct agency_key *present,
					   const struct agency_key *next,
					   const char *passphrase, bool *noted);

/* One beside the present one, to open old tickets; with its row. */
MUST_CHECK enum fault key_put_aside(struct desk *desk,
				    const struct agency_key *key,
				    const char *passphrase, bool *noted);

/* The desk opens tickets with the keys that are there from now on. What is to
 * be said then (of the catalogue): done, or that the audit has no row of it, or
 * that the desk could not open them. */
const char *key_put_use(struct desk *desk, const char *passphrase, bool noted,
			const char *done);
