#pragma once

#include <stddef.h>

#include "base/memory.h"

/*
 * A Korean syllable while it is put together from jamo, on the two-set
 * keyboard, by libhangul.
 */
struct hangul;

#define HANGUL_BYTES 32

struct hangul *hangul_new(void);
void hangul_free(struct hangul *hangul); /* NULL is fine */
DEFINE_SCOPED(struct hangul, hangul_free)

/*
 * Adds one jamo of the keyboard ("ㄱ", "ㅏ"). out is what now stands in place
 * of what hangul_composing() gave before: perhaps a syllable that is done, and
 * the one that goes on.
 */
void hangul_add(struct hangul *hangul, const char *jamo,
		char out[static HANGUL_BYTES]);

/* Takes a jamo back. hangul_composing() then has what is left. */
void hangul_take_back(struct hangul *hangul);

/* The syllable that goes on; "" for none. */
void hangul_composing(struct hangul *hangul, char out[static HANGUL_BYTES]);

/* What was composed is done. */
void hangul_end(struct hangul *hangul);
