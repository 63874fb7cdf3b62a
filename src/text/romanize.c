#include "text/romanize.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uscript.h>
#include <unicode/utrans.h>

#include "text/cells.h"
#include "text/fold_letter.h"
#include "text/icu.h"
#include "text/romanize_word.h"

/* A script's writers; the first of its languages is meant by all others. */
static const struct {
	UScriptCode script;
	const char *languages;
	romanize_writer *write;
} scripts[] = {
	{ USCRIPT_ARABIC, "ckb", romanize_of_sorani },
	{ USCRIPT_ARABIC, "ar fa prs ps ur", romanize_of_arabic },
	{ USCRIPT_CYRILLIC, "ru uk", romanize_of_cyrillic },
	{ USCRIPT_ETHIOPIC, "am ti", romanize_of_ethiopic },
	{ USCRIPT_DEVANAGARI, "hi ne", romanize_of_indic },
	{ USCRIPT_GURMUKHI, "pa", romanize_of_indic },
	{ USCRIPT_GUJARATI, "gu", romanize_of_indic },
	{ USCRIPT_BENGALI, "bn", romanize_of_indic },
	{ USCRIPT_TAMIL, "ta", romanize_of_indic },
	{ USCRIPT_MALAYALAM, "ml", romanize_of_indic },
	{ USCRIPT_HAN, "zh", romanize_of_han },
	{ USCRIPT_HANGUL, "ko", romanize_of_hangul },
	{ USCRIPT_MYANMAR, "my", romanize_of_burmese },
	{ USCRIPT_LATIN, "en", romanize_of_others },
	{ USCRIPT_GREEK, "el", romanize_of_others },
	{ USCRIPT_GEORGIAN, "ka", romanize_of_others },
	{ USCRIPT_ARMENIAN, "hy", romanize_of_others },
	{ USCRIPT_HIRAGANA, "ja", romanize_of_others },
	{ USCRIPT_KATAKANA, "ja", romanize_of_others },
};

/* Languages that write a script above, and of whose spelling none is known. */
static const struct {
	UScriptCode script;
	const char *tag;
} refused[] = {
	{ USCRIPT_HAN, "zh-Hant" }, { USCRIPT_HAN, "ko" },
	{ USCRIPT_HAN, "ja" },      { USCRIPT_MYANMAR, "ksw" },
	{ USCRIPT_ARABIC, "rhg" },
};

#define LANGUAGE_ROOM 8 /* bytes of the language's part of a tag */

/* The language of tag if the blank-parted list has it, else the first. */
static void choose(const char *list, const char *tag, char *language)
{
	size_t wanted = strcspn(tag, "-"), first = strcspn(list, " ");

	for (const char *at = list; *at;) {
		size_t length = strcspn(at, " ");

		if (length == wanted && memcmp(at, tag, length) == 0) {
			list = at;
			first = length;
			break;
		}
		at += length + (at[length] == ' ');
	}
	memcpy(language, list, first);
	language[first] = '\0';
}

static bool is_refused(UScriptCode script, const char *tag)
{
	for (size_t i = 0; i < COUNT(refused); i++) {
		size_t length = strlen(refused[i].tag);

		if (refused[i].script == script &&
		    strncmp(tag, refused[i].tag, length) == 0 &&
		    (!tag[length] || tag[length] == '-'))
			return true;
	}
	return false;
}

/* Of its first letter; one that several scripts share says nothing. */
static UScriptCode script_of(const char *word)
{
	size_t length = strlen(word), at = 0;

	while (at < length) {
		UErrorCode error = U_ZERO_ERROR;
		UScriptCode script =
		    uscript_getScript(icu_next(word, length, &at), &error);

		if (script > USCRIPT_INHERITED)
			return script;
	}
	return USCRIPT_COMMON;
}

static bool write_word(const char *text, const char *tag, bool first,
		       struct bytes *out)
{
	UScriptCode script = script_of(text);
	char language[LANGUAGE_ROOM];
	struct romanize_word word = { text, language, first };
	const char *known;

	if (is_refused(script, tag))
		return false;
	for (size_t i = 0; i < COUNT(scripts); i++) {
		if (scripts[i].script != script)
			continue;
		choose(scripts[i].languages, tag, language);
		if (scripts[i].write == romanize_of_sorani &&
		    strncmp(tag, language, strlen(language)) != 0)
			continue;
		if ((known = romanize_known(&word))) {
			bytes_add_text(out, known);
			return true;
		}
		return scripts[i].write(&word, out);
	}
	return false;
}

/* --- a name's words --------------------------------------------------------
 */

/* Parts of one name that are written apart as often as together. */
static const struct {
	const char *apart, *together;
	bool in_arabic; /* the language; else only in its neighbours */
} joins[] = {
	{ "عبد ال", "عبدال", true },  { " الدین", "الدین", false },
	{ " الدين", "الدین", false }, { " الله", "الله", false },
	{ " اللہ", "اللہ", false },
};

static char *joined(char *name, const char *tag)
{
	bool arabic = strncmp(tag, "ar", 2) == 0;

	for (size_t i = 0; i < COUNT(joins); i++) {
		const char *apart = joins[i].apart;
		size_t length = strlen(apart), shorter;
		char *at = name;

		if (arabic && !joins[i].in_arabic)
			continue;
		shorter = strlen(joins[i].together);
		while ((at = strstr(at, apart))) {
			memcpy(at, joins[i].together, shorter);
			memmove(at + shorter, at + length,
				strlen(at + length) + 1);
			at += shorter;
		}
	}
	return name;
}

/* Capitals where words begin; what is no letter of ours goes. */
static void tidy(struct bytes *word, struct bytes *name)
{
	bool begins = true;

	for (size_t i = 0; i < word->length; i++) {
		char letter = (char)word->data[i];
		bool small = letter >= 'a' && letter <= 'z';

		if (small && begins)
			letter += 'A' - 'a';
		begins = letter == ' ';
		bytes_add_byte(name, (uint8_t)letter);
	}
}

static bool add_word(struct bytes *letters, const char *tag, char between,
		     struct bytes *name)
{
	SCOPED(char_freep) char *text = bytes_take_text(letters);
	struct bytes word = { 0 };
	bool good = write_word(text, tag, name->length == 0, &word);

	if (good && word.length && name->length)
		bytes_add_byte(name, (uint8_t)between);
	if (good)
		tidy(&word, name);
	bytes_done(&word);
	return good;
}

static bool add_words(const char *text, const char *tag, struct bytes *name)
{
	size_t length = strlen(text), at = 0;
	struct bytes letters = { 0 };
	char between = ' ';
	bool good = true;

	while (good && at < length) {
		size_t from = at;
		UChar32 point = icu_next(text, length, &at);

		if (fold_is_in_word(point)) {
			bytes_add(&letters, text + from, at - from);
			continue;
		}
		if (letters.length) {
			good = add_word(&letters, tag, between, name);
			between = point == '-' ? '-' : ' ';
		}
	}
	if (good && letters.length)
		good = add_word(&letters, tag, between, name);
	bytes_done(&letters);
	return good;
}

char *romanize_name(const char *name, const char *language)
{
	SCOPED(char_freep)
	char *text = joined(text_normal(name), language);
	struct bytes latin = { 0 };

	if (!add_words(text, language, &latin)) {
		bytes_done(&latin);
		return xstrdup("");
	}
	bytes_add_text(&latin, "");
	return bytes_take_text(&latin);
}
