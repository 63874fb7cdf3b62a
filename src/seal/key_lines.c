#include "seal/key_lines.h"

#include <assert.h>
#include <string.h>

#include "seal/secret.h"

#define PART 8      /* bytes of the key on a line */
#define CHECK 2     /* bytes of its sum */
#define SIGN_BITS 5 /* of a base32 sign */
#define GROUP 4     /* signs between blanks */

static_assert(KEY_LINES * PART == KEY_BYTES, "the lines are the key");
static_assert((PART + CHECK) * 8 == KEY_LINE * SIGN_BITS, "a line is full");

static const char signs[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/* CRC-16/CCITT-FALSE: polynomial 1021, begins with FFFF, not reflected. */
static uint16_t crc_of(int number, const uint8_t part[PART])
{
	uint16_t crc = 0xFFFF;

	for (int i = -1; i < PART; i++) {
		crc ^= (uint16_t)((i < 0 ? number : part[i]) << 8);
		for (int bit = 0; bit < 8; bit++)
			crc = (uint16_t)(crc & 0x8000 ? crc << 1 ^ 0x1021
						      : crc << 1);
	}
	return crc;
}

void key_line_write(const uint8_t secret[KEY_BYTES], int number,
		    char text[KEY_LINE_SPACED])
{
	uint8_t line[PART + CHECK];
	uint16_t crc;
	unsigned held = 0, bits = 0;
	size_t at = 0, next = 0;

	assert(number >= 1 && number <= KEY_LINES);
	memcpy(line, secret + (number - 1) * PART, PART);
	crc = crc_of(number, line);
	line[PART] = (uint8_t)(crc >> 8);
	line[PART + 1] = (uint8_t)crc;
	for (size_t i = 0; i < KEY_LINE; i++) {
		if (bits < SIGN_BITS) {
			held = held << 8 | line[next++];
			bits += 8;
		}
		bits -= SIGN_BITS;
		if (i && i % GROUP == 0)
			text[at++] = ' ';
		text[at++] = signs[held >> bits & 31];
	}
	text[at] = 0;
	secret_wipe(line, sizeof line);
}

/* -1: no sign of a line. */
static int value_of(char sign)
{
	const char *at;

	if (sign >= 'a' && sign <= 'z')
		sign = (char)(sign - 'a' + 'A');
	if (sign == 'O')
		sign = '0';
	if (sign == 'I' || sign == 'L')
		sign = '1';
	at = sign ? strchr(signs, sign) : NULL;
	return at ? (int)(at - signs) : -1;
}

static bool read_bytes(const char *typed, uint8_t line[PART + CHECK])
{
	unsigned held = 0, bits = 0;
	size_t count = 0, next = 0;

	for (; *typed; typed++) {
		int value = value_of(*typed);

		if (*typed == ' ' || *typed == '-')
			continue;
		if (value < 0 || count++ == KEY_LINE)
			return false;
		held = held << SIGN_BITS | (unsigned)value;
		bits += SIGN_BITS;
		if (bits >= 8) {
			bits -= 8;
			line[next++] = (uint8_t)(held >> bits);
		}
	}
	return count == KEY_LINE;
}

bool key_line_read(const char *typed, int number, uint8_t secret[KEY_BYTES])
{
	uint8_t line[PART + CHECK] = { 0 };
	bool good;

	assert(number >= 1 && number <= KEY_LINES);
	good = read_bytes(typed, line) &&
	       crc_of(number, line) == (line[PART] << 8 | line[PART + 1]);
	if (good)
		memcpy(secret + (number - 1) * PART, line, PART);
	secret_wipe(line, sizeof line);
	return good;
}
