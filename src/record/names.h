#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/fault.h"
#include "record/record.h"
#include "seal/agency_key.h"

/*
 * Pseudonymous mode. Names, contacts, what people are looked up by and the
 * history of these lie apart, in NAMES_FILE beside the record; every list,
 * report and export works without it, by display number.
 *
 * The file is an SQLite database of rows that are sealed one by one
 * (seal/box.h) under a key of its own, which is sealed to the agency's key:
 * whoever opens that one opens the names. What visits told of a name or an
 * address, and the answers as they came, stay in the record and are sealed
 * under the same key.
 *
 * Unlocked, the rows are tables in the memory of this process, under the names
 * that they have together, so that no other part knows of the difference. A
 * change goes into the record sealed, in the act's own transaction, and from
 * there to the file; whatever is killed in between, the next program that
 * opens the record brings it there. Locked, the tables are empty, and nothing
 * can be written to them.
 *
 * What staff write as text (a note, a reason) may hold a name all the same.
 */
#define NAMES_FILE "names.db"
#define NAMES_PURPOSE "foyer/names/v1" /* HPKE's info for the key */

enum names_state {
	NAMES_TOGETHER, /* in the record, as everything */
	NAMES_LOCKED,
	NAMES_OPEN,
	NAMES_LOST, /* apart, and the file is not there */
};
enum names_state names_state(const struct record *record);

/*
 * Opens the names with an agency key; where they are open already, lets this
 * key open them from now on, too. *opened is false where it is none of theirs.
 * Together, there is nothing to open: *opened is true.
 */
MUST_CHECK enum fault names_unlock(struct record *record,
				   const struct agency_key *key, bool *opened);
/*
 * The names are opened no more by keys of this id and fingerprint (seal/key.h;
 * "": by none of the id), but for keep itself. *kept is false, and nothing was
 * done, where keep does not open them yet: then they would be lost. Together,
 * nothing needs to be: *kept is true.
 */
MUST_CHECK enum fault names_forget_key(struct record *record, uint16_t id,
				       const char *fingerprint,
				       const uint8_t keep[32], bool *kept);
void names_lock(struct record *record); /* forgets them, and their key */

/* Takes over what other programs changed; at a desk, whenever record_changed()
 * says so. */
MUST_CHECK enum fault names_refresh(struct record *record);

enum names_answer {
	NAMES_DONE,
	NAMES_ALREADY, /* they are as was asked */
	NAMES_IN_USE,  /* a desk has the record open */
	NAMES_CLOSED,  /* this key does not open them */
};

/*
 * Converts the record at path, which nobody may have open: every row is sealed,
 * read back and opened again before the record lets go of it, in one
 * transaction. Afterwards the record's file holds none of it, not in a free
 * page either.
 */
MUST_CHECK enum fault names_part(const char *path, const uint8_t agency[32],
				 const struct record_who *who, int64_t now,
				 enum names_answer *answer, int64_t *rows);

/* And back; names.db is removed once the record has all of it. */
MUST_CHECK enum fault names_join(const char *path, const struct agency_key *key,
				 const struct record_who *who, int64_t now,
				 enum names_answer *answer, int64_t *rows);
