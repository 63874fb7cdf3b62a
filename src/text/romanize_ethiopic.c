#include <stdlib.h>
#include <string.h>

#include "text/icu.h"
#include "text/romanize_word.h"

/*
 * Rows of eight syllables from U+1200. The sixth of a row is the consonant
 * alone, or with a short "i" where the word could not be spoken otherwise.
 */
static const char *const rows[] = {
	"h",  "l",  "h",  "m", "s",  "r", "s",  "sh", "k",  "kw", "k",
	"kw", "b",  "v",  "t", "ch", "h", "hw", "n",  "gn", "",   "k",
	"kw", "h",  "hw", "w", "",   "z", "zh", "y",  "d",  "d",  "j",
	"g",  "gw", "g",  "t", "ch", "p", "ts", "ts", "f",  "p",
};

enum order { FIRST, SECOND, THIRD, FOURTH, FIFTH, SIXTH, SEVENTH, EIGHTH };

static const char *const vowels[] = {
	[FIRST] = "e", [SECOND] = "u", [THIRD] = "i",   [FOURTH] = "a",
	[FIFTH] = "e", [SIXTH] = "",   [SEVENTH] = "o", [EIGHTH] = "wa",
};

#define SYLLABLES 64 /* a longer word is no name */
#define BASE 0x1200

struct syllable {
	const char *consonant, *vowel;
	bool bare, throat; /* sixth order; a vowel's own row */
};

#define KXA 0x12b8 /* k in Tigrinya, h in Amharic */

static struct syllable syllable_of(UChar32 point, bool amharic)
{
	const char *consonant = rows[(point - BASE) / 8];
	enum order order = (point - BASE) % 8;
	bool throat = !consonant[0];
	const char *vowel = vowels[order];

	if (!amharic && point >= KXA && point < KXA + 8)
		consonant = "k";

	if (order == FIRST && (throat || strcmp(consonant, "h") == 0))
		vowel = "a";
	return (struct syllable){ consonant, vowel, order == SIXTH, throat };
}

static size_t syllables_of(const char *text, bool amharic, struct syllable *to)
{
	size_t length = strlen(text), at = 0, count = 0;

	while (at < length && count < SYLLABLES) {
		UChar32 point = icu_next(text, length, &at);

		if (point >= BASE && point < BASE + 8 * (UChar32)COUNT(rows))
			to[count++] = syllable_of(point, amharic);
	}
	return at < length ? 0 : count;
}

/* Consonants that stand together at a word's end. */
static bool ends_together(const char *a, const char *b)
{
	static const char *const pairs[] = { "st", "nt", "nd", "rt",
					     "rk", "ld", "rd", "ng" };
	size_t length = strlen(a);

	for (size_t i = 0; i < COUNT(pairs); i++) {
		if (strncmp(pairs[i], a, length) == 0 &&
		    strcmp(pairs[i] + length, b) == 0)
			return true;
	}
	return false;
}

/* From the end: a syllable has one consonant behind its vowel, two in pairs. */
static void give_vowels(struct syllable *all, size_t count)
{
	size_t behind = 0; /* consonants since the last vowel */

	for (size_t i = count; i-- > 0;) {
		struct syllable *it = &all[i];
		bool end = i + 2 == count;

		if (it->throat && it->bare) {
			it->vowel = i ? "" : "e";
			continue;
		}
		if (!it->bare) {
			behind = 0;
		} else if (!i || (i + 1 < count && all[i + 1].throat &&
				  !all[i + 1].bare)) {
			it->vowel = "i";
			behind = 0;
		} else if (!behind || (behind == 1 && end &&
				       ends_together(it->consonant,
						     all[i + 1].consonant))) {
			behind++;
		} else {
			it->vowel = "i";
			behind = 0;
		}
	}
}

/* "ay" before a consonant is spelt "ai". */
static bool is_glide(const struct syllable *all, size_t count, size_t i)
{
	return i && i + 1 < count && !all[i].vowel[0] &&
	       strcmp(all[i].consonant, "y") == 0 && all[i - 1].vowel[0];
}

bool romanize_of_ethiopic(const struct romanize_word *word, struct bytes *out)
{
	struct syllable all[SYLLABLES];
	bool amharic = strcmp(word->language, "am") == 0;
	size_t count = syllables_of(word->text, amharic, all);

	give_vowels(all, count);
	/* Amharic has rounded the first order of "w". */
	if (amharic && count && strcmp(all[0].consonant, "w") == 0 &&
	    strcmp(all[0].vowel, "e") == 0)
		all[0].vowel = "o";
	for (size_t i = 0; i < count; i++) {
		bytes_add_text(out, is_glide(all, count, i) ? "i"
							    : all[i].consonant);
		bytes_add_text(out, all[i].vowel);
	}
	return count > 0;
}
