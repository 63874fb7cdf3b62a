#include <string.h>
#include <unicode/utf8.h>

#include "ticket/coding.h"

#define WINDOWS 4
#define WIDTH 128 /* characters in a window */

/* What a byte below 20 means. */
enum {
	NEW_WINDOW = 0x01, /* w */
	MOVE_FIRST = 0x02, /* ... 04: window 1 to 3 to the front */
	RUN = 0x05,        /* n, n times 2 bytes */
	ONE_HIGH = 0x06,   /* 3 bytes */
	ONE_FIRST = 0x0C,  /* ... 0E b: one character of window 1 to 3 */
};

#define RUN_FROM 0x2E80 /* no window up to RUN_END: too many letters */
#define RUN_END 0xFE00
#define LOW_WINDOWS 0x5D  /* w below: w * 128 */
#define HIGH_WINDOWS 0xFC /* w from: (w + 0x100) * 128 */

/* The windows by their first character, most recent first. */
struct windows {
	uint32_t base[WINDOWS];
};

static const struct windows initial = {
	{ 0x0600, 0x0900, 0x0400, 0x1200 } /* Arabic, Devanagari, Cyrillic,
					      Ethiopic */
};

bool coding_takes(uint32_t character)
{
	return character == '\n' || (character >= 0x20 && character < 0x7F) ||
	       (character >= 0xA0 && character < 0xD800) ||
	       (character >= 0xE000 && character <= 0x10FFFF);
}

/* Puts base in front; what stood at or before place moves back by one. */
static void to_front(struct windows *windows, int place, uint32_t base)
{
	memmove(windows->base + 1, windows->base,
		(size_t)place * sizeof *windows->base);
	windows->base[0] = base;
}

static int window_of(const struct windows *windows, uint32_t character)
{
	for (int i = 0; i < WINDOWS; i++) {
		if (character - windows->base[i] < WIDTH)
			return i;
	}
	return -1;
}

static bool is_ascii(uint32_t character)
{
	return character < 0x80;
}

static bool starts_run(uint32_t character)
{
	return character >= RUN_FROM && character < RUN_END;
}

static bool is_windowed(uint32_t character)
{
	return !is_ascii(character) && !starts_run(character) &&
	       character <= 0xFFFF;
}

/* --- writing -------------------------------------------------------------- */

struct text {
	const uint8_t *bytes;
	int32_t at, length;
};

/* The character at *at, which moves behind it; 0 at the end. */
static uint32_t next(const struct text *text, int32_t *at)
{
	UChar32 character = 0;

	if (*at < text->length)
		U8_NEXT_OR_FFFD(text->bytes, *at, text->length, character);
	return (uint32_t)character;
}

/* The next character from at on that some window could hold; 0 if none. */
static uint32_t next_windowed(const struct text *text, int32_t at)
{
	uint32_t character;

	while ((character = next(text, &at))) {
		if (is_windowed(character))
			return character;
	}
	return 0;
}

static void write_windowed(const struct text *text, uint32_t character,
			   struct windows *windows, struct bytes *out)
{
	int place = window_of(windows, character);
	uint32_t base = character / WIDTH * WIDTH;
	uint32_t after = next_windowed(text, text->at);

	if (place > 0) {
		base = windows->base[place];
		if (after - base >= WIDTH) {
			bytes_add_byte(out, (uint8_t)(ONE_FIRST + place - 1));
			bytes_add_byte(out, (uint8_t)(0x80 + character - base));
			return;
		}
		bytes_add_byte(out, (uint8_t)(MOVE_FIRST + place - 1));
		to_front(windows, place, base);
	} else if (place < 0) {
		bytes_add_byte(out, NEW_WINDOW);
		bytes_add_byte(out, (uint8_t)(base / WIDTH));
		to_front(windows, WINDOWS - 1, base);
	}
	bytes_add_byte(out, (uint8_t)(0x80 + character - windows->base[0]));
}

/*
 * Whether a run should go on over character: it belongs to one, or it stands
 * alone before one that does, since a new run would cost two bytes.
 */
static bool run_goes_on(const struct text *text, uint32_t character, int32_t at)
{
	if (starts_run(character))
		return true;
	return character && character <= 0xFFFF && character != '\n' &&
	       starts_run(next(text, &at));
}

