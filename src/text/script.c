#include "text/script.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include "text/icu.h"
#include "text/language.h"
#include "text/message.h"

/* Scripts that are several of Unicode's in one. */
static const struct {
	const char *name;
	UScriptCode parts[4];
} composed[] = {
	{ "Hans", { USCRIPT_HAN } },
	{ "Hant", { USCRIPT_HAN, USCRIPT_BOPOMOFO } },
	{ "Kore", { USCRIPT_HANGUL, USCRIPT_HAN } },
	{ "Jpan", { USCRIPT_HAN, USCRIPT_HIRAGANA, USCRIPT_KATAKANA } },
};

struct scripts {
	UScriptCode parts[4];
};

static struct scripts scripts_of(const char *tag)
{
	const struct language *language = language_find(tag);
	struct scripts scripts = { 0 };

	for (size_t i = 0; language && i < COUNT(composed); i++) {
		if (strcmp(composed[i].name, language->script) == 0)
			memcpy(scripts.parts, composed[i].parts,
			       sizeof scripts.parts);
	}
	if (language && !scripts.parts[0])
		scripts.parts[0] = (UScriptCode)u_getPropertyValueEnum(
		    UCHAR_SCRIPT, language->script);
	return scripts;
}

/* USCRIPT_COMMON is 0: no script of its own. */
static bool is_own(const struct scripts *scripts, UChar32 point)
{
	UErrorCode error = U_ZERO_ERROR;
	UScriptCode script = uscript_getScript(point, &error);

	if (script == USCRIPT_COMMON || script == USCRIPT_INHERITED)
		return true;
	for (size_t i = 0; i < COUNT(scripts->parts); i++) {
		if (scripts->parts[i] &&
		    uscript_hasScript(point, scripts->parts[i]))
			return true;
	}
	return false;
}

static bool is_of_word(UChar32 point)
{
	return u_isalpha(point) || u_getCombiningClass(point) ||
	       u_charType(point) == U_COMBINING_SPACING_MARK ||
	       u_charType(point) == U_NON_SPACING_MARK;
}

static bool begins_sentence(const char *text, const char *at)
{
	while (at > text && at[-1] == ' ')
		at--;
	return at == text || strchr(".?!:\n", at[-1]);
}

static bool is_code(const char *word, size_t length)
{
	size_t capitals = 0;

	for (size_t i = 0; i < length; i++)
		capitals += isupper((unsigned char)word[i]) != 0;
	return capitals > 1;
}

/* Whether the English has the word as a name or a code. */
static bool is_name(const char *english, const char *word, size_t length)
{
	for (const char *at = english;
	     (at = memmem(at, strlen(at), word, length)); at++) {
		bool whole =
		    (at == english || !isalnum((unsigned char)at[-1])) &&
		    !isalnum((unsigned char)at[length]);

		if (whole && isupper((unsigned char)*at) &&
		    (is_code(word, length) || !begins_sentence(english, at)))
			return true;
	}
	return false;
}

/* What of a pattern is text; its syntax becomes blanks. */
static char *text_of(const char *pattern)
{
	size_t length = strlen(pattern);
	uint8_t *literal = xcalloc(length + 1, sizeof *literal);
	char *text = xstrdup(pattern);

	message_literals(pattern, literal);
	for (size_t i = 0; i < length; i++) {
		if (!literal[i])
			text[i] = ' ';
	}
	free(literal);
	return text;
}

char *script_stranger(const char *pattern, const char *english,
		      const char *language)
{
	SCOPED(char_freep) char *text = text_of(pattern);
	struct scripts scripts = scripts_of(language);
	size_t length = strlen(text), at = 0;

	while (scripts.parts[0] && at < length) {
		size_t from = at, end = at;
		bool own = true;

		while (at < length) {
			UChar32 point = icu_next(text, length, &at);

			if (!is_of_word(point))
				break;
			own &= is_own(&scripts, point);
			end = at;
		}
		if (!own && !is_name(english, text + from, end - from))
			return xstrndup(text + from, end - from);
	}
	return NULL;
}
