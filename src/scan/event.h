#pragma once

#include <stddef.h>
#include <stdint.h>

/*
 * What a scanner or a keyboard that may be one gave (TICKET.md §8). Whether
 * the digits are a sound frame is the reader's business (room ticket).
 */
enum scan_kind {
	SCAN_NONE,    /* nothing more yet */
	SCAN_KEY,     /* a person's key, to be used as if it came just now */
	SCAN_READING, /* a ticket is being read until another event: percent */
	SCAN_DIGITS,  /* a whole scan: digits, of a magic 583 to 586 */
	SCAN_DROPPED, /* keys no person typed, dropped: why */
};

enum scan_why {
	SCAN_FOREIGN, /* not a ticket: "That is not an intake ticket." */
	SCAN_GARBLED, /* began as a ticket and went wrong: "Scan again." */
};

struct scan_event {
	enum scan_kind kind;
	uint64_t key;       /* SCAN_KEY: what the caller gave */
	int percent;        /* SCAN_READING: 0 to 99 */
	const char *digits; /* SCAN_DIGITS: until the next call */
	size_t count;       /* SCAN_DIGITS, SCAN_DROPPED: characters */
	enum scan_why why;  /* SCAN_DROPPED */
	/* SCAN_DROPPED, SCAN_FOREIGN: the characters, 0 for a key without one,
	 * until the next call; NULL where they were too many or are not kept.
	 * They may be a passphrase that was pasted. */
	const uint32_t *typed;
};

#define SCAN_MAX 4096 /* characters in a scan; more is dropped */
