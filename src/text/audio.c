#include "text/audio.h"

#include <ctype.h>
#include <string.h>

#include "base/bytes.h"

char *audio_id(const char *key)
{
	struct bytes id = { 0 };

	bytes_add_text(&id, "");
	for (; *key; key++) {
		if (isalnum((unsigned char)*key) || strchr("-.", *key))
			bytes_add_byte(&id, (uint8_t)*key);
		else if (id.length && id.data[id.length - 1] != '_')
			bytes_add_byte(&id, '_');
	}
	return bytes_take_text(&id);
}
