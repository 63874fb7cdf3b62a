#pragma once

#include <stdbool.h>
#include <stdint.h>

/*
 * Single characters, as a keyboard's keys have them. Kinds and scripts are
 * those of ICU's Unicode data.
 */
enum letter_kind {
	LETTER_NONE, /* nothing to write a word of the script with */
	LETTER_BASE,
	LETTER_MARK,   /* stands on the letter before it */
	LETTER_JOINER, /* U+200C, U+200D: invisible, part or join letters */
};

/*
 * What a character is to a script (ISO 15924). Presentation forms, the
 * stretching tatweel and private characters are nothing to any.
 */
enum letter_kind letter_kind(uint32_t point, const char *script);

/* UTF-8 of one character, ended by 0. */
#define LETTER_BYTES 5
void letter_bytes(uint32_t point, char out[static LETTER_BYTES]);

bool letter_is_capital(uint32_t point);

/* In capitals as the language (BCP 47) writes them; the caller frees it. */
char *letter_capital(const char *text, const char *language);
