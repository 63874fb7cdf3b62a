#pragma once

#include <stddef.h>
#include <stdint.h>

#include "record/record.h"
#include "seal/agency_key.h"

/*
 * The passphrase of the agency's key changes. The key files are sealed under
 * the new one (seal/reseal.h), and what everybody who signs in holds of the old
 * one becomes the new one, whose box they open with their own passphrase, as
 * before (record/user.h). A power cut at any moment leaves everybody with a
 * passphrase that opens the key; reseal_settle() tidies up at the next opening.
 *
 * The key is the same afterwards: its paper stays good, and so do kiosks and
 * tickets. Whoever knows the old passphrase opens no file of this home any
 * more; but a copy of the key's file that was made before, they do.
 */
struct rekey {
	const char *folder; /* of the key files */
	/* Tidied (seal/passphrase.h); the old one is asked for whoever asks. */
	const char *old, *passphrase;
	enum agency_key_cost cost;
	/* A demo's file with the passphrase in words, which then has the new
	 * one; NULL: there is none. */
	const char *note;
};

enum rekey_answer {
	REKEY_DONE,
	REKEY_WRONG,   /* the old one opens no key here */
	REKEY_SLOWED,  /* too many attempts: not before again_at */
	REKEY_WEAK,    /* the new one is not own_strong() */
	REKEY_REFUSED, /* an administrator's right */
	REKEY_ANSWERS,
};

struct rekeyed {
	enum rekey_answer answer;
	int64_t again_at; /* REKEY_SLOWED */
	/* REKEY_DONE: */
	size_t files;  /* were sealed anew */
	size_t others; /* sound key files that the old one does not open */
	size_t copies; /* of people, that became the new one's */
	size_t lost;   /* of an older Foyer, whose owners need one anew */
};

/*
 * An attempt of somebody who signs in counts like theirs to sign in, before it
 * is looked at. Takes some seconds. Faults are those of the record and of
 * seal/reseal.h; after one, both passphrases may open the files.
 */
MUST_CHECK enum fault rekey(struct record *record, const struct rekey *change,
			    const struct record_who *who, int64_t now,
			    struct rekeyed *out);
