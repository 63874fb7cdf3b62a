#include "ticket/agency_text.h"

#include <string.h>

#include "ticket/frame.h"

bool agency_text_read(const char *text, size_t length, struct card *card)
{
	struct frame frame;

	while (length && strchr(" \r\n\t", text[length - 1]))
		length--;
	return length && frame_read(text, length, &frame) == FRAME_READ &&
	       frame.magic == FRAME_AGENCY &&
	       card_read(KEY_AGENCY, frame.payload, frame.length, card) ==
		   CARD_GOOD;
}
