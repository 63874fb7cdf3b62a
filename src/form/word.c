#include "form/word.h"

#include <string.h>

bool word_in(const char *text, const char *word)
{
	size_t length = strlen(word);

	while (*(text += strspn(text, " \t\r\n"))) {
		size_t own = strcspn(text, " \t\r\n");

		if (own == length && strncmp(text, word, own) == 0)
			return true;
		text += own;
	}
	return false;
}
