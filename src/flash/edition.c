#include "flash/edition.h"

#include <stdlib.h>
#include <string.h>

/* The rest of a line that begins with a word; NULL if it does not. */
static char *rest_of(char *line, const char *word)
{
	const size_t length = strlen(word);

	line[strcspn(line, "\r")] = 0;
	return strncmp(line, word, length) == 0 ? line + length : NULL;
}

bool edition_read(const char *text, struct edition *out)
{
	SCOPED(char_freep) char *copy = xstrdup(text);
	char *next = copy;
	char *first = strsep(&next, "\n"), *second = strsep(&next, "\n");
	char *variant = rest_of(first, "variant ");
	char *version = second ? rest_of(second, "version ") : NULL;
	struct edition read = { 0 };

	if (!variant || !version || !*variant ||
	    strlen(variant) >= sizeof read.variant ||
	    variant[strspn(variant, "abcdefghijklmnopqrstuvwxyz0123456789-")] ||
	    !version_read(version, &read.version))
		return false;
	strcpy(read.variant, variant);
	*out = read;
	return true;
}
