#include <assert.h>
#include <stdint.h>

#include "base/log.h"
#include "scan/picture.h"

/* A photograph of a ticket that somebody hands over as a PNG. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void silent(void *to, enum log_level level, const char *line)
{
	(void)to, (void)level, (void)line;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct scan_symbols symbols = { 0 };

	log_to(silent, NULL);
	if (scan_picture_bytes("t.png", data, size, &symbols))
		return 0;
	for (size_t i = 0; i < symbols.count; i++)
		assert(symbols.text[i]);
	scan_symbols_done(&symbols);
	return 0;
}
