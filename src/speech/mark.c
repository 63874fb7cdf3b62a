#include "speech/mark.h"

#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "base/bytes.h"
#include "base/digest.h"

void mark_of(const char *text, char mark[MARK_LENGTH + 1])
{
	struct bytes plain = { 0 };
	uint8_t digest[DIGEST_BYTES];

	bytes_add_text(&plain, "");
	while (*(text += strspn(text, " \t\r\n"))) {
		size_t word = strcspn(text, " \t\r\n");

		if (plain.length)
			bytes_add_byte(&plain, ' ');
		bytes_add(&plain, text, word);
		text += word;
	}
	digest_sha256(plain.data, plain.length, digest);
	for (int i = 0; i < MARK_LENGTH / 2; i++)
		snprintf(mark + 2 * i, 3, "%02x", digest[i]);
	bytes_wipe(&plain);
}
