#pragma once

#include <stdint.h>

/*
 * Emphasis within a text that is to be drawn. Behind each grapheme cluster that
 * is bold, italic or both stands a mark: one character without width, which
 * stays with its letter while the text is joined, wrapped and reordered
 * (text/cells.h). Blanks have none, so that a line still breaks there.
 */
enum emphasis {
	EMPHASIS_NONE,
	EMPHASIS_BOLD = 1,
	EMPHASIS_ITALIC = 2,
	EMPHASIS_BOTH = EMPHASIS_BOLD | EMPHASIS_ITALIC,
};

/* What a character marks; EMPHASIS_NONE: it is no mark. */
enum emphasis emphasis_of_mark(uint32_t point);

/* A text without marks gets them: of_byte has an enum emphasis for each of its
 * bytes, and a cluster's first one decides. The caller frees it. */
char *emphasis_put(const char *text, const uint8_t *of_byte);

/* Takes the marks out again. *of_byte, unless of_byte is NULL, gets an enum
 * emphasis for each byte of what is returned; the caller frees both. */
char *emphasis_bare(const char *text, uint8_t **of_byte);
