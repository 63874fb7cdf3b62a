#include "office/scanned.h"

#include <endian.h>
#include <iconv.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/log.h"
#include "scan/layout.h"
#include "scan/picture.h"
#include "ticket/frame.h"

#define TYPED_LIMIT (8 * FRAME_DIGITS_MAX) /* bytes on standard input */

static bool is_blank(uint32_t character)
{
	return character == ' ' || character == '\t' || character == '\r' ||
	       character == '\n';
}

/* UTF-8 to characters without blanks; what is not UTF-8 ends it, since no
 * scanner types that. */
static size_t characters_of(char *typed, size_t length, uint32_t *characters)
{
	iconv_t utf32 = iconv_open("UTF-32LE", "UTF-8");
	char *out = (char *)characters;
	size_t room = length * sizeof *characters, count, kept = 0;

	(void)iconv(utf32, &typed, &length, &out, &room);
	iconv_close(utf32);
	count = (size_t)(out - (char *)characters) / sizeof *characters;
	for (size_t i = 0; i < count; i++) {
		characters[kept] = le32toh(characters[i]);
		kept += !is_blank(characters[kept]);
	}
	return kept;
}

static char *digits_of(char *typed, size_t length)
{
	uint32_t *characters = xcalloc(length + 1, sizeof *characters);
	char *digits = xcalloc(length + 1, 1);
	size_t count = characters_of(typed, length, characters);

	if (!layout_digits(characters, count, digits)) {
		for (size_t i = 0; i < count; i++)
			digits[i] =
			    characters[i] < 0x80 ? (char)characters[i] : '?';
		digits[count] = 0;
	}
	free(characters);
	return digits;
}

char *scanned_typed(void)
{
	struct bytes bytes = { 0 };
	char *digits;
	int c;

	bytes_add_text(&bytes, "");
	while ((c = getchar()) != EOF && c && bytes.length < TYPED_LIMIT)
		bytes_add_byte(&bytes, (uint8_t)c);
	digits = digits_of((char *)bytes.data, bytes.length);
	bytes_wipe(&bytes);
	return digits;
}

enum fault scanned_picture(const char *path, char **digits)
{
	struct scan_symbols symbols;
	const char *best = NULL;
	enum fault fault = scan_picture(path, &symbols);

	if (fault)
		return fault;
	for (size_t i = 0; i < symbols.count; i++) {
		if (!best ||
		    (strncmp(best, layout_magic(0), LAYOUT_MAGIC) != 0 &&
		     strncmp(symbols.text[i], layout_magic(0), LAYOUT_MAGIC) ==
			 0))
			best = symbols.text[i];
	}
	if (!best)
		log_warning("%s: no symbol is found in it", path);
	*digits = xstrdup(best ? best : "");
	scan_symbols_done(&symbols);
	return FAULT_NONE;
}

enum fault scanned(const char *path, char **digits)
{
	if (path && strcmp(path, "-") != 0)
		return scanned_picture(path, digits);
	*digits = scanned_typed();
	return FAULT_NONE;
}
