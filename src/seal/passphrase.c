#include "seal/passphrase.h"

#include <assert.h>
#include <ctype.h>
#include <stdbool.h>
#include <string.h>

#include "seal/secret.h"

/*
 * 18 consonants and 5 vowels make 90 syllables. A word is two different ones:
 * 90 * 89 = 8,010, of which the first 7,776 are the list.
 */
static const char consonants[] = "bdfghjklmnprstvwyz";
static const char vowels[] = "aeiou";

#define SYLLABLES 90

static void put_syllable(unsigned index, char *at)
{
	at[0] = consonants[index / 5];
	at[1] = vowels[index % 5];
}

void passphrase_word(unsigned index, char word[5])
{
	unsigned first = index / (SYLLABLES - 1);
	unsigned second = index % (SYLLABLES - 1);

	assert(index < PASSPHRASE_LIST);
	second += second >= first;
	put_syllable(first, word);
	put_syllable(second, word + 2);
	word[4] = 0;
}

void passphrase_make(char text[PASSPHRASE_BYTES])
{
	for (int i = 0; i < PASSPHRASE_WORDS; i++) {
		passphrase_word(secret_below(PASSPHRASE_LIST), text + 5 * i);
		text[5 * i + 4] = ' ';
	}
	text[5 * PASSPHRASE_WORDS - 1] = 0;
}

void passphrase_tidy(char *text)
{
	char *to = text;

	for (const char *from = text; *from; from++) {
		bool blank = isspace((unsigned char)*from);

		if (!blank)
			*to++ = *from;
		else if (to > text && to[-1] != ' ')
			*to++ = ' ';
	}
	if (to > text && to[-1] == ' ')
		to--;
	while (*to)
		*to++ = 0;
}
