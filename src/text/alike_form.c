#include <stdlib.h>
#include <string.h>
#include <unicode/uscript.h>

#include "base/bytes.h"
#include "base/memory.h"
#include "text/alike.h"
#include "text/cells.h"
#include "text/fold.h"
#include "text/fold_letter.h"
#include "text/fold_sound.h"
#include "text/icu.h"
#include "text/romanize.h"
#include "text/romanize_word.h"

static UScriptCode script_of(const char *text)
{
	size_t length = strlen(text), at = 0;

	while (at < length) {
		UErrorCode error = U_ZERO_ERROR;
		UScriptCode script =
		    uscript_getScript(icu_next(text, length, &at), &error);

		if (script > USCRIPT_INHERITED)
			return script;
	}
	return USCRIPT_COMMON;
}

/* The form as it grows; of a name's half ("abd") the letters and reading wait
 * for the other one. */
struct form {
	struct bytes text;
	char *letters, *latin;
};

static void add_word(struct form *form, const char *letters,
		     const char *reading, bool bare)
{
	if (form->text.length)
		bytes_add_byte(&form->text, ' ');
	bytes_add_text(&form->text, letters);
	if (strcmp(letters, reading) == 0 || !*reading)
		return;
	bytes_add_text(&form->text, bare ? "=*" : "=");
	bytes_add_text(&form->text, reading);
}

/* Small letters a to z of a usual spelling, without its article. */
static char *plain_reading(const char *spelling)
{
	struct bytes out = { 0 };
	const char *at = spelling;

	bytes_add_text(&out, "");
	if (strncasecmp(at, "al ", 3) == 0 || strncasecmp(at, "al-", 3) == 0)
		at += 3;
	for (; *at; at++) {
		char small = (char)(*at | 0x20);

		if (small >= 'a' && small <= 'z')
			bytes_add_byte(&out, (uint8_t)small);
	}
	return bytes_take_text(&out);
}

/* --- Arabic script -------------------------------------------------------- */

#define SERVANT "عبد"

/* How its languages' lists spell a whole word; NULL where none has it. */
static const char *listed(const char *letters)
{
	static const char *const languages[] = { "ar", "fa", "ps", "ur" };

	for (size_t i = 0; i < COUNT(languages); i++) {
		struct romanize_word word = { letters, languages[i], false };
		const char *known = romanize_known(&word);

		if (known)
			return known;
	}
	return NULL;
}

/* Of a word without its article, as lists or letters have it. */
static char *arabic_reading(const char *whole, const char *bare, bool *guess)
{
	bool servant = strncmp(bare, SERVANT, strlen(SERVANT)) == 0;
	const char *known = listed(whole);

	*guess = false;
	if (known || (known = listed(bare)))
		return plain_reading(known);
	if (servant && (known = listed(bare + strlen(SERVANT)))) {
		SCOPED(char_freep) char *master = plain_reading(known);

		return xasprintf("abd%s", master);
	}
	*guess = true;
	return fold_romanised(bare);
}

static void add_arabic(struct form *form, const char *folded)
{
	SCOPED(char_freep)
	char *whole =
	    xasprintf("%s%s", form->letters ? form->letters : "", folded);
	SCOPED(char_freep) char *bare = sound_without_article(whole);
	SCOPED(char_freep) char *spelling = NULL;
	SCOPED(char_freep) char *reading = NULL;
	bool guess;

	free(form->letters);
	form->letters = NULL;
	if (strcmp(whole, SERVANT) == 0) {
		form->letters = xstrdup(whole);
		return;
	}
	spelling = arabic_reading(whole, bare, &guess);
	reading = sound_word(spelling);
	if (!sound_is_particle(reading))
		add_word(form, bare, reading, guess);
}

/* --- the others ----------------------------------------------------------- */

static void add_latin(struct form *form, const char *folded)
{
	SCOPED(char_freep) char *word = sound_word(folded);
	SCOPED(char_freep)
	char *whole = xasprintf("%s%s", form->latin ? form->latin : "", word);

	free(form->latin);
	form->latin = NULL;
	if (sound_joins_next(word))
		form->latin = xstrdup(whole);
	else if (!sound_is_particle(word))
		add_word(form, whole, whole, false);
}

static bool is_ukrainian(const char *word)
{
	return strstr(word, "і") || strstr(word, "ї") || strstr(word, "є") ||
	       strstr(word, "ґ");
}

/* Read word by word where a script has no blanks between a name's words. */
static void add_others(struct form *form, const char *word, const char *folded)
{
	SCOPED(char_freep)
	char *latin = romanize_name(word, is_ukrainian(word) ? "uk" : "");
	char *rest = latin, *part;

	if (!strchr(latin, ' ')) {
		SCOPED(char_freep)
		char *spelling =
		    *latin ? plain_reading(latin) : fold_romanised(folded);
		SCOPED(char_freep) char *reading = sound_word(spelling);

		if (form->latin || sound_joins_next(reading))
			add_latin(form, reading);
		else
			add_word(form, folded, reading,
				 script_of(folded) == USCRIPT_HEBREW);
		return;
	}
	while ((part = strsep(&rest, " "))) {
		SCOPED(char_freep) char *reading = plain_reading(part);

		if (*reading)
			add_word(form, reading, reading, false);
	}
}

static void add_any(struct form *form, struct bytes *letters)
{
	SCOPED(char_freep) char *word = bytes_take_text(letters);
	SCOPED(char_freep) char *folded = fold_name(word);

	if (!*folded)
		return;
	switch (script_of(folded)) {
	case USCRIPT_ARABIC:
		add_arabic(form, folded);
		break;
	case USCRIPT_LATIN:
	case USCRIPT_COMMON:
		add_latin(form, folded);
		break;
	default:
		add_others(form, word, folded);
	}
}

char *alike_form(const char *name)
{
	SCOPED(char_freep) char *text = text_normal(name);
	struct form form = { 0 };
	struct bytes word = { 0 };
	size_t length = strlen(text), at = 0;

	bytes_add_text(&form.text, "");
	while (at < length) {
		size_t from = at;

		if (fold_is_in_word(icu_next(text, length, &at)))
			bytes_add(&word, text + from, at - from);
		else if (word.length)
			add_any(&form, &word);
	}
	if (word.length)
		add_any(&form, &word);
	if (form.letters) /* "Abd" and nothing after it */
		add_word(&form, form.letters, "abd", false);
	if (form.latin)
		add_word(&form, form.latin, form.latin, false);
	free(form.letters);
	free(form.latin);
	return bytes_take_text(&form.text);
}
