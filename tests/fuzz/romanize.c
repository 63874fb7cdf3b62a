#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "text/romanize.h"

/* The first byte is the language, the rest a name; only plain letters may come
 * out of it. */
static const char *const languages[] = {
	"ar", "fa-IR", "prs", "ps", "ur",      "ckb",     "uk",  "ru", "am",
	"ti", "hi",    "ne",  "pa", "gu",      "bn",      "ta",  "ml", "my",
	"ko", "en",    "ja",  "",   "zh-Hans", "zh-Hant", "ksw",
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const char *language = languages[size ? data[0] % COUNT(languages) : 0];
	char *name, *latin;

	if (!size || size > 600)
		return 0;
	name = xstrndup((const char *)data + 1, size - 1);
	latin = romanize_name(name, language);
	assert(strspn(latin, "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
			     "abcdefghijklmnopqrstuvwxyz -") == strlen(latin));
	free(latin);
	free(name);
	return 0;
}
