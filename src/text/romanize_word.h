#pragma once

#include <stdbool.h>
#include <unicode/utypes.h>

#include "base/bytes.h"
#include "text/romanize_names.h"

/*
 * One word of a name (letters and marks in NFC) in Latin letters, added to out
 * in lower case or with its capitals; the files of text/romanize.h share this.
 * language is one that the script knows: "ar", "uk". first: the name's first
 * word, which has the surname in Chinese and Korean. False where nothing good
 * can be said.
 */
struct romanize_word {
	const char *text, *language;
	bool first;
};

typedef bool romanize_writer(const struct romanize_word *word,
			     struct bytes *out);
romanize_writer romanize_of_arabic, romanize_of_sorani, romanize_of_cyrillic,
    romanize_of_ethiopic, romanize_of_indic, romanize_of_han,
    romanize_of_hangul, romanize_of_burmese, romanize_of_others;

/* The spelling that a language's lists have of a whole word, or NULL. */
const char *romanize_known(const struct romanize_word *word);

/* The row of a list with the longest own form that text begins with, or NULL.
 */
const struct romanize_name *romanize_longest(const struct romanize_name *list,
					     const char *text);

/* What ICU's rules make of a text; the caller frees it. */
char *romanize_by_icu(const UChar *rules, const char *text);
