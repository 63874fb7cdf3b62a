#pragma once

#include <stdint.h>

#include "base/fault.h"
#include "base/memory.h"

/*
 * Ticket numbers that are never given twice, wherever the power fails. They
 * are taken from the file 64 at a time, before the first of them is used:
 * "FSQ1", the end of what is taken (4), the kiosk key's id (2), 0 (2), CRC-32
 * of the preceding 12 bytes. Numbers that a crash leaves unused are lost, which
 * is fine.
 */
struct sequence;

#define SEQUENCE_BATCH 64
#define SEQUENCE_BYTES 16

/* A new file whose first number is 1, for a new kiosk key. */
MUST_CHECK enum fault sequence_begin(const char *path, uint16_t kiosk);

enum sequence_answer {
	SEQUENCE_READY,
	SEQUENCE_LOST, /* missing, damaged or another key's: the kiosk needs a
			  new key, since its next number is not known */
};

/* On SEQUENCE_READY the caller owns *out. FAULT_SYSTEM: unreadable. */
MUST_CHECK enum fault sequence_open(const char *path, uint16_t kiosk,
				    enum sequence_answer *answer,
				    struct sequence **out);
void sequence_free(struct sequence *sequence); /* NULL is fine */
DEFINE_SCOPED(struct sequence, sequence_free)

/*
 * The next number, made durable first where it must be.
 * FAULT_SYSTEM: it could not be; no ticket may be issued.
 * FAULT_LIMIT: all 2^32 - 2 are used; make a new kiosk key.
 */
MUST_CHECK enum fault sequence_take(struct sequence *sequence,
				    uint32_t *number);
