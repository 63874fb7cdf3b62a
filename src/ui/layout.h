#pragma once

#include <stdbool.h>

#include "text/language.h"

/*
 * The keys of an on-screen keyboard for a language: pages of rows as its people
 * know them from the keyboards they have, so from xkeyboard-config where that
 * has them, and a grid of our own for Amharic and Tigrinya. A key gives text of
 * one letter or mark; capitals are the keyboard's affair.
 */
#define LAYOUT_ROWS 4  /* of a page */
#define LAYOUT_KEYS 13 /* of a row */
#define LAYOUT_PAGES 8
#define LAYOUT_BYTES 12 /* of a key */

/* What becomes of a key's text. */
enum layout_kind {
	LAYOUT_LETTERS,   /* it is written */
	LAYOUT_JAMO,      /* syllables are composed of it: ui/hangul.h */
	LAYOUT_PINYIN,    /* it spells Chinese characters: ui/pinyin.h */
	LAYOUT_SYLLABLES, /* a consonant, whose orders are then offered */
};

struct layout_key {
	char text[LAYOUT_BYTES];
	char cap[LAYOUT_BYTES + 4]; /* what stands on it; "": the text */
};

struct layout_row {
	struct layout_key keys[LAYOUT_KEYS];
	int count;
};

/* The rows used most are the last. */
struct layout_page {
	struct layout_row rows[LAYOUT_ROWS];
	int count;
};

struct layout {
	const struct language *language; /* of its letters */
	enum layout_kind kind;
	bool has_case;
	struct layout_page pages[LAYOUT_PAGES];
	int page_count;            /* 1 or more; the most used letters first */
	struct layout_page digits; /* and what stands between words */
	struct layout_page whole, decimal; /* what such a number is made of */
};

/*
 * The keyboard of a language; of Latin letters where we know none for it. Read
 * at the first call for a language and kept as long as the program: call it
 * early to read nothing later.
 */
const struct layout *layout_of(const char *tag);

/* The A-B-C letters, for everyone. */
const struct layout *layout_latin(void);

/* Digits and what numbers are written with; with e-mail's signs. */
const struct layout_page *layout_numbers(void);

/*
 * The orders of an Ethiopic consonant, in their order: at most most, into out;
 * returns how many.
 */
int layout_orders(const char *consonant, int most, char out[][LAYOUT_BYTES]);
