#include "text/audio.h"

#include <ctype.h>
#include <string.h>

#include "base/bytes.h"
#include "text/cells.h"
#include "text/icu.h"
#include "text/letter.h"

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

char *audio_sign(const char *text, const char *language)
{
	char *capital = letter_capital(text, language);

	/* The capital of some is two: a sharp s. */
	if (text_next_cluster(capital, 0) == strlen(capital))
		return capital;
	char_wipe(capital);
	return xstrdup(text);
}

char *audio_sign_key(const char *sign)
{
	unsigned char first = (unsigned char)sign[0];
	size_t length = strlen(sign);
	struct bytes key = { 0 };

	bytes_add_text(&key, isdigit(first) ? "digit:" : "letter:");
	if (length == 1 && isalnum(first)) {
		bytes_add_byte(&key, first);
		return bytes_take_text(&key);
	}
	for (size_t at = 0; at < length;) {
		const char *between = at ? "-" : "";
		UChar32 point = icu_next(sign, length, &at);

		bytes_add_format(&key, "%s%04X", between, (unsigned)point);
	}
	return bytes_take_text(&key);
}
