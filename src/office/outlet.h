#pragma once

#include <stdint.h>

#include "base/fault.h"
#include "base/memory.h"
#include "seal/key.h"
#include "seal/ring.h"

/*
 * A file that is written bit by bit and stands under its name once it is whole:
 * plain, or sealed to somebody's public key so that a stick that is lost
 * betrays nobody. A sealed one is
 *
 *	 0   8  "FOYEREX1"
 *	 8  32  the public key
 *	40 104  head of a sealed stream (seal/stream.h), purpose
 *"foyer/export/v1", whose front are the 40 bytes before it 144      its frames:
 *each STREAM_FRAME plain bytes, the last one fewer
 */
struct outlet;

/*
 * Begins one beside path, with mode 0600; receiver is a public key, or NULL for
 * a plain file. The caller frees *out with outlet_free(), which drops what was
 * not finished. FAULT_SYSTEM: it cannot be made. FAULT_FORMAT: no key.
 */
MUST_CHECK enum fault outlet_new(const char *path, const uint8_t *receiver,
				 struct outlet **out);
void outlet_free(struct outlet *outlet); /* NULL is fine; wipes */
DEFINE_SCOPED(struct outlet, outlet_free)

/* to is the outlet. FAULT_SYSTEM: no room, or no file any more. */
MUST_CHECK enum fault outlet_write(void *to, const void *bytes, size_t length);

/* Makes it durable under its name, in place of what had that. */
MUST_CHECK enum fault outlet_finish(struct outlet *outlet);

/* --- reading a sealed one ------------------------------------------------- */

enum inlet_answer {
	INLET_OPENED,
	INLET_NOT_ONE,  /* some other file */
	INLET_NOT_OURS, /* sealed to another key than the ring has */
	INLET_DAMAGED,  /* cut short, or changed */
	INLET_ANSWERS,
};

/* Whose key opens the file: KEY_BYTES. FAULT_SYSTEM: it cannot be read. */
MUST_CHECK enum fault inlet_look(const char *path, uint8_t receiver[KEY_BYTES],
				 enum inlet_answer *answer);

/* Opens it into to, which is finished on INLET_OPENED alone. */
MUST_CHECK enum fault inlet_open(const char *path, const struct agency_key *key,
				 struct outlet *to, enum inlet_answer *answer);
