#include <stdlib.h>
#include <string.h>
#include <unicode/uscript.h>
#include <unicode/utrans.h>

#include "text/fold_letter.h"
#include "text/icu.h"

/*
 * Arabic letters without vowels and the usual spellings of Cyrillic ones are
 * ours; other scripts are ICU's work, whose Arabic and Cyrillic follow a
 * scholar's spelling and not a passport's.
 */
static const struct {
	UChar letter;
	const char *roman;
} letters[] = {
	{ 0x0627, "a" },  { 0x0628, "b" },  { 0x067e, "p" },  { 0x062a, "t" },
	{ 0x062b, "th" }, { 0x062c, "j" },  { 0x0686, "ch" }, { 0x062d, "h" },
	{ 0x062e, "kh" }, { 0x062f, "d" },  { 0x0630, "dh" }, { 0x0631, "r" },
	{ 0x0632, "z" },  { 0x0698, "zh" }, { 0x0633, "s" },  { 0x0634, "sh" },
	{ 0x0635, "s" },  { 0x0636, "d" },  { 0x0637, "t" },  { 0x0638, "z" },
	{ 0x0639, "a" },  { 0x063a, "gh" }, { 0x0641, "f" },  { 0x0642, "q" },
	{ 0x0643, "k" },  { 0x06af, "g" },  { 0x0644, "l" },  { 0x0645, "m" },
	{ 0x0646, "n" },  { 0x0647, "h" },  { 0x0648, "w" },  { 0x064a, "y" },
	{ 0x0430, "a" },  { 0x0431, "b" },  { 0x0432, "v" },  { 0x0433, "g" },
	{ 0x0434, "d" },  { 0x0435, "e" },  { 0x0436, "zh" }, { 0x0437, "z" },
	{ 0x0438, "i" },  { 0x043a, "k" },  { 0x043b, "l" },  { 0x043c, "m" },
	{ 0x043d, "n" },  { 0x043e, "o" },  { 0x043f, "p" },  { 0x0440, "r" },
	{ 0x0441, "s" },  { 0x0442, "t" },  { 0x0443, "u" },  { 0x0444, "f" },
	{ 0x0445, "kh" }, { 0x0446, "ts" }, { 0x0447, "ch" }, { 0x0448, "sh" },
	{ 0x0449, "sh" }, { 0x044e, "yu" }, { 0x044f, "ya" },
};

static const char *roman_of(UChar32 point)
{
	for (size_t i = 0; i < COUNT(letters); i++) {
		if (letters[i].letter == point)
			return letters[i].roman;
	}
	return NULL;
}

/* What ICU makes of a word, in whatever letters. */
static char *transliterated(const char *word)
{
	static UTransliterator *to_latin;
	UErrorCode error = U_ZERO_ERROR;

	if (!to_latin)
		to_latin = utrans_openU(u"Any-Latin; Latin-ASCII; Lower", -1,
					UTRANS_FORWARD, NULL, 0, NULL, &error);
	icu_must(error, "opening a transliterator");
	return icu_transliterated(to_latin, word);
}

static void keep_letters(struct bytes *out, const char *latin)
{
	size_t length = strlen(latin);

	for (size_t at = 0; at < length;) {
		UChar32 point = icu_next(latin, length, &at);

		if ((point >= 'a' && point <= 'z') ||
		    (point >= '0' && point <= '9') || point == ' ')
			bytes_add_byte(out, (uint8_t)point);
		else if (point == 0x01dd || point == 0x0259) /* Ethiopic */
			bytes_add_byte(out, 'e');
	}
}

static bool is_ours(const char *word)
{
	size_t length = strlen(word), at = 0;

	while (at < length) {
		UChar32 point = icu_next(word, length, &at);

		if (point > 0x7f && !roman_of(point))
			return false;
	}
	return true;
}

char *fold_romanised(const char *word)
{
	size_t length = strlen(word), at = 0;
	struct bytes out = { 0 };

	bytes_add_text(&out, "");
	if (!is_ours(word)) {
		SCOPED(char_freep) char *latin = transliterated(word);

		keep_letters(&out, latin);
		return bytes_take_text(&out);
	}
	while (at < length) {
		UChar32 point = icu_next(word, length, &at);

		if (point > 0x7f)
			bytes_add_text(&out, roman_of(point));
		else
			bytes_add_byte(&out, (uint8_t)point);
	}
	return bytes_take_text(&out);
}
