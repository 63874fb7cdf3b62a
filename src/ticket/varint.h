#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"

/* Unsigned LEB128 in its shortest form, at most 10 bytes; zigzag for signs. */
static inline void varint_add(struct bytes *out, uint64_t number)
{
	for (; number >= 0x80; number >>= 7)
		bytes_add_byte(out, (uint8_t)(number | 0x80));
	bytes_add_byte(out, (uint8_t)number);
}

static inline size_t varint_size(uint64_t number)
{
	size_t size = 1;

	while (number >>= 7)
		size++;
	return size;
}

static inline uint64_t varint_zigzag(int64_t number)
{
	uint64_t doubled = (uint64_t)number << 1;

	return number < 0 ? ~doubled : doubled;
}

static inline int64_t varint_unzigzag(uint64_t number)
{
	return (int64_t)(number >> 1 ^ (0 - (number & 1)));
}

/* Moves *at behind the number; false if it is cut, longer than it must be, or
 * above 64 bits. */
static inline bool varint_take(const uint8_t **at, const uint8_t *end,
			       uint64_t *number)
{
	*number = 0;
	for (int shift = 0; *at < end && shift < 64; shift += 7) {
		uint8_t byte = *(*at)++;

		if (shift == 63 && byte > 1)
			return false;
		*number |= (uint64_t)(byte & 0x7F) << shift;
		if (!(byte & 0x80))
			return byte || !shift;
	}
	return false;
}
