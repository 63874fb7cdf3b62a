#pragma once

#include <stdint.h>
#include <unicode/utrans.h>
#include <unicode/utypes.h>

#include "base/memory.h"

/*
 * What the files of this room share about ICU. It fails only when its data
 * file is missing or memory ran out: icu_must() ends the program then, as
 * xcalloc() does.
 */
void icu_must(UErrorCode error, const char *doing);

/*
 * The locale ICU is asked for on behalf of a BCP 47 tag: a known language's
 * own, else the tag as it is. Never the machine's: before the first use the
 * process default is made English, so that what ICU lacks reads the same
 * everywhere.
 */
const char *icu_locale(const char *tag);

/* UTF-16 in memory of its own, terminated; *length (may be NULL) without that.
 * Bytes that are not UTF-8 become U+FFFD. */
UChar *icu_wide(const char *text, int32_t *length);

/* UTF-8 in memory of its own. */
char *icu_narrow(const UChar *text, int32_t length);

/* UTF-8 through a transliterator, in memory of its own; empty where ICU cannot.
 * No letter may become more than twelve. */
char *icu_transliterated(const UTransliterator *rules, const char *text);

/* The code point at *at, which moves behind it; U+FFFD for what is no UTF-8. */
UChar32 icu_next(const char *text, size_t length, size_t *at);

static inline void UChar_free(UChar *text)
{
	char_free((char *)text);
}
DEFINE_SCOPED(UChar, UChar_free)
