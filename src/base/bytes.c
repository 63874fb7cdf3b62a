#include "base/bytes.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * Grows by copying, not realloc, so that the old run can be overwritten: a
 * secret must not stay behind in memory that was handed back.
 */
static void make_room(struct bytes *bytes, size_t more)
{
	size_t room = bytes->room ? bytes->room : 32;
	uint8_t *data;

	if (bytes->room && bytes->room - bytes->length > more)
		return;
	while (room - bytes->length <= more)
		room *= 2;
	data = xcalloc(room, 1);
	if (bytes->data) {
		memcpy(data, bytes->data, bytes->length);
		explicit_bzero(bytes->data, bytes->room);
		free(bytes->data);
	}
	bytes->data = data;
	bytes->room = room;
}

void bytes_add(struct bytes *bytes, const void *data, size_t length)
{
	make_room(bytes, length);
	if (length)
		memcpy(bytes->data + bytes->length, data, length);
	bytes->length += length;
	bytes->data[bytes->length] = 0;
}

void bytes_add_byte(struct bytes *bytes, uint8_t byte)
{
	bytes_add(bytes, &byte, 1);
}

void bytes_add_text(struct bytes *bytes, const char *text)
{
	bytes_add(bytes, text, strlen(text));
}

void bytes_add_format(struct bytes *bytes, const char *format, ...)
{
	va_list arguments, again;
	int length;

	va_start(arguments, format);
	va_copy(again, arguments);
	length = vsnprintf(NULL, 0, format, arguments);
	va_end(arguments);
	if (length > 0) {
		make_room(bytes, (size_t)length);
		vsnprintf((char *)bytes->data + bytes->length,
			  (size_t)length + 1, format, again);
		bytes->length += (size_t)length;
	}
	va_end(again);
}

void bytes_add_base64(struct bytes *bytes, const void *data, size_t length)
{
	static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "abcdefghijklmnopqrstuvwxyz0123456789+/";
	const uint8_t *from = data;

	for (size_t i = 0; i < length; i += 3) {
		size_t left = length - i;
		uint32_t group = (uint32_t)from[i] << 16;

		if (left > 1)
			group |= (uint32_t)from[i + 1] << 8;
		if (left > 2)
			group |= from[i + 2];
		for (size_t digit = 0; digit < 4; digit++)
			bytes_add_byte(
			    bytes,
			    digit <= left
				? (uint8_t)
				      digits[group >> (18 - 6 * digit) & 63]
				: '=');
	}
}

char *bytes_take_text(struct bytes *bytes)
{
	char *text;

	make_room(bytes, 0);
	text = (char *)bytes->data;
	*bytes = (struct bytes){ 0 };
	return text;
}

void bytes_done(struct bytes *bytes)
{
	free(bytes->data);
	*bytes = (struct bytes){ 0 };
}

void bytes_wipe(struct bytes *bytes)
{
	if (bytes->data)
		explicit_bzero(bytes->data, bytes->room);
	bytes_done(bytes);
}
