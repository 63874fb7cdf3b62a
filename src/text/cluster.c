#include "text/cells.h"

#include <stdint.h>
#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/utext.h>

#include "text/icu.h"

/* One iterator for all, opened at the first letter that is not ASCII. */
static UBreakIterator *over(const char *text, int64_t length)
{
	static UBreakIterator *clusters;
	static UText window = UTEXT_INITIALIZER;
	UErrorCode error = U_ZERO_ERROR;

	if (!clusters)
		clusters = ubrk_open(UBRK_CHARACTER, "en", NULL, 0, &error);
	utext_openUTF8(&window, text, length, &error);
	ubrk_setUText(clusters, &window, &error);
	icu_must(error, "finding clusters");
	return clusters;
}

/* Between two of these is always a boundary. */
static bool is_plain(char byte)
{
	return (unsigned char)byte < 0x80 && byte != '\r';
}

size_t text_next_cluster(const char *text, size_t offset)
{
	int32_t next;

	if (!text[offset])
		return offset;
	if (is_plain(text[offset]) && is_plain(text[offset + 1]))
		return offset + 1;
	/* What follows a boundary decides on the next one. */
	next = ubrk_following(over(text + offset, -1), 0);
	return next == UBRK_DONE ? offset + strlen(text + offset)
				 : offset + (size_t)next;
}

size_t text_previous_cluster(const char *text, size_t offset)
{
	int32_t previous;

	if (offset == 0)
		return 0;
	if (is_plain(text[offset - 1]) &&
	    (offset == 1 || is_plain(text[offset - 2])))
		return offset - 1;
	previous = ubrk_preceding(over(text, (int64_t)offset), (int32_t)offset);
	return previous == UBRK_DONE ? 0 : (size_t)previous;
}
