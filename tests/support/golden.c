#include "tests/support/golden.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/memory.h"
#include "tests/test.h"

static char *path_of(const char *name)
{
	const char *source = getenv("FOYER_SOURCE");

	return xasprintf("%s/tests/golden/%s.txt", source ? source : ".", name);
}

static char *contents(const char *path)
{
	struct bytes bytes = { 0 };
	FILE *file = fopen(path, "r");
	int byte;

	while (file && (byte = getc(file)) != EOF)
		bytes_add_byte(&bytes, (uint8_t)byte);
	if (file)
		fclose(file);
	bytes_add_text(&bytes, "");
	return bytes_take_text(&bytes);
}

static void update(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	if (!file || fputs(text, file) == EOF || fclose(file))
		fail_msg("%s cannot be written", path);
}

static size_t line_length(const char *text)
{
	return strcspn(text, "\n");
}

static const char *after_line(const char *text)
{
	text += line_length(text);
	return text + (*text == '\n');
}

static void print_difference(const char *wanted, const char *text)
{
	for (int line = 1; *wanted || *text; line++) {
		size_t old = line_length(wanted), new = line_length(text);

		if (old != new || memcmp(wanted, text, old) != 0)
			print_message("%4d wanted |%.*s|\n     drawn  |%.*s|\n",
				      line, (int)old, wanted, (int)new, text);
		wanted = after_line(wanted);
		text = after_line(text);
	}
}

void assert_golden(const char *name, const char *text)
{
	SCOPED(char_freep) char *path = path_of(name);
	SCOPED(char_freep) char *wanted = NULL;

	if (getenv("UPDATE_GOLDEN")) {
		update(path, text);
		return;
	}
	wanted = contents(path);
	if (strcmp(wanted, text) == 0)
		return;
	print_difference(wanted, text);
	fail_msg("not as in %s (UPDATE_GOLDEN=1 writes it anew)", path);
}
