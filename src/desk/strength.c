#include "desk/strength.h"

#include <string.h>

#include "seal/own_passphrase.h"

#define GOOD_BYTES 19 /* with words in it: as four words of the list have */
#define GOOD_WORDS 4

static int words_of(const char *text)
{
	int words = 0;

	for (; *text; text++)
		words += *text != ' ' && (text[1] == ' ' || !text[1]);
	return words;
}

const char *strength_key(const char *passphrase)
{
	if (!*passphrase)
		return "box.strength_none";
	if (!own_strong(passphrase))
		return "box.strength_weak";
	return strlen(passphrase) < GOOD_BYTES ||
		       words_of(passphrase) < GOOD_WORDS
		   ? "box.strength_fair"
		   : "box.strength_good";
}
