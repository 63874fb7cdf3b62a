#include "seal/card.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>

#define VERSION 0x01
#define NAME_AT (2 + KEY_BYTES) /* after version, key and name length */

static const char prefix[] = "foyer/enrol/v1/sig";

static void write_front(const struct card *card, struct bytes *out)
{
	size_t length = strlen(card->name);

	assert(length <= CARD_NAME);
	bytes_add_byte(out, VERSION);
	bytes_add(out, card->key, KEY_BYTES);
	bytes_add_byte(out, (uint8_t)length);
	bytes_add(out, card->name, length);
}

void card_write_kiosk(const struct card *card,
		      const uint8_t seed[SIGNATURE_SEED], struct bytes *out)
{
	struct bytes front = { 0 };
	uint8_t signature[SIGNATURE_BYTES];

	write_front(card, &front);
	signature_make(seed, prefix, front.data, front.length, signature);
	bytes_add(out, front.data, front.length);
	bytes_add(out, signature, sizeof signature);
	bytes_done(&front);
}

void card_write_agency(const struct card *card, struct bytes *out)
{
	write_front(card, out);
}

/* Bytes of a UTF-8 lead byte's sequence and its lowest character; 0: none. */
static size_t sequence_of(uint8_t lead, uint32_t *lowest)
{
	if (lead < 0x80)
		return *lowest = 0, 1;
	if (lead >= 0xC2 && lead <= 0xDF)
		return *lowest = 0x80, 2;
	if (lead >= 0xE0 && lead <= 0xEF)
		return *lowest = 0x800, 3;
	if (lead >= 0xF0 && lead <= 0xF4)
		return *lowest = 0x10000, 4;
	return 0;
}

/* One UTF-8 character that may be shown; 0 if there is none, else its bytes. */
static size_t plain_character(const uint8_t *text, size_t length)
{
	uint32_t lowest, character;
	size_t count = sequence_of(text[0], &lowest);

	if (!count || count > length)
		return 0;
	character = count == 1 ? text[0] : text[0] & (0x7Fu >> count);
	for (size_t i = 1; i < count; i++) {
		if ((text[i] & 0xC0) != 0x80)
			return 0;
		character = character << 6 | (text[i] & 0x3F);
	}
	if (character < lowest || character > 0x10FFFF || character < 0x20 ||
	    (character >= 0x7F && character < 0xA0) ||
	    (character >= 0xD800 && character <= 0xDFFF))
		return 0;
	return count;
}

/* A name is shown to staff, so it holds nothing that moves a cursor. */
static bool plain_name(const uint8_t *name, size_t length)
{
	while (length) {
		size_t used = plain_character(name, length);

		if (!used)
			return false;
		name += used;
		length -= used;
	}
	return true;
}

enum card_answer card_read(enum key_kind kind, const void *data, size_t length,
			   struct card *card)
{
	const uint8_t *bytes = data;
	size_t tail = kind == KEY_KIOSK ? SIGNATURE_BYTES : 0;
	size_t name;

	if (length < NAME_AT || bytes[0] != VERSION)
		return CARD_MALFORMED;
	name = bytes[NAME_AT - 1];
	if (name > CARD_NAME || length != NAME_AT + name + tail ||
	    !plain_name(bytes + NAME_AT, name))
		return CARD_MALFORMED;
	if (!key_sound(kind, bytes + 1))
		return CARD_UNSOUND;
	if (tail && !signature_good(bytes + 1, prefix, bytes, NAME_AT + name,
				    bytes + NAME_AT + name))
		return CARD_FORGED;
	*card = (struct card){ 0 };
	memcpy(card->key, bytes + 1, KEY_BYTES);
	memcpy(card->name, bytes + NAME_AT, name);
	return CARD_GOOD;
}
