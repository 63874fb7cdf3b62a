#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "form/run.h"
#include "ticket/slots.h"
#include "ticket/wire.h"

/*
 * From a person's answers to the plaintext of a ticket. All of it happens in
 * memory that the caller gives and wipes.
 */
#define PLAIN_COVER 15 /* bytes of the fixed part */
#define PLAIN_FORMAT 0x01
#define PLAIN_NO_LANGUAGE 0xFF

enum plain_flag {
	PLAIN_NOT_KEPT = 1 << 0,     /* `keep` is `no`: a number-only ticket */
	PLAIN_CLOCK_UNSURE = 1 << 1, /* the kiosk's clock is not trusted */
	PLAIN_MORE_TO_TELL = 1 << 2, /* the rest is told at the desk */
	PLAIN_TEST = 1 << 3,         /* shown, never filed */
	PLAIN_FLAGS = 0x0F,
};

/* The fixed part. */
struct plain_cover {
	unsigned flags;       /* enum plain_flag */
	uint32_t minutes;     /* issued, since 1970 UTC */
	uint8_t reference[8]; /* of the form; zeros if none was used */
	uint8_t language;     /* index in the form's list; PLAIN_NO_LANGUAGE */
};

enum pack_answer {
	PACK_DONE,
	PACK_TOO_LONG, /* the person must shorten, or tell the rest; the log
			  names the question, never the answer */
};

/*
 * Packs the relevant answers of a run behind a cover. flags are those the
 * caller knows (clock, more to tell, test); PLAIN_NOT_KEPT comes from the
 * run's `keep`. An answer that its type cannot hold is left out, named in the
 * log, and PLAIN_MORE_TO_TELL is set. least is the class that a setting asks
 * for (0..2). plain has room for WIRE_PLAIN_MAX; *length becomes a class's
 * plaintext length.
 */
MUST_CHECK enum pack_answer pack(const struct slots *slots, struct run *run,
				 unsigned flags, uint32_t minutes,
				 unsigned least, uint8_t *plain,
				 size_t *length);

/*
 * Bytes still free if the node's answer were text, for the bar under a text
 * field and for refusing a key: all a plaintext holds, less what is coded, the
 * largest of every later question, and 4 for every later text (or what it has
 * already). Never more than the text's own limit leaves. Negative: refuse the
 * key, unless it takes something away.
 *
 * In a form whose questions all together would never fit, only the later ones
 * that are relevant now count; else nothing could be typed at all.
 */
int pack_room(const struct slots *slots, struct run *run,
	      const struct node *node, const char *text);
