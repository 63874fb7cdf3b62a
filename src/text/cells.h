#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/bytes.h"

/*
 * Text measured and broken the way a terminal shows it: in cells. All text is
 * UTF-8 in logical order; bytes that are not UTF-8 count as U+FFFD. ICU's
 * services open at their first use and stay; one thread may call these.
 */

/*
 * Cells that text takes, as glibc's wcwidth() and so curses count: wide
 * characters 2, combining marks and controls 0, spacing marks 1.
 */
int text_cells(const char *text);

/*
 * The byte offset of the next (or previous) grapheme cluster boundary after
 * (before) offset, by ICU; the text's length (0) at the end (start).
 */
size_t text_next_cluster(const char *text, size_t offset);
size_t text_previous_cluster(const char *text, size_t offset);

/* The byte offset behind the sentence that offset is in, with the blanks that
 * follow it, by ICU; the text's length in the last one. */
size_t text_next_sentence(const char *text, size_t offset);

/*
 * Breaks text into lines of at most width cells (1 or more) at the places the
 * language allows (ICU line breaks), at clusters where a word is wider than
 * that; a single cluster wider than width gets a line of its own. LF always
 * ends a line; blanks at a break go. U+00A0 and U+202F become spaces, U+200B
 * and soft hyphens go (a hyphen stands where a soft one broke). An empty text
 * is one empty line. The caller releases it with text_lines_free().
 */
enum text_parted {
	TEXT_BLANK,       /* blanks that went, or LF */
	TEXT_NOTHING,     /* a break inside a word, or behind its hyphen */
	TEXT_SOFT_HYPHEN, /* as before, and the line shows a hyphen of its own
			   */
};
struct text_lines {
	char **line;
	enum text_parted *parted; /* each from the next one */
	size_t count;
};
struct text_lines text_wrap(const char *text, const char *language, int width);
void text_lines_free(struct text_lines *lines);

/* Cuts to width cells at a cluster, with an ellipsis where cut. Caller frees.*/
char *text_fit(const char *text, int width);

/*
 * For plain cells, languages drawn by LANGUAGE_JOINER. Arabic letters joined
 * to presentation forms, still in logical order: join, wrap, then bring each
 * line to visual order. The caller frees the result.
 */
char *text_joined(const char *text);

/*
 * One line from logical to visual order for plain cells: Arabic letters joined
 * to presentation forms (joined ones stay), then reordered by the bidi
 * algorithm with mirroring; marks stay behind their base. The caller frees the
 * result.
 */
char *text_visual(const char *line, bool right_to_left);

/*
 * NFC, without control characters but LF (a tab becomes a space) and without
 * the bidi overrides, embeddings and isolates that could make a name show as
 * another. The caller frees the result.
 */
char *text_normal(const char *text);
