#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "base/log.h"
#include "base/memory.h"
#include "issue/key_paper.h"
#include "print/address.h"
#include "seal/key_lines.h"

/*
 * What staff type or scan when they set something up: a line of a key's paper,
 * which comes out as it went in, the symbol of one, and where a printer is. The
 * first byte says which.
 */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void silent(void *to, enum log_level level, const char *line)
{
	(void)to, (void)level, (void)line;
}

static void read_line(const char *typed, int number)
{
	uint8_t secret[KEY_BYTES] = { 0 }, again[KEY_BYTES] = { 0 };
	char text[KEY_LINE_SPACED];

	if (!key_line_read(typed, number, secret))
		return;
	key_line_write(secret, number, text);
	assert(key_line_read(text, number, again));
	assert(!memcmp(secret, again, sizeof secret));
}

static void read_address(const char *typed)
{
	struct address address;

	if (address_read(typed, &address))
		return;
	assert(address.kind < ADDRESS_KINDS);
	assert((address.kind == ADDRESS_NONE) == !strcmp(typed, "none"));
	assert((address.kind == ADDRESS_TCP) == (address.host_length > 0));
	assert(address.path || address.kind == ADDRESS_NONE ||
	       address.kind == ADDRESS_TCP);
	address_done(&address);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	SCOPED(char_freep) char *typed = NULL;
	uint8_t secret[KEY_BYTES];

	log_to(silent, NULL);
	if (!size)
		return 0;
	typed = xasprintf("%.*s", (int)(size - 1), (const char *)data + 1);
	if (data[0] % 3 == 0)
		read_line(typed, 1 + data[0] / 3 % KEY_LINES);
	else if (data[0] % 3 == 1)
		read_address(typed);
	else
		(void)key_paper_scan(typed, strlen(typed), secret);
	return 0;
}
