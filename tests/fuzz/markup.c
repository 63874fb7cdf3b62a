#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "base/memory.h"
#include "text/emphasis.h"
#include "text/icu.h"
#include "text/markup.h"

/*
 * Words of a form with Markdown and HTML in them. They come out of a parser of
 * XML, so bytes that are no UTF-8 are replaced before.
 */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	int32_t length;
	SCOPED(char_freep)
	char *bytes = xasprintf("%.*s", (int)size, (const char *)data);
	SCOPED(UChar_freep) UChar *wide = icu_wide(bytes, &length);
	SCOPED(char_freep) char *text = icu_narrow(wide, length);
	SCOPED(char_freep) char *plain = markup_plain(text);
	SCOPED(char_freep) char *styled = markup_styled(text);

	SCOPED(char_freep) char *bare = emphasis_bare(styled, NULL);

	assert(!strcmp(bare, plain));
	return 0;
}
