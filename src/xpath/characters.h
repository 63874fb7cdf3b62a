#pragma once

#include <stdbool.h>
#include <stddef.h>

/* The characters (code points) and blank-separated words of UTF-8 text. */

/* Bytes of the first character of text, which is not empty; 1 if it is bad. */
size_t characters_next(const char *text);
size_t characters_count(const char *text);

/* The byte at which character index starts; the length of text beyond it. */
size_t characters_offset(const char *text, double index);

/* Which character of text is the one of size bytes; false if none is. */
bool characters_find(const char *text, const char *character, size_t size,
		     size_t *index);

/*
 * The next word, or NULL; *text moves behind it. Words are separated by the
 * white space of XML.
 */
const char *characters_word(const char **text, size_t *length);

/*
 * The first character of bytes (length of them, at least 1), or U+FFFD where
 * it is no UTF-8 or XML cannot hold it. Returns the bytes it took.
 */
size_t characters_mend(const char *bytes, size_t length, const char **put,
		       size_t *put_length);
