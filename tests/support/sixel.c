#include "tests/support/sixel.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

#define REGISTERS 256
#define SIDE_MOST 8000

struct reader {
	const char *at, *end;
	struct sixel_picture *out;
	uint8_t registers[REGISTERS][3];
	int colour, x, y;
};

static int number(struct reader *reader)
{
	int value = 0;

	while (reader->at < reader->end && *reader->at >= '0' &&
	       *reader->at <= '9' && value < 100000)
		value = value * 10 + (*reader->at++ - '0');
	return value;
}

/* Reads up to most numbers parted by semicolons; how many there were. */
static int numbers(struct reader *reader, int *out, int most)
{
	int count = 0;

	do {
		out[count++] = number(reader);
	} while (count < most && reader->at < reader->end &&
		 *reader->at == ';' && reader->at++);
	return count;
}

static bool set_register(struct reader *reader)
{
	int n[5] = { 0 }, count = numbers(reader, n, 5);

	if (n[0] >= REGISTERS || (count != 1 && (count != 5 || n[1] != 2)))
		return false;
	for (int i = 0; count == 5 && i < 3; i++) {
		if (n[i + 2] > 100)
			return false;
		reader->registers[n[0]][i] = (uint8_t)n[i + 2];
	}
	reader->colour = n[0];
	return true;
}

static bool draw(struct reader *reader, char sixel, int count)
{
	struct sixel_picture *out = reader->out;

	for (; count; count--, reader->x++) {
		for (int bit = 0; bit < 6; bit++) {
			int y = reader->y + bit;

			if (!((sixel - '?') >> bit & 1))
				continue;
			if (y >= out->height || reader->x >= out->width)
				return false;
			memcpy(&out->percents[((size_t)y * (size_t)out->width +
					       (size_t)reader->x) *
					      3],
			       reader->registers[reader->colour], 3);
		}
	}
	return true;
}

static bool step(struct reader *reader)
{
	char byte = *reader->at++;
	int count;

	switch (byte) {
	case '#':
		return set_register(reader);
	case '$':
		reader->x = 0;
		return true;
	case '-':
		reader->x = 0;
		reader->y += 6;
		return true;
	case '!':
		count = number(reader);
		if (reader->at == reader->end)
			return false;
		byte = *reader->at++;
		return byte >= '?' && byte <= '~' && draw(reader, byte, count);
	default:
		return byte >= '?' && byte <= '~' && draw(reader, byte, 1);
	}
}

static bool start(struct reader *reader)
{
	int n[4], size[4];

	if (numbers(reader, n, 3) != 3 || n[1] != 0 ||
	    reader->end - reader->at < 2 || memcmp(reader->at, "q\"", 2) != 0)
		return false;
	reader->at += 2;
	if (numbers(reader, size, 4) != 4 || size[2] < 1 || size[3] < 1 ||
	    size[2] > SIDE_MOST || size[3] > SIDE_MOST)
		return false;
	reader->out->width = size[2];
	reader->out->height = size[3];
	reader->out->percents = xcalloc((size_t)size[2] * (size_t)size[3], 3);
	memset(reader->out->percents, 255,
	       (size_t)size[2] * (size_t)size[3] * 3);
	return true;
}

bool sixel_decode(const char *bytes, size_t length, struct sixel_picture *out)
{
	struct reader reader = { .at = bytes,
				 .end = bytes + length,
				 .out = out };

	*out = (struct sixel_picture){ 0 };
	if (!start(&reader))
		return false;
	while (reader.at < reader.end) {
		if (!step(&reader)) {
			sixel_picture_done(out);
			return false;
		}
	}
	return true;
}

void sixel_picture_done(struct sixel_picture *picture)
{
	free(picture->percents);
	*picture = (struct sixel_picture){ 0 };
}
