#include "base/memory.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *not_null(void *memory)
{
	if (!memory) {
		perror("out of memory");
		abort();
	}
	return memory;
}

void *xcalloc(size_t count, size_t size)
{
	return not_null(calloc(count ? count : 1, size));
}

void *xreallocarray(void *memory, size_t count, size_t size)
{
	return not_null(reallocarray(memory, count ? count : 1, size));
}

char *xstrdup(const char *text)
{
	return not_null(strdup(text));
}

char *xstrndup(const char *text, size_t length)
{
	return not_null(strndup(text, length));
}

char *xasprintf(const char *format, ...)
{
	char *text = NULL;
	va_list arguments;
	int length;

	va_start(arguments, format);
	length = vasprintf(&text, format, arguments);
	va_end(arguments);
	return not_null(length < 0 ? NULL : text);
}

void char_free(char *text)
{
	free(text);
}

void char_wipe(char *text)
{
	if (text)
		explicit_bzero(text, strlen(text));
	free(text);
}
