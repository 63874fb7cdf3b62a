#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>

#include "text/icu.h"
#include "text/romanize_word.h"

/* --- Chinese ---------------------------------------------------------------
 */

#define UMLAUT "u\u0308"

/* Pinyin without tones and blanks; ü is "yu" as in passports. */
static bool add_pinyin(const char *text, struct bytes *out)
{
	SCOPED(char_freep)
	char *latin = romanize_by_icu(
	    u"Han-Latin; NFD; [[:Mn:]-[\u0308]] Remove; Lower", text);

	for (const char *at = latin; *at; at++) {
		if (strncmp(at, UMLAUT, strlen(UMLAUT)) == 0) {
			bytes_add_text(out, "yu");
			at += strlen(UMLAUT) - 1;
		} else if ((unsigned char)*at > 0x7f) {
			return false;
		} else if (*at >= 'a' && *at <= 'z') {
			bytes_add_byte(out, (uint8_t)*at);
		}
	}
	return true;
}

static bool add_surname(const char *text, size_t *length, struct bytes *out)
{
	const struct romanize_name *row =
	    romanize_longest(romanize_chinese, text);
	SCOPED(char_freep) char *one = NULL;

	if (row) {
		*length = strlen(row->own);
		bytes_add_text(out, row->latin);
		return true;
	}
	*length = 0;
	(void)icu_next(text, strlen(text), length);
	one = xstrndup(text, *length);
	return add_pinyin(one, out);
}

bool romanize_of_han(const struct romanize_word *word, struct bytes *out)
{
	size_t length = 0;

	if (!word->first)
		return add_pinyin(word->text, out);
	if (!add_surname(word->text, &length, out))
		return false;
	if (!word->text[length])
		return true;
	bytes_add_byte(out, ' ');
	return add_pinyin(word->text + length, out);
}

/* --- Korean ----------------------------------------------------------------
 */

#define SYLLABLE_FIRST 0xac00
#define SYLLABLE_LAST 0xd7a3
#define VOWELS 21
#define FINALS 28

static const char *const initials[] = {
	"g",  "kk", "n", "d",  "tt", "r", "m", "b", "pp", "s",
	"ss", "",   "j", "jj", "ch", "k", "t", "p", "h",
};
static const char *const middles[VOWELS] = {
	"a",  "ae", "ya", "yae", "eo", "e",  "yeo", "ye", "o",  "wa", "wae",
	"oe", "yo", "u",  "wo",  "we", "wi", "yu",  "eu", "ui", "i",
};
static const char *const finals[FINALS] = {
	"",  "k", "k", "k", "n", "n", "n", "t",  "l", "k", "m", "l", "l", "l",
	"p", "l", "m", "p", "p", "t", "t", "ng", "t", "t", "k", "t", "p", "t",
};

static bool add_syllable(UChar32 point, struct bytes *out)
{
	int32_t index = point - SYLLABLE_FIRST;

	if (point < SYLLABLE_FIRST || point > SYLLABLE_LAST)
		return false;
	bytes_add_text(out, initials[index / (VOWELS * FINALS)]);
	bytes_add_text(out, middles[index / FINALS % VOWELS]);
	bytes_add_text(out, finals[index % FINALS]);
	return true;
}

static bool add_given(const char *text, struct bytes *out)
{
	size_t length = strlen(text), at = 0;
	bool good = true;

	while (good && at < length) {
		const struct romanize_name *row =
		    romanize_longest(romanize_korean_given, text + at);

		if (row) {
			bytes_add_text(out, row->latin);
			at += strlen(row->own);
		} else {
			good = add_syllable(icu_next(text, length, &at), out);
		}
	}
	return good;
}

bool romanize_of_hangul(const struct romanize_word *word, struct bytes *out)
{
	const struct romanize_name *row =
	    romanize_longest(romanize_korean, word->text);
	const char *given;

	if (!word->first || !row)
		return add_given(word->text, out);
	given = word->text + strlen(row->own);
	bytes_add_text(out, row->latin);
	if (!*given)
		return true;
	bytes_add_byte(out, ' ');
	return add_given(given, out);
}

/* --- Burmese ---------------------------------------------------------------
 */

#define DOT_BELOW 0x1037 /* NFC puts it before the next */
#define ASAT 0x103a      /* closes the syllable with its consonant */
#define STACKER 0x1039   /* the same, over the next consonant */

/* Whether a syllable ends before text: a mark, or a consonant that is closed by
 * one, would still belong to it. */
static bool ends_before(const char *text)
{
	size_t length = strlen(text), at = 0;
	UChar32 point;

	if (!length)
		return true;
	if (U_GET_GC_MASK(icu_next(text, length, &at)) & U_GC_M_MASK)
		return false;
	if (at == length)
		return true;
	point = icu_next(text, length, &at);
	if (point == DOT_BELOW && at < length)
		point = icu_next(text, length, &at);
	return point != ASAT && point != STACKER;
}

bool romanize_of_burmese(const struct romanize_word *word, struct bytes *out)
{
	const char *at = word->text;

	while (*at) {
		const struct romanize_name *row =
		    romanize_longest(romanize_burmese, at);

		if (!row || !ends_before(at + strlen(row->own)))
			return false;
		if (at != word->text)
			bytes_add_byte(out, ' ');
		bytes_add_text(out, row->latin);
		at += strlen(row->own);
	}
	return true;
}