static void write_run(struct text *text, uint32_t first, struct bytes *out)
{
	size_t count_at = out->length + 1;
	uint32_t character = first;
	int32_t at = text->at;
	unsigned count = 0;

	bytes_add_byte(out, RUN);
	bytes_add_byte(out, 0);
	do {
		bytes_add_byte(out, (uint8_t)(character >> 8));
		bytes_add_byte(out, (uint8_t)character);
		count++;
		text->at = at;
		character = next(text, &at);
	} while (count < 255 && run_goes_on(text, character, at));
	out->data[count_at] = (uint8_t)count;
}

void window_write(const char *bytes, size_t length, struct bytes *out)
{
	struct text text = { (const uint8_t *)bytes, 0, (int32_t)length };
	struct windows windows = initial;
	uint32_t character;

	while ((character = next(&text, &text.at))) {
		if (is_ascii(character)) {
			bytes_add_byte(out, (uint8_t)character);
		} else if (starts_run(character)) {
			write_run(&text, character, out);
		} else if (is_windowed(character)) {
			write_windowed(&text, character, &windows, out);
		} else {
			bytes_add_byte(out, ONE_HIGH);
			bytes_add_byte(out, (uint8_t)(character >> 16));
			bytes_add_byte(out, (uint8_t)(character >> 8));
			bytes_add_byte(out, (uint8_t)character);
		}
	}
}

/* --- reading -------------------------------------------------------------- */

struct source {
	const uint8_t *data;
	size_t left;
};

/* The next count bytes as one number; false where there are fewer. */
static bool take(struct source *source, size_t count, uint32_t *number)
{
	if (source->left < count)
		return false;
	*number = 0;
	for (size_t i = 0; i < count; i++)
		*number = *number << 8 | source->data[i];
	source->data += count;
	source->left -= count;
	return true;
}

static bool put(uint32_t character, struct bytes *out)
{
	uint8_t utf8[U8_MAX_LENGTH];
	int32_t length = 0;

	if (!coding_takes(character))
		return false;
	U8_APPEND_UNSAFE(utf8, length, character);
	bytes_add(out, utf8, (size_t)length);
	return out->length <= CODING_TEXT_MAX;
}

static bool read_run(struct source *source, struct bytes *out)
{
	uint32_t count, character;

	if (!take(source, 1, &count) || count == 0)
		return false;
	while (count--) {
		if (!take(source, 2, &character) || !put(character, out))
			return false;
	}
	return true;
}

static bool read_new_window(struct source *source, struct windows *windows)
{
	uint32_t w;

	if (!take(source, 1, &w) || (w >= LOW_WINDOWS && w < HIGH_WINDOWS))
		return false;
	if (w >= HIGH_WINDOWS)
		w += 0x100;
	to_front(windows, WINDOWS - 1, w * WIDTH);
	return true;
}

static bool read_one(struct source *source, struct windows *windows,
		     struct bytes *out)
{
	uint32_t byte, more;

	if (!take(source, 1, &byte))
		return false;
	if (byte >= 0x80)
		return put(windows->base[0] + (byte - 0x80), out);
	switch (byte) {
	case NEW_WINDOW:
		return read_new_window(source, windows);
	case MOVE_FIRST:
	case MOVE_FIRST + 1:
	case MOVE_FIRST + 2:
		byte -= MOVE_FIRST - 1;
		to_front(windows, (int)byte, windows->base[byte]);
		return true;
	case RUN:
		return read_run(source, out);
	case ONE_HIGH:
		return take(source, 3, &more) && more > 0xFFFF &&
		       put(more, out);
	case ONE_FIRST:
	case ONE_FIRST + 1:
	case ONE_FIRST + 2:
		return take(source, 1, &more) && more >= 0x80 &&
		       put(windows->base[byte - ONE_FIRST + 1] + (more - 0x80),
			   out);
	default:
		return put(byte, out);
	}
}

enum coding_answer window_read(const uint8_t *data, size_t length,
			       struct bytes *out)
{
	struct source source = { data, length };
	struct windows windows = initial;
	struct bytes text = { 0 };

	while (source.left) {
		if (!read_one(&source, &windows, &text)) {
			bytes_wipe(&text);
			return CODING_REFUSED;
		}
	}
	bytes_add(out, text.data, text.length);
	bytes_wipe(&text);
	return CODING_READ;
}
