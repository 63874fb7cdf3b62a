#include "text/fold.h"

#include <stdlib.h>
#include <string.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>
#include <unicode/uversion.h>

#include "text/cells.h"
#include "text/fold_letter.h"
#include "text/fold_sound.h"
#include "text/icu.h"

/* The words of a name, each in memory of its own. */
struct words {
	char **word;
	size_t count;
};

static void words_done(struct words *words)
{
	for (size_t i = 0; i < words->count; i++)
		free(words->word[i]);
	free(words->word);
}

static void add_word(struct words *words, struct bytes *word)
{
	SCOPED(char_freep) char *apart = NULL;

	if (!word->length)
		return;
	apart = bytes_take_text(word);
	words->word =
	    xreallocarray(words->word, words->count + 1, sizeof *words->word);
	/* Marks that a dropped one kept apart find their order again. */
	words->word[words->count++] = text_normal(apart);
}

static UChar *normalised(const UNormalizer2 *form, const UChar *text,
			 int32_t *length)
{
	UErrorCode error = U_ZERO_ERROR;
	/* No code point grows more than eighteenfold. */
	int32_t room = *length * 18 + 1;
	UChar *out = xcalloc((size_t)room, sizeof *out);

	*length = unorm2_normalize(form, text, *length, out, room, &error);
	icu_must(error, "taking letters apart");
	return out;
}

/* One case, no compatibility forms, letters and their marks apart. */
static UChar *taken_apart(const char *name, int32_t *length)
{
	UErrorCode error = U_ZERO_ERROR;
	const UNormalizer2 *fold = unorm2_getNFKCCasefoldInstance(&error);
	const UNormalizer2 *apart = unorm2_getNFDInstance(&error);
	SCOPED(UChar_freep) UChar *wide = icu_wide(name, length);
	SCOPED(UChar_freep) UChar *folded = NULL;

	icu_must(error, "opening normal forms");
	folded = normalised(fold, wide, length);
	return normalised(apart, folded, length);
}

static struct words words_of(const char *name)
{
	int32_t length;
	SCOPED(UChar_freep) UChar *wide = taken_apart(name, &length);
	struct words words = { 0 };
	struct bytes word = { 0 };

	for (int32_t at = 0; at < length;) {
		UChar32 point;

		U16_NEXT(wide, at, length, point);
		if (fold_is_in_word(point))
			fold_letter(point, &word);
		else
			add_word(&words, &word);
	}
	add_word(&words, &word);
	bytes_done(&word);
	return words;
}

static int by_bytes(const void *a, const void *b)
{
	const char *const *one = a, *const *other = b;

	return strcmp(*one, *other);
}

/* The words as one text, which is for the caller to free. */
static char *text_of(struct words *words)
{
	struct bytes key = { 0 };

	bytes_add_text(&key, "");
	for (size_t i = 0; i < words->count; i++) {
		if (i)
			bytes_add_byte(&key, ' ');
		bytes_add_text(&key, words->word[i]);
	}
	words_done(words);
	return bytes_take_text(&key);
}

static char *key_of(struct words *words)
{
	if (words->count)
		qsort(words->word, words->count, sizeof *words->word, by_bytes);
	return text_of(words);
}

char *fold_words(const char *text)
{
	struct words words = words_of(text);

	return text_of(&words);
}

char *fold_name(const char *name)
{
	struct words words = words_of(name);

	return key_of(&words);
}

/* Han syllables come as words of their own. */
static void add_sounds(struct words *words, struct bytes *roman)
{
	SCOPED(char_freep) char *latin = bytes_take_text(roman);
	char *rest = latin, *part;

	while ((part = strsep(&rest, " "))) {
		SCOPED(char_freep) char *classes = sound_of(part);
		struct bytes sound = { 0 };

		bytes_add_text(&sound, classes);
		add_word(words, &sound);
		bytes_done(&sound);
	}
}

char *fold_sound(const char *name)
{
	struct words words = words_of(name), sounds = { 0 };
	struct bytes roman = { 0 };

	for (size_t i = 0; i < words.count; i++) {
		SCOPED(char_freep) char *word = sound_word(words.word[i]);

		if (sound_is_particle(word))
			continue;
		bytes_add_text(&roman, word);
		if (!sound_joins_next(word) || i + 1 == words.count)
			add_sounds(&sounds, &roman);
	}
	if (roman.length)
		add_sounds(&sounds, &roman);
	words_done(&words);
	return key_of(&sounds);
}

size_t fold_shared(const char *a, const char *b)
{
	size_t shared = 0;

	while (*a && *b) {
		size_t one = strcspn(a, " "), other = strcspn(b, " ");
		size_t least = one < other ? one : other;
		int order = memcmp(a, b, least);

		if (!order)
			order = (one > other) - (one < other);
		shared += order == 0;
		if (order <= 0)
			a += one + (a[one] == ' ');
		if (order >= 0)
			b += other + (b[other] == ' ');
	}
	return shared;
}

/* Ta marbuta is read "a" at a word's end. */
static char *with_read_ends(const char *name)
{
	char *text = xstrdup(name);

	for (char *at = text; (at = strstr(at, "ة")); at += strlen("ة")) {
		/* NOLINTNEXTLINE(bugprone-not-null-terminated-result) */
		memcpy(at, "ا", strlen("ا")); /* in place, as long */
	}
	return text;
}

/* A capital at every word's beginning. */
static void capitalise(char *latin)
{
	for (char *at = latin; *at; at++) {
		if ((at == latin || at[-1] == ' ') && *at >= 'a' && *at <= 'z')
			*at += 'A' - 'a';
	}
}

char *fold_latin(const char *name)
{
	SCOPED(char_freep) char *read = with_read_ends(name);
	struct words words = words_of(read);
	struct bytes latin = { 0 };
	char *text;

	bytes_add_text(&latin, "");
	for (size_t i = 0; i < words.count; i++) {
		SCOPED(char_freep) char *word = fold_romanised(words.word[i]);

		if (*word && latin.length)
			bytes_add_byte(&latin, ' ');
		bytes_add_text(&latin, word);
	}
	words_done(&words);
	text = bytes_take_text(&latin);
	capitalise(text);
	return text;
}

/* Rises with every change of what is folded to what, here, in fold_letter.c,
 * fold_roman.c, fold_sound.c or alike.c. */
#define TABLES 1

int64_t fold_mark(void)
{
	UVersionInfo icu, unicode;

	u_getVersion(icu);
	u_getUnicodeVersion(unicode);
	return (int64_t)TABLES << 32 | icu[0] << 24 | icu[1] << 16 |
	       unicode[0] << 8 | unicode[1];
}
