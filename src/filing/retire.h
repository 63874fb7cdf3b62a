#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "base/home.h"
#include "record/record.h"
#include "seal/key.h"

/*
 * Whether an old key of the agency may be destroyed: nothing may need it any
 * more.
 */
enum retire_answer {
	RETIRE_READY,
	RETIRE_TICKETS, /* some that are kept aside are sealed to it */
	RETIRE_KEPT,  /* so are some that were scanned while the server was away
		       */
	RETIRE_NAMES, /* names that lie apart do not open with keep yet */
};

/* The old key, and the one that stays. */
struct retiring {
	uint16_t id;             /* seal/key.h */
	const char *fingerprint; /* "" where nobody knows it */
	const uint8_t *keep;     /* the agency's present key: KEY_BYTES */
};

/*
 * Looks whether the old key is still needed, in the record and in the home of
 * the desk; where it is not, names that lie apart open with it no more. A
 * ticket tells its key's id alone, so one that is sealed to another key of that
 * id counts, too. *count is how many tickets it is that need it.
 *
 * Faults are the record's, and FAULT_SYSTEM: what is kept cannot be read.
 */
MUST_CHECK enum fault retire_key(struct record *record, const struct home *home,
				 const struct retiring *key,
				 enum retire_answer *answer, size_t *count);
