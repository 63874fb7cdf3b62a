#include <stdlib.h>
#include <string.h>

#include "ui/input.h"

/*
 * Whatever a terminal sends, in pieces of any size: every byte is used up or
 * waits for its time, and what was used is wiped.
 */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static struct input input;
	int64_t now = 0;

	memset(&input, 0, sizeof input);
	while (size) {
		size_t piece = 1 + *data % 16;
		struct input_token token;

		data++;
		size--;
		piece = piece < size ? piece : size;
		if (piece > input_room(&input))
			piece = input_room(&input);
		input_add(&input, data, piece, now++);
		data += piece;
		size -= piece;
		while ((token = input_next(&input, now)).what != INPUT_NOTHING)
			if (token.event.key == UI_KEY_TEXT &&
			    (token.event.character < ' ' ||
			     token.event.character > 0x10ffff))
				abort();
	}
	while (input_next(&input, now + INPUT_REST_MS).what != INPUT_NOTHING)
		continue;
	for (size_t i = 0; i < INPUT_ROOM; i++)
		if (input.bytes[i])
			abort();
	return 0;
}
