#include "flash/version.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#define DIGITS 9 /* of a number: it fits 32 bits */

/* Takes one off the beginning of *text. */
static bool take_number(const char **text, uint32_t *number)
{
	const size_t digits = strspn(*text, "0123456789");

	if (!digits || digits > DIGITS)
		return false;
	*number = (uint32_t)strtoul(*text, NULL, 10);
	*text += digits;
	return true;
}

bool version_read(const char *text, struct version *version)
{
	struct version read = { 0 };
	const char *at = text;
	int count = 0;

	while (count < VERSION_NUMBERS &&
	       take_number(&at, &read.number[count])) {
		count++;
		if (!*at) {
			memcpy(read.text, text, (size_t)(at - text));
			*version = read;
			return true;
		}
		if (*at++ != '.')
			return false;
	}
	return false;
}

int version_compare(const struct version *a, const struct version *b)
{
	for (int i = 0; i < VERSION_NUMBERS; i++) {
		if (a->number[i] != b->number[i])
			return a->number[i] < b->number[i] ? -1 : 1;
	}
	return 0;
}
