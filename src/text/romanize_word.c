#include "text/romanize_word.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/utrans.h>

#include "text/fold.h"
#include "text/icu.h"

/* A language's lists, its own first. */
static const struct {
	const char *language;
	const struct romanize_name *lists[4];
} languages[] = {
	{ "ar", { romanize_arabic } },
	{ "fa", { romanize_persian, romanize_arabic } },
	{ "prs", { romanize_dari, romanize_persian, romanize_arabic } },
	{ "ps",
	  { romanize_pashto, romanize_dari, romanize_persian,
	    romanize_arabic } },
	{ "ur", { romanize_urdu, romanize_arabic } },
	{ "ckb", { romanize_sorani } },
	{ "am", { romanize_ethiopic } },
	{ "ti", { romanize_ethiopic } },
	{ "hi", { romanize_hindi } },
	{ "ne", { romanize_nepali, romanize_hindi } },
	{ "pa", { romanize_punjabi } },
	{ "gu", { romanize_gujarati } },
	{ "bn", { romanize_bengali } },
	{ "ta", { romanize_tamil } },
	{ "ml", { romanize_malayalam } },
};

static const char *listed(const struct romanize_name *list, const char *key)
{
	for (; list->own; list++) {
		if (strcmp(list->own, key) == 0)
			return list->latin;
	}
	return NULL;
}

const char *romanize_known(const struct romanize_word *word)
{
	SCOPED(char_freep) char *key = fold_name(word->text);
	const char *latin = NULL;

	for (size_t i = 0; i < COUNT(languages); i++) {
		if (strcmp(languages[i].language, word->language) != 0)
			continue;
		for (size_t j = 0; !latin && j < COUNT(languages[i].lists) &&
				   languages[i].lists[j];
		     j++)
			latin = listed(languages[i].lists[j], key);
	}
	return latin;
}

const struct romanize_name *romanize_longest(const struct romanize_name *list,
					     const char *text)
{
	const struct romanize_name *longest = NULL;
	size_t most = 0;

	for (; list->own; list++) {
		size_t length = strlen(list->own);

		if (length > most && strncmp(text, list->own, length) == 0) {
			most = length;
			longest = list;
		}
	}
	return longest;
}

char *romanize_by_icu(const UChar *rules, const char *text)
{
	UErrorCode error = U_ZERO_ERROR;
	UTransliterator *to_latin =
	    utrans_openU(rules, -1, UTRANS_FORWARD, NULL, 0, NULL, &error);
	char *latin;

	icu_must(error, "opening a transliterator");
	latin = icu_transliterated(to_latin, text);
	utrans_close(to_latin);
	return latin;
}

bool romanize_of_others(const struct romanize_word *word, struct bytes *out)
{
	SCOPED(char_freep)
	char *latin = romanize_by_icu(u"Any-Latin; Latin-ASCII", word->text);

	for (const char *at = latin; *at; at++) {
		if ((*at >= 'a' && *at <= 'z') || (*at >= 'A' && *at <= 'Z'))
			bytes_add_byte(out, (uint8_t)*at);
		else if ((unsigned char)*at > 0x7f)
			return false;
	}
	return true;
}
