/*
 * left PROCESS WORD...: how often a process has each word in memory that it
 * could write to: in UTF-8, in UTF-16, in whole code points, and as foot keeps
 * a row of its cells, a code point and eight bytes of looks for each. ASCII
 * words only. It fails where the first word is not there, which is one that
 * has to be seen, or where any other is.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tests/support/memory.h"

#define LONGEST 64

/* How far apart the letters of a word lie. */
static const struct {
	const char *name;
	size_t step, wide; /* bytes; wide: of the letter itself */
} forms[] = {
	{ "UTF-8", 1, 1 },
	{ "UTF-16", 2, 2 },
	{ "code points", 4, 4 },
	{ "cells", 12, 4 },
};
#define FORMS (sizeof forms / sizeof *forms)

struct search {
	const char *word;
	long found[FORMS];
};

static int is_letter(const uint8_t *at, char letter, size_t wide)
{
	static const uint8_t none[4];

	return *at == (uint8_t)letter && memcmp(at + 1, none, wide - 1) == 0;
}

static int is_word(const uint8_t *at, size_t left, const char *word,
		   size_t form)
{
	const size_t step = forms[form].step, wide = forms[form].wide;

	if (left < (strlen(word) - 1) * step + wide)
		return 0;
	for (; *word; word++, at += step) {
		if (!is_letter(at, *word, wide))
			return 0;
	}
	return 1;
}

static void look(void *to, const uint8_t *bytes, size_t length)
{
	struct search *search = to;
	const uint8_t *at = bytes, *end = bytes + length;

	while ((at = memchr(at, *search->word, (size_t)(end - at)))) {
		for (size_t i = 0; i < FORMS; i++)
			search->found[i] +=
			    is_word(at, (size_t)(end - at), search->word, i);
		at++;
	}
}

static long count(pid_t process, const char *word)
{
	struct search search = { .word = word };
	long all = 0;

	memory_each(process, look, &search);
	printf("%-12s", word);
	for (size_t i = 0; i < FORMS; i++) {
		printf("  %s %ld", forms[i].name, search.found[i]);
		all += search.found[i];
	}
	printf("\n");
	return all;
}

int main(int arguments, char **words)
{
	int wrong = 0;

	if (arguments < 3 || strlen(words[2]) > LONGEST)
		return 2;
	for (int i = 2; i < arguments; i++)
		wrong |= (count(atoi(words[1]), words[i]) > 0) != (i == 2);
	return wrong;
}
