#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"

/*
 * Inside the room: the parts that lie in an opened backup, taken piece by
 * piece as its frames open.
 */
#define PARTS_NAME 32 /* bytes of a part's name, with its zero */

struct parts_taker {
	/* A part begins; false: no such part is known here. */
	enum fault (*begin)(void *to, const char *name, uint64_t size,
			    bool *known);
	enum fault (*add)(void *to, const uint8_t *data, size_t length);
	enum fault (*end)(void *to);
	void *to;
};

/* Start from { .taker = ... }. */
struct parts {
	struct parts_taker taker;
	enum parts_at {
		PARTS_LENGTH,
		PARTS_TITLE,
		PARTS_SIZE,
		PARTS_BYTES,
		PARTS_OVER
	} at;
	char name[PARTS_NAME];
	size_t wide, have; /* of the name or the size */
	uint64_t size, left;
};

enum parts_answer {
	PARTS_GOOD,
	PARTS_BROKEN,  /* no names and sizes: or more behind the end */
	PARTS_UNKNOWN, /* a part that this Foyer does not know */
};

/* Takes the next piece. Faults are the taker's. */
MUST_CHECK enum fault parts_take(struct parts *parts, const uint8_t *data,
				 size_t length, enum parts_answer *answer);
/* Whether all of it was there. */
bool parts_whole(const struct parts *parts);
