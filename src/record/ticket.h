#pragma once

#include <stddef.h>
#include <stdint.h>

#include "record/record.h"

/*
 * What the record knows of tickets: which were filed, so that none is filed
 * twice, and the sealed ones kept aside because they could not be read yet.
 */

enum ticket_seen {
	TICKET_NEW,
	TICKET_FILED,  /* the same bytes were filed: open that visit */
	TICKET_CLONED, /* the number was used with other bytes: counter alarm */
};

/* Of a ticket that was seen; the strings are the caller's to free. */
struct ticket_filed {
	int64_t visit;
	char *at; /* RFC 3339, UTC */
	char *by;
};
void ticket_filed_done(struct ticket_filed *filed);

/* filed is set unless *seen is TICKET_NEW. */
MUST_CHECK enum fault ticket_look(struct record *record,
				  const uint8_t kiosk_key[32], uint32_t seq,
				  const uint8_t wire_hash[32],
				  enum ticket_seen *seen,
				  struct ticket_filed *filed);

/*
 * Keeps a sealed ticket aside; one that is aside already keeps its first time
 * and takes the new reason (a status of filing/filing.h, "unknown-form").
 */
#define HELD_WIRE_LIMIT 1024 /* bytes */
MUST_CHECK enum fault held_keep(struct record *record,
				const uint8_t wire_hash[32], const void *wire,
				size_t length, const char *reason,
				const struct record_who *who, int64_t now);

/* No longer aside, for a reason that the audit keeps ("not-genuine"). */
MUST_CHECK enum fault held_drop(struct record *record,
				const uint8_t wire_hash[32], const char *why,
				const struct record_who *who, int64_t now);

struct held {
	uint8_t wire_hash[32];
	uint8_t wire[HELD_WIRE_LIMIT];
	size_t length;
	char reason[32];
	int64_t held_at;
};

/* All of them, oldest first. The caller frees *out with free(). */
MUST_CHECK enum fault held_read(struct record *record, struct held **out,
				size_t *count);
