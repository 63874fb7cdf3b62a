#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "seal/key.h"

/*
 * An agency's secret key for people to write down: four lines of 16 signs of
 * Crockford's base32 (https://www.crockford.com/base32.html), each 8 bytes of
 * the key and a CRC-16/CCITT-FALSE over the line's number, 1 to 4, and them; so
 * a line that was miscopied, or taken for another, is known by itself.
 *
 * Whoever has the lines has the key: they are not sealed. For the desk and the
 * office only.
 */
#define KEY_LINES 4
#define KEY_LINE 16              /* signs of a line */
#define KEY_LINE_SPACED (16 + 4) /* in groups of four, with its zero */

/* Line number (1 to KEY_LINES) in groups: "0A1B 2C3D 4E5F 6G7H". */
void key_line_write(const uint8_t secret[KEY_BYTES], int number,
		    char text[KEY_LINE_SPACED]);

/*
 * Puts a line that somebody typed in its place in secret. Capitals, small
 * letters, blanks and hyphens are all one; O is 0, I and L are 1. False, and
 * secret is untouched: it is not this line.
 */
bool key_line_read(const char *typed, int number, uint8_t secret[KEY_BYTES]);
