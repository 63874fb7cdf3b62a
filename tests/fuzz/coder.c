#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "ticket/coding.h"

/* Text that was read is written again and read to the same. */
static void must_come_back(const struct bytes *text)
{
	struct bytes coded = { 0 }, again = { 0 };
	enum coding coding = coding_write((const char *)text->data, &coded);

	if (coding_read(coding, coded.data, coded.length, &again) !=
	    CODING_READ)
		abort();
	bytes_done(&coded);
	window_write((const char *)again.data ? (const char *)again.data : "",
		     again.length, &coded);
	bytes_done(&again);
	if (window_read(coded.data, coded.length, &again) != CODING_READ)
		abort();
	bytes_done(&coded);
	bytes_done(&again);
}

/* The first byte chooses the coding. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct bytes text = { 0 };

	if (!size)
		return 0;
	if (coding_read((enum coding)(data[0] % 4), data + 1, size - 1,
			&text) == CODING_READ) {
		if (text.length > CODING_TEXT_MAX ||
		    (text.data && memchr(text.data, 0, text.length)))
			abort();
		if (text.length)
			must_come_back(&text);
	} else if (text.length) {
		abort(); /* refused, and yet something was added */
	}
	bytes_done(&text);
	return 0;
}
