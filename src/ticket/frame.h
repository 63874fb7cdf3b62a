#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/fault.h"

/*
 * Bytes as decimal digits, which a QR symbol holds densely and a keyboard
 * scanner types on any layout:
 *
 *   583 p P ssss llll <groups> cccccccccc
 *
 * magic, part 1 of 1, set, byte length, 17 digits for every 7 bytes, CRC-32 of
 * all the digits before it.
 */
enum frame_magic {
	FRAME_TICKET = 583,
	FRAME_ENROLMENT = 584, /* a kiosk's card */
	FRAME_AGENCY = 585,    /* an agency's card */
	FRAME_BACKUP = 586,    /* an agency's secret */
};

#define FRAME_PAYLOAD_MAX 601 /* bytes */
#define FRAME_DIGITS_MAX 1483 /* of that payload */
#define FRAME_COST 23         /* digits around the groups */

/* Digits of a frame around length bytes. */
size_t frame_digits(size_t length);

/* Adds the digits to out. set is sequence mod 10000 of a ticket, else 0. */
void frame_write(enum frame_magic magic, unsigned set, const void *payload,
		 size_t length, struct bytes *out);

struct frame {
	enum frame_magic magic;
	unsigned set;
	uint8_t payload[FRAME_PAYLOAD_MAX];
	size_t length;
};

/* Foreseen answers. */
enum frame_answer {
	FRAME_READ,
	FRAME_NOT_OURS,   /* no magic of ours: another barcode */
	FRAME_INCOMPLETE, /* ours, but cut, lengthened or changed */
};

/*
 * Reads count ASCII digits. A ticket's frame is also held against its header:
 * the set must be the sequence's.
 */
MUST_CHECK enum frame_answer frame_read(const char *digits, size_t count,
					struct frame *frame);

/* How many digits the frame says it has, from its first 13; 0 if it does not
 * say, so that a screen can show how much has come. */
size_t frame_announced(const char *digits, size_t count);

/* CRC-32 (IEEE 802.3, reflected). */
uint32_t frame_crc(const void *data, size_t length);
