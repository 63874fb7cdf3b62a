#include "text/fold_sound.h"

#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/memory.h"
#include "text/fold_letter.h"

/*
 * Classes are as wide as the drift between passports: Hussein and Гусейн (h, g,
 * kh, gh), Ramadan and Ramazan, Mehmet and Muhammad (d, t, z), Sharif and
 * Chérif (s, sh, ch), David and Dawood (v, w count as vowels).
 */
static const struct {
	const char *letters;
	char class;
} classes[] = {
	{ "dzh", 'J' }, { "tch", 'S' }, { "sch", 'S' }, { "sh", 'S' },
	{ "ch", 'S' },  { "zh", 'J' },  { "kh", 'H' },  { "gh", 'H' },
	{ "ph", 'F' },  { "th", 'T' },  { "dh", 'T' },  { "ts", 'S' },
	{ "tz", 'S' },  { "dj", 'J' },  { "ck", 'K' },  { "dz", 'T' },
	{ "ce", 'S' },  { "ci", 'S' },  { "b", 'B' },   { "p", 'B' },
	{ "f", 'F' },   { "h", 'H' },   { "g", 'H' },   { "x", 'H' },
	{ "k", 'K' },   { "q", 'K' },   { "c", 'K' },   { "j", 'J' },
	{ "s", 'S' },   { "t", 'T' },   { "d", 'T' },   { "z", 'T' },
	{ "l", 'L' },   { "r", 'R' },   { "m", 'M' },   { "n", 'N' },
};

#define ARTICLE "ال"
#define SERVANT "عبد" /* of one of God's names, which follows */

static bool begins(const char *text, const char *with)
{
	return strncmp(text, with, strlen(with)) == 0;
}

/* Letters of two bytes each, as all of Arabic's are. */
static size_t arabic_letters(const char *word)
{
	return strlen(word) / 2;
}

char *sound_without_article(const char *folded)
{
	if (begins(folded, ARTICLE) && arabic_letters(folded) >= 5)
		return xstrdup(folded + strlen(ARTICLE));
	if (begins(folded, SERVANT ARTICLE) && arabic_letters(folded) >= 7)
		return xasprintf("%s%s", SERVANT,
				 folded + strlen(SERVANT ARTICLE));
	return xstrdup(folded);
}

/* "abdulrahman" and "abdul" are "abd" and what follows. */
static void shorten_servant(char *word)
{
	static const char *const forms[] = { "abdul", "abdel", "abdal",
					     "abdoul" };

	for (size_t i = 0; i < COUNT(forms); i++) {
		size_t length = strlen(forms[i]), left;

		if (!begins(word, forms[i]))
			continue;
		left = strlen(word) - length;
		if (left == 0 || left >= 3)
			memmove(word + 3, word + length, left + 1);
		return;
	}
}

char *sound_word(const char *folded)
{
	SCOPED(char_freep) char *bare = sound_without_article(folded);
	char *roman = fold_romanised(bare);

	if (!*roman) {
		free(roman);
		return xstrdup(folded);
	}
	shorten_servant(roman);
	return roman;
}

bool sound_is_particle(const char *word)
{
	static const char *const particles[] = { "al",  "el",  "ul",
						 "bin", "ibn", "bint" };

	for (size_t i = 0; i < COUNT(particles); i++) {
		if (strcmp(word, particles[i]) == 0)
			return true;
	}
	return false;
}

bool sound_joins_next(const char *word)
{
	return strcmp(word, "abd") == 0;
}

/* The class at a place and how many letters it takes; 0 for a vowel. */
static char class_at(const char *at, size_t *length)
{
	for (size_t i = 0; i < COUNT(classes); i++) {
		if (begins(at, classes[i].letters)) {
			*length = strlen(classes[i].letters);
			return classes[i].class;
		}
	}
	*length = 1;
	return 0;
}

static bool is_vowel(char letter)
{
	return letter && strchr("aeiouvwy", letter);
}

static void add_class(struct bytes *out, char class)
{
	if (!out->length || out->data[out->length - 1] != (uint8_t) class)
		bytes_add_byte(out, (uint8_t) class);
}

char *sound_of(const char *word)
{
	struct bytes out = { 0 };
	const char *at = word;

	bytes_add_text(&out, "");
	if (is_vowel(*at))
		bytes_add_byte(&out, 'A');
	while (*at) {
		size_t length;
		char class = class_at(at, &length);

		if (class && strcmp(at, "h") == 0)
			class = 0; /* "Fatimah" */
		if (*at == 'x' && at > word) {
			add_class(&out, 'K');
			class = 'S';
		}
		if (class)
			add_class(&out, class);
		else if (*at != 'h' && !is_vowel(*at))
			bytes_add_byte(&out, (uint8_t)*at);
		at += length;
	}
	return bytes_take_text(&out);
}
