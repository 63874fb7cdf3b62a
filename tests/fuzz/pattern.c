#include <stdint.h>
#include <string.h>

#include "base/memory.h"
#include "text/pattern.h"

/* An expression, a zero byte, and the text it is held against. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	SCOPED(char_freep) char *both = xcalloc(size + 2, 1);
	const char *text;

	if (size)
		memcpy(both, data, size);
	text = both + strlen(both) + 1;
	(void)pattern_check(both);
	(void)pattern_matches(both, text);
	return 0;
}
