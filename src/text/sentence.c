#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/utext.h>

#include "text/cells.h"
#include "text/icu.h"

size_t text_next_sentence(const char *text, size_t offset)
{
	static UBreakIterator *sentences;
	static UText window = UTEXT_INITIALIZER;
	UErrorCode error = U_ZERO_ERROR;
	int32_t next;

	if (!text[offset])
		return offset;
	if (!sentences)
		sentences = ubrk_open(UBRK_SENTENCE, "en", NULL, 0, &error);
	utext_openUTF8(&window, text + offset, -1, &error);
	ubrk_setUText(sentences, &window, &error);
	icu_must(error, "finding sentences");
	next = ubrk_following(sentences, 0);
	return next == UBRK_DONE ? offset + strlen(text + offset)
				 : offset + (size_t)next;
}
