#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "text/cells.h"
#include "text/fold.h"

/*
 * What a person types, of any bytes: measured, walked, wrapped, cut, joined,
 * composed and folded. The first byte is the width.
 */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void walk(const char *text)
{
	size_t length = strlen(text), at = 0;

	while (at < length) {
		size_t next = text_next_cluster(text, at);

		assert(next > at && next <= length);
		at = next;
	}
	while (at) {
		size_t previous = text_previous_cluster(text, at);

		assert(previous < at);
		at = previous;
	}
}

static void wrap(const char *text, int width)
{
	static const char *const languages[] = { "en", "th", "zh", "ar" };

	for (size_t i = 0; i < COUNT(languages); i++) {
		struct text_lines lines = text_wrap(text, languages[i], width);

		assert(lines.count);
		text_lines_free(&lines);
	}
}

static void check_idempotent(char *(*change)(const char *), const char *text)
{
	SCOPED(char_freep) char *once = change(text);
	SCOPED(char_freep) char *twice = change(once);

	assert(strcmp(once, twice) == 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	int width = size ? data[0] % 100 : 0;
	SCOPED(char_freep)
	char *text =
	    size ? xstrndup((const char *)data + 1, size - 1) : xstrdup("");
	SCOPED(char_freep) char *fit = text_fit(text, width);

	assert(text_cells(fit) <= width);
	walk(text);
	wrap(text, width);
	check_idempotent(text_normal, text);
	check_idempotent(text_joined, text);
	free(text_visual(text, true));
	free(text_visual(text, false));
	check_idempotent(fold_name, text);
	free(fold_sound(text));
	free(fold_latin(text));
	return 0;
}
