#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "record/record.h"
#include "seal/key.h"

/*
 * Whether an old key of the agency may be destroyed: nothing may need it any
 * more.
 */
enum retire_answer {
	RETIRE_READY,
	RETIRE_TICKETS, /* some that are kept aside are sealed to it */
	RETIRE_NAMES,   /* names that lie apart do not open with keep yet */
};

/*
 * Looks whether the key of this id (seal/key.h) is still needed, beside keep,
 * the agency's present one; where it is not, names that lie apart open with it
 * no more. *aside is how many tickets are kept aside that it opens.
 */
MUST_CHECK enum fault retire_key(struct record *record, uint16_t id,
				 const uint8_t keep[KEY_BYTES],
				 enum retire_answer *answer, size_t *aside);

/* How many are kept aside that a key of this id opens. */
MUST_CHECK enum fault retire_aside(struct record *record, uint16_t id,
				   size_t *aside);
