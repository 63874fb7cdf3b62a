#include "ticket/frame.h"

#include <assert.h>
#include <stdbool.h>
#include <string.h>
#include <zlib.h>

#include "ticket/wire.h"

#define GROUP_BYTES 7
#define GROUP_DIGITS 17
#define FRONT 13 /* magic, p, P, ssss, llll */
#define CRC_DIGITS 10

/* Decimal digits that a last group of so many bytes takes. */
static const int group_digits[GROUP_BYTES + 1] = { 0, 3, 5, 8, 10, 13, 15, 17 };

uint32_t frame_crc(const void *data, size_t length)
{
	return (uint32_t)crc32(0, data, (uInt)length);
}

size_t frame_digits(size_t length)
{
	return FRAME_COST + length / GROUP_BYTES * GROUP_DIGITS +
	       (size_t)group_digits[length % GROUP_BYTES];
}

static void put_digits(uint64_t number, int count, struct bytes *out)
{
	char digits[GROUP_DIGITS];

	for (int i = count; i--; number /= 10)
		digits[i] = (char)('0' + number % 10);
	bytes_add(out, digits, (size_t)count);
}

static void put_group(const uint8_t *bytes, size_t count, struct bytes *out)
{
	uint64_t number = 0;

	for (size_t i = 0; i < count; i++)
		number = number << 8 | bytes[i];
	put_digits(number, group_digits[count], out);
}

void frame_write(enum frame_magic magic, unsigned set, const void *payload,
		 size_t length, struct bytes *out)
{
	const uint8_t *bytes = payload;
	size_t begin = out->length;

	assert(length <= FRAME_PAYLOAD_MAX);
	put_digits(magic, 3, out);
	put_digits(1, 1, out);
	put_digits(1, 1, out);
	put_digits(set % 10000, 4, out);
	put_digits(length, 4, out);
	for (size_t i = 0; i < length; i += GROUP_BYTES) {
		size_t count = length - i;

		put_group(bytes + i, count < GROUP_BYTES ? count : GROUP_BYTES,
			  out);
	}
	put_digits(frame_crc(out->data + begin, out->length - begin),
		   CRC_DIGITS, out);
}

/* Digits alone reach this; GROUP_DIGITS of them fit in 64 bits. */
static uint64_t get_digits(const char *digits, int count)
{
	uint64_t number = 0;

	for (int i = 0; i < count; i++)
		number = number * 10 + (uint64_t)(digits[i] - '0');
	return number;
}

static bool get_group(const char *digits, size_t count, uint8_t *bytes)
{
	uint64_t number = get_digits(digits, group_digits[count]);

	if (number >> (8 * count))
		return false;
	for (size_t i = count; i--; number >>= 8)
		bytes[i] = (uint8_t)number;
	return true;
}

static bool is_ours(const char *digits, size_t count)
{
	return count >= 3 && memcmp(digits, "58", 2) == 0 && digits[2] >= '3' &&
	       digits[2] <= '6';
}

static bool all_digits(const char *digits, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (digits[i] < '0' || digits[i] > '9')
			return false;
	}
	return true;
}

size_t frame_announced(const char *digits, size_t count)
{
	uint64_t length;

	if (count < FRONT || !is_ours(digits, count) ||
	    !all_digits(digits, FRONT))
		return 0;
	length = get_digits(digits + 9, 4);
	return length <= FRAME_PAYLOAD_MAX ? frame_digits(length) : 0;
}

/* A ticket says its number twice; every other frame has none. */
static bool set_agrees(const struct frame *frame)
{
	struct wire_header header;

	if (frame->magic != FRAME_TICKET)
		return frame->set == 0;
	switch (wire_read(frame->payload, frame->length, &header)) {
	case WIRE_NOT_A_WIRE:
		return false;
	case WIRE_UNKNOWN_SUITE:
		return true; /* the desk says that a newer Foyer made it */
	case WIRE_SOUND:
	case WIRE_NO_SUCH_NUMBER:
		break;
	}
	return frame->set == header.sequence % 10000;
}

static bool get_payload(const char *digits, struct frame *frame)
{
	for (size_t i = 0; i < frame->length; i += GROUP_BYTES) {
		size_t left = frame->length - i;
		size_t count = left < GROUP_BYTES ? left : GROUP_BYTES;

		if (!get_group(digits, count, frame->payload + i))
			return false;
		digits += group_digits[count];
	}
	return true;
}

enum frame_answer frame_read(const char *digits, size_t count,
			     struct frame *frame)
{
	if (!is_ours(digits, count))
		return FRAME_NOT_OURS;
	if (count != frame_announced(digits, count) ||
	    !all_digits(digits, count) || digits[3] != '1' ||
	    digits[4] != '1' ||
	    get_digits(digits + count - CRC_DIGITS, CRC_DIGITS) !=
		frame_crc(digits, count - CRC_DIGITS))
		return FRAME_INCOMPLETE;
	frame->magic = (enum frame_magic)get_digits(digits, 3);
	frame->set = (unsigned)get_digits(digits + 5, 4);
	frame->length = get_digits(digits + 9, 4);
	if (!get_payload(digits + FRONT, frame) || !set_agrees(frame))
		return FRAME_INCOMPLETE;
	return FRAME_READ;
}
