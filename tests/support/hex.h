#pragma once

#include <stddef.h>
#include <stdint.h>

/*
 * Turns hex digits into bytes, up to room of them, and returns how many. Stops
 * at the first character that is not a hex digit.
 */
size_t from_hex(const char *hex, uint8_t *bytes, size_t room);

/* Asserts that bytes are what hex says, and shows them if not. */
void assert_hex(const void *bytes, size_t length, const char *hex);
