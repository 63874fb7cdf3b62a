#include "text/emphasis.h"

#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "text/cells.h"

/* Variation selectors 4 to 6, which no character has a variant for. */
#define FIRST_MARK 0xfe03
#define MARK_BYTES 3
#define MARK_START "\xef\xb8"
#define MARK_LAST 0x83 /* the third byte of the first one */

enum emphasis emphasis_of_mark(uint32_t point)
{
	return point >= FIRST_MARK && point < FIRST_MARK + EMPHASIS_BOTH
		   ? (enum emphasis)(point - FIRST_MARK + EMPHASIS_BOLD)
		   : EMPHASIS_NONE;
}

/* The same of the bytes at text. */
static enum emphasis mark_at(const char *text)
{
	unsigned char last;

	if (strncmp(text, MARK_START, MARK_BYTES - 1) != 0)
		return EMPHASIS_NONE;
	last = (unsigned char)text[MARK_BYTES - 1];
	return emphasis_of_mark(FIRST_MARK + (uint32_t)last - MARK_LAST);
}

char *emphasis_put(const char *text, const uint8_t *of_byte)
{
	struct bytes out = { 0 };

	bytes_add_text(&out, "");
	for (size_t at = 0, next; text[at]; at = next) {
		next = text_next_cluster(text, at);
		bytes_add(&out, text + at, next - at);
		if (!of_byte[at] || strchr(" \t\n", text[at]))
			continue;
		bytes_add_text(&out, MARK_START);
		bytes_add_byte(
		    &out, (uint8_t)(MARK_LAST + of_byte[at] - EMPHASIS_BOLD));
	}
	return bytes_take_text(&out);
}

/* A mark is that of the letters since the one before, and they may be several
 * bytes; blanks between have none, and belong to nobody. */
static void take_out(const char *text, char *bare, uint8_t *of)
{
	size_t length = strlen(text), used = 0, cluster = 0;

	for (size_t at = 0; at < length;) {
		enum emphasis emphasis = mark_at(text + at);

		if (emphasis) {
			memset(of + cluster, (int)emphasis, used - cluster);
			at += MARK_BYTES;
			continue;
		}
		cluster = used;
		for (size_t next = text_next_cluster(text, at);
		     at < next && !mark_at(text + at); at++)
			bare[used++] = text[at];
	}
}

char *emphasis_bare(const char *text, uint8_t **of_byte)
{
	size_t length = strlen(text);
	uint8_t *of = xcalloc(length + 1, 1);
	char *bare = xcalloc(length + 1, 1);

	/* Most texts have none, and looking for clusters takes its time. */
	if (strstr(text, MARK_START))
		take_out(text, bare, of);
	else
		memcpy(bare, text, length);
	if (of_byte)
		*of_byte = of;
	else
		free(of);
	return bare;
}
