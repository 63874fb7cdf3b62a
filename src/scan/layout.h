#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Keyboard layouts: what a wedge scanner's digits become when the computer
 * believes another keyboard is plugged in (TICKET.md §4). Row 0 is the digits
 * themselves.
 */
struct layout {
	const char *name;
	uint32_t digit[10]; /* the character that each digit key types */
};

size_t layout_count(void);
const struct layout *layout_at(size_t index);

#define LAYOUT_MAGIC 3 /* characters */

/* What a frame may begin with: "583" ticket, "584", "585", "586". */
size_t layout_magic_count(void);
const char *layout_magic(size_t index);

/* Whether count characters begin a magic in some layout (all do for 0). */
bool layout_begins(const uint32_t *characters, size_t count);

/*
 * The digits that count characters are, into digits (count + 1 bytes, ended by
 * a zero): one layout must give every character, and the result must begin
 * with a magic. The answer does not depend on which layout is taken: those
 * that give one image of a magic agree on the characters they share.
 */
bool layout_digits(const uint32_t *characters, size_t count, char *digits);
