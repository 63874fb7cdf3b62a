#include <string.h>

#include "text/icu.h"
#include "text/romanize_word.h"

/* ICAO Doc 9303 part 3, section 6. */
static const struct {
	UChar32 letter;
	const char *latin;
} letters[] = {
	{ u'а', "a" },
	{ u'б', "b" },
	{ u'в', "v" },
	{ u'г', "g" },
	{ u'ґ', "g" },
	{ u'д', "d" },
	{ u'е', "e" },
	{ u'ё', "e" },
	{ u'є', "ie" },
	{ u'ж', "zh" },
	{ u'з', "z" },
	{ u'и', "i" },
	{ u'і', "i" },
	{ u'ї', "i" },
	{ u'й', "i" },
	{ u'к', "k" },
	{ u'л', "l" },
	{ u'м', "m" },
	{ u'н', "n" },
	{ u'о', "o" },
	{ u'п', "p" },
	{ u'р', "r" },
	{ u'с', "s" },
	{ u'т', "t" },
	{ u'у', "u" },
	{ u'ф', "f" },
	{ u'х', "kh" },
	{ u'ц', "ts" },
	{ u'ч', "ch" },
	{ u'ш', "sh" },
	{ u'щ', "shch" },
	{ u'ъ', "ie" },
	{ u'ы', "y" },
	{ u'ь', "" },
	{ u'э', "e" },
	{ u'ю', "iu" },
	{ u'я', "ia" },
	{ u'ў', "u" },
	{ u'ђ', "d" },
	{ u'ѓ', "g" },
	{ u'ѕ', "dz" },
	{ u'ј', "j" },
	{ u'љ', "lj" },
	{ u'њ', "nj" },
	{ u'ћ', "c" },
	{ u'ќ', "k" },
	{ u'џ', "dz" },
	/* Central Asia, not in that table */
	{ u'ә', "a" },
	{ u'ғ', "g" },
	{ u'қ', "q" },
	{ u'ң', "n" },
	{ u'ө', "o" },
	{ u'ұ', "u" },
	{ u'ү', "u" },
	{ u'һ', "h" },
	{ u'ҳ', "h" },
	{ u'ҷ', "j" },
	{ u'ӣ', "i" },
	{ u'ӯ', "u" },
};

/* Where Ukraine's table of 2010 differs, in a word and at its beginning. */
static const struct {
	UChar32 letter;
	const char *within, *first;
} ukrainians[] = {
	{ u'г', "h", "h" },   { u'є', "ie", "ye" }, { u'и', "y", "y" },
	{ u'ї', "i", "yi" },  { u'й', "i", "y" },   { u'ю', "iu", "yu" },
	{ u'я', "ia", "ya" },
};

#define ZGH "зг" /* zgh, so that it is not read as zh */

static const char *latin_of(UChar32 point, bool ukrainian, bool first)
{
	for (size_t i = 0; ukrainian && i < COUNT(ukrainians); i++) {
		if (ukrainians[i].letter == point)
			return first ? ukrainians[i].first
				     : ukrainians[i].within;
	}
	for (size_t i = 0; i < COUNT(letters); i++) {
		if (letters[i].letter == point)
			return letters[i].latin;
	}
	return NULL;
}

bool romanize_of_cyrillic(const struct romanize_word *word, struct bytes *out)
{
	SCOPED(char_freep) char *low = romanize_by_icu(u"Lower", word->text);
	bool ukrainian = strcmp(word->language, "uk") == 0;
	size_t length = strlen(low), at = 0;

	while (at < length) {
		bool first = at == 0,
		     zgh =
			 ukrainian && strncmp(low + at, ZGH, strlen(ZGH)) == 0;
		UChar32 point = icu_next(low, length, &at);
		const char *latin = latin_of(point, ukrainian, first);

		if (zgh) {
			at += strlen(ZGH) / 2;
			latin = "zgh";
		}
		/* Apostrophes and accents are not spelt. */
		if (latin)
			bytes_add_text(out, latin);
	}
	return true;
}
