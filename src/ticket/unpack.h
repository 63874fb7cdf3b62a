#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/fault.h"
#include "form/run.h"
#include "ticket/pack.h"
#include "ticket/slots.h"

/*
 * From a ticket's plaintext to answers, at the desk. Strict: what pack() would
 * not write is refused, and then nothing of it is used.
 */
enum unpack_answer {
	UNPACK_DONE,
	UNPACK_NEWER,   /* a format or flag this Foyer does not know */
	UNPACK_REFUSED, /* not a plaintext that a kiosk makes of this form */
};

/* The fixed part alone: it says which form the rest needs. */
MUST_CHECK enum unpack_answer unpack_cover(const uint8_t *plain, size_t length,
					   struct plain_cover *cover);

/*
 * Puts the answers into a fresh run of that form, whose now() is the issued
 * time in the kiosk's zone. A refused run may be half filled: free it.
 * FAULT_FORMAT, FAULT_LIMIT: as run_put().
 */
MUST_CHECK enum fault unpack(const struct slots *slots, const uint8_t *plain,
			     size_t length, struct run *run,
			     enum unpack_answer *answer);
