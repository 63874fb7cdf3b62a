#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/bytes.h"

/*
 * Text measured and broken the way a terminal shows it: in cells. All text is
 * UTF-8 in logical order.
 */

/* Cells that text takes (wide characters 2, combining marks 0). */
int text_cells(const char *text);

/*
 * The byte offset of the next (or previous) grapheme cluster boundary after
 * (before) offset, by ICU; the text's length (0) at the end (start).
 */
size_t text_next_cluster(const char *text, size_t offset);
size_t text_previous_cluster(const char *text, size_t offset);

/*
 * Breaks text into lines of at most width cells at the places the language
 * allows (ICU line breaks), at clusters where a word is wider than that. LF
 * always ends a line. U+00A0 and U+202F become spaces. The caller frees *out
 * with text_lines_free().
 */
struct text_lines {
	char **line;
	size_t count;
};
struct text_lines text_wrap(const char *text, const char *language, int width);
void text_lines_free(struct text_lines *lines);

/* Cuts to width cells at a cluster, with an ellipsis where cut. Caller frees.*/
char *text_fit(const char *text, int width);

/*
 * One line from logical to visual order for plain cells: Arabic letters joined
 * to presentation forms, then reordered by the bidi algorithm with mirroring.
 * The caller frees the result.
 */
char *text_visual(const char *line, bool right_to_left);

/* NFC, without control characters but LF. The caller frees the result. */
char *text_normal(const char *text);
