#include <string.h>

#include "text/icu.h"
#include "text/romanize_word.h"

/* Sorani writes its vowels; passports of Iraq spell them so. */
static const struct {
	UChar32 letter;
	const char *latin;
} letters[] = {
	{ u'ا', "a" },
	{ u'ە', "a" },
	{ u'ێ', "e" },
	{ u'ۆ', "o" },
	{ u'ئ', "" },
	{ u'ع', "" },
	{ u'ء', "" },
	{ u'ب', "b" },
	{ u'پ', "p" },
	{ u'ت', "t" },
	{ u'ج', "j" },
	{ u'چ', "ch" },
	{ u'ح', "h" },
	{ u'خ', "kh" },
	{ u'د', "d" },
	{ u'ر', "r" },
	{ u'ڕ', "r" },
	{ u'ز', "z" },
	{ u'ژ', "zh" },
	{ u'س', "s" },
	{ u'ش', "sh" },
	{ u'غ', "gh" },
	{ u'ف', "f" },
	{ u'ڤ', "v" },
	{ u'ق', "q" },
	{ u'ک', "k" },
	{ u'ك', "k" },
	{ u'گ', "g" },
	{ u'ل', "l" },
	{ u'ڵ', "l" },
	{ u'م', "m" },
	{ u'ن', "n" },
	{ u'ه', "h" },
	{ u'ھ', "h" },
	/* as Arabic spells names */
	{ u'ص', "s" },
	{ u'ض', "d" },
	{ u'ط', "t" },
	{ u'ظ', "z" },
	{ u'ذ', "z" },
	{ u'ث', "s" },
	{ u'ة', "a" },
	{ u'أ', "a" },
	{ u'آ', "a" },
	{ u'إ', "i" },
};

#define LETTERS 64 /* a longer word is no name */

static const char *latin_of(UChar32 letter)
{
	for (size_t i = 0; i < COUNT(letters); i++) {
		if (letters[i].letter == letter)
			return letters[i].latin;
	}
	return NULL;
}

static bool is_vowel(UChar32 letter)
{
	return letter == u'ا' || letter == u'ە' || letter == u'ێ' ||
	       letter == u'ۆ';
}

/* Waw and ya are consonants at the beginning and beside vowels. */
static bool is_consonant(const UChar32 *word, size_t count, size_t i)
{
	return i == 0 || is_vowel(word[i - 1]) ||
	       (i + 1 < count && is_vowel(word[i + 1]));
}

bool romanize_of_sorani(const struct romanize_word *word, struct bytes *out)
{
	size_t length = strlen(word->text), at = 0, count = 0;
	UChar32 text[LETTERS];

	while (at < length && count < LETTERS)
		text[count++] = icu_next(word->text, length, &at);
	if (at < length)
		return false;
	for (size_t i = 0; i < count; i++) {
		bool w = text[i] == u'و',
		     y = text[i] == u'ی' || text[i] == u'ي';
		const char *latin = latin_of(text[i]);

		if (w || y) {
			bool consonant = is_consonant(text, count, i);

			latin = w ? (consonant ? "w" : "u")
				  : (consonant ? "y" : "i");
			/* Two waws are one long vowel. */
			if (w && i + 1 < count && text[i + 1] == u'و')
				i++, latin = "u";
		}
		if (latin)
			bytes_add_text(out, latin);
	}
	return true;
}
