#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/memory.h"

/*
 * A growing run of bytes. Start from { 0 }; release with bytes_done(). data
 * always has a zero byte behind length once something was added, so text may
 * be read from it as a string.
 */
struct bytes {
	uint8_t *data;
	size_t length, room;
};

void bytes_add(struct bytes *bytes, const void *data, size_t length);
void bytes_add_byte(struct bytes *bytes, uint8_t byte);
void bytes_add_text(struct bytes *bytes, const char *text);
void bytes_add_format(struct bytes *bytes, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The same as base64 of RFC 4648, in one line and padded. */
void bytes_add_base64(struct bytes *bytes, const void *data, size_t length);

/* The bytes as a string of its own, for the caller to free; bytes is done. */
char *bytes_take_text(struct bytes *bytes);

void bytes_done(struct bytes *bytes);

/* The same, overwritten first: for what a visitor said, and for keys. */
void bytes_wipe(struct bytes *bytes);
