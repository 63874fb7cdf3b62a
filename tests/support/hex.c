#include "tests/support/hex.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "tests/test.h"

static int digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	return -1;
}

size_t from_hex(const char *hex, uint8_t *bytes, size_t room)
{
	size_t count = 0;

	while (count < room && digit(hex[0]) >= 0 && digit(hex[1]) >= 0) {
		bytes[count++] = (uint8_t)(digit(hex[0]) * 16 + digit(hex[1]));
		hex += 2;
	}
	return count;
}

void assert_hex(const void *bytes, size_t length, const char *hex)
{
	SCOPED(char_freep) char *seen = xcalloc(2 * length + 1, 1);

	for (size_t i = 0; i < length; i++)
		snprintf(seen + 2 * i, 3, "%02x", ((const uint8_t *)bytes)[i]);
	assert_string_equal(seen, hex);
}
