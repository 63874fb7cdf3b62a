#include "xpath/characters.h"

#include <libxml/chvalid.h>
#include <libxml/xmlstring.h>
#include <string.h>

#define BLANKS " \t\n\r"

/* -1 where text does not start with a character. */
static int read(const char *text, size_t length, size_t *size)
{
	int bytes = (int)(length < 4 ? length : 4);
	int character = xmlGetUTF8Char((const unsigned char *)text, &bytes);

	*size = character < 0 ? 1 : (size_t)bytes;
	return character;
}

size_t characters_next(const char *text)
{
	size_t size;

	read(text, strnlen(text, 4), &size);
	return size;
}

size_t characters_count(const char *text)
{
	size_t count = 0;

	for (; *text; text += characters_next(text))
		count++;
	return count;
}

size_t characters_offset(const char *text, double index)
{
	const char *at = text;

	for (double i = 0; *at && i < index; i++)
		at += characters_next(at);
	return (size_t)(at - text);
}

bool characters_find(const char *text, const char *character, size_t size,
		     size_t *index)
{
	*index = 0;
	for (; *text; text += characters_next(text), ++*index)
		if (characters_next(text) == size &&
		    memcmp(text, character, size) == 0)
			return true;
	return false;
}

const char *characters_word(const char **text, size_t *length)
{
	const char *word = *text + strspn(*text, BLANKS);

	*length = strcspn(word, BLANKS);
	*text = word + *length;
	return *length ? word : NULL;
}

size_t characters_mend(const char *bytes, size_t length, const char **put,
		       size_t *put_length)
{
	size_t size;
	int character = read(bytes, length, &size);

	*put = bytes;
	*put_length = size;
	if (character < 0 || !xmlIsCharQ((unsigned)character)) {
		*put = "\xEF\xBF\xBD";
		*put_length = 3;
	}
	return size;
}
