#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/fault.h"

/*
 * Text, made small. Four codings; the shortest is taken, the lowest number on
 * a tie: 0 UTF-8, 1 window, 2 DEFLATE of UTF-8, 3 DEFLATE of window (raw, RFC
 * 1951). The window coder writes a script's letters as one byte each.
 */
enum coding { CODING_UTF8, CODING_WINDOW, CODING_DEFLATE, CODING_BOTH };

#define CODING_TEXT_MAX 4096 /* bytes of UTF-8 that a coded text may become */

/*
 * Adds the coded text to out and returns the coding. given is UTF-8; it is put
 * into NFC, and control characters but LF are removed, first. Text above
 * CODING_TEXT_MAX is written as UTF-8, whole: no ticket holds that much, so
 * the caller finds that it does not fit.
 */
enum coding coding_write(const char *given, struct bytes *out);

/*
 * Adds the text to out. Strict: malformed UTF-8, a reserved byte, a surrogate,
 * a control character, input left over or a text above CODING_TEXT_MAX are
 * refused and out is as it was.
 */
enum coding_answer { CODING_READ, CODING_REFUSED };
MUST_CHECK enum coding_answer coding_read(enum coding coding, const void *data,
					  size_t length, struct bytes *out);

/* The window coder alone (ticket/window.c). bytes is clean UTF-8. */
void window_write(const char *bytes, size_t length, struct bytes *out);
MUST_CHECK enum coding_answer window_read(const uint8_t *data, size_t length,
					  struct bytes *out);

/* Whether a ticket's text may hold the character: LF, or no control. */
bool coding_takes(uint32_t character);
