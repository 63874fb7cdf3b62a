#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/utext.h>

#include "text/cells.h"
#include "text/icu.h"
#include "text/width.h"

#define SPACE_NO_BREAK 0x00a0
#define SPACE_NARROW 0x202f
#define SPACE_ZERO 0x200b
#define HYPHEN_SOFT 0x00ad

/* Text being broken; offsets are bytes in it. */
struct wrap {
	const char *text;
	int width;
	size_t start, end; /* the line that is being filled */
	int cells;         /* of that line, with the blanks at its end */
	struct text_lines *lines;
};

/*
 * The line breaker of a language. Screens show two or three languages side by
 * side, so a few stay open; the next one takes the place of the oldest.
 */
static UBreakIterator *breaker(const char *language)
{
	static struct {
		char locale[32];
		UBreakIterator *breaks;
	} open[4];
	static size_t oldest;
	const char *locale = icu_locale(language);
	UErrorCode error = U_ZERO_ERROR;
	size_t i;

	for (i = 0; i < COUNT(open) && open[i].breaks; i++) {
		if (strcmp(open[i].locale, locale) == 0)
			return open[i].breaks;
	}
	if (i == COUNT(open)) {
		i = oldest++ % COUNT(open);
		ubrk_close(open[i].breaks);
	}
	snprintf(open[i].locale, sizeof open[i].locale, "%s", locale);
	open[i].breaks = ubrk_open(UBRK_LINE, locale, NULL, 0, &error);
	icu_must(error, "finding line breaks");
	return open[i].breaks;
}

static int shown_cells(UChar32 point)
{
	return point == HYPHEN_SOFT ? 0 : point_cells(point);
}

static int cells_between(const char *text, size_t start, size_t end)
{
	int cells = 0;

	while (start < end)
		cells += shown_cells(icu_next(text, end, &start));
	return cells;
}

static size_t without_blanks(const char *text, size_t start, size_t end)
{
	while (end > start && text[end - 1] == ' ')
		end--;
	return end;
}

static bool ends_softly(const char *text, size_t start, size_t end)
{
	return end - start >= 2 && memcmp(text + end - 2, "\u00ad", 2) == 0;
}

/* What of a code point goes to the screen, as UTF-8. */
static void add_shown(struct bytes *line, const char *text, size_t from,
		      size_t to, UChar32 point)
{
	if (point == SPACE_NO_BREAK || point == SPACE_NARROW)
		bytes_add_byte(line, ' ');
	else if (point == 0xfffd)
		bytes_add_text(line, "\ufffd");
	else if (point >= ' ' && point != 0x7f && point != HYPHEN_SOFT &&
		 point != SPACE_ZERO)
		bytes_add(line, text + from, to - from);
}

static void end_line(struct wrap *wrap, bool broken)
{
	size_t end = without_blanks(wrap->text, wrap->start, wrap->end);
	struct text_lines *lines = wrap->lines;
	enum text_parted parted = TEXT_BLANK;
	struct bytes line = { 0 };

	for (size_t at = wrap->start; at < end;) {
		size_t from = at;
		UChar32 point = icu_next(wrap->text, end, &at);

		add_shown(&line, wrap->text, from, at, point);
	}
	if (broken && wrap->cells < wrap->width &&
	    ends_softly(wrap->text, wrap->start, end)) {
		bytes_add_byte(&line, '-');
		parted = TEXT_SOFT_HYPHEN;
	} else if (broken && end == wrap->end) {
		parted = TEXT_NOTHING;
	}
	lines->line =
	    xreallocarray(lines->line, lines->count + 1, sizeof *lines->line);
	lines->parted = xreallocarray(lines->parted, lines->count + 1,
				      sizeof *lines->parted);
	lines->parted[lines->count] = parted;
	lines->line[lines->count++] = bytes_take_text(&line);
	wrap->start = wrap->end;
	wrap->cells = 0;
}

/* A word wider than a line: as many clusters as fit on each. */
static void add_clusters(struct wrap *wrap, size_t end)
{
	while (wrap->end < end) {
		size_t next = text_next_cluster(wrap->text, wrap->end);
		int cells = cells_between(wrap->text, wrap->end, next);

		if (wrap->cells + cells > wrap->width &&
		    wrap->end > wrap->start)
			end_line(wrap, true);
		wrap->end = next;
		wrap->cells += cells;
	}
}

/* What lies between two places where a line may end. */
static void add_piece(struct wrap *wrap, size_t end)
{
	size_t trimmed = without_blanks(wrap->text, wrap->end, end);
	int least = cells_between(wrap->text, wrap->end, trimmed) +
		    ends_softly(wrap->text, wrap->end, trimmed);

	if (wrap->cells + least > wrap->width && wrap->end > wrap->start)
		end_line(wrap, true);
	if (least > wrap->width)
		add_clusters(wrap, trimmed);
	wrap->cells += cells_between(wrap->text, wrap->end, end);
	wrap->end = end;
}

static void add_paragraph(struct wrap *wrap, UBreakIterator *breaks, size_t end)
{
	size_t start = wrap->start;
	UText piece = UTEXT_INITIALIZER;
	UErrorCode error = U_ZERO_ERROR;

	utext_openUTF8(&piece, wrap->text + start, (int64_t)(end - start),
		       &error);
	ubrk_setUText(breaks, &piece, &error);
	icu_must(error, "breaking lines");
	for (int32_t at = ubrk_next(breaks); at != UBRK_DONE;
	     at = ubrk_next(breaks))
		add_piece(wrap, start + (size_t)at);
	wrap->end = end;
	end_line(wrap, false);
	utext_close(&piece);
}

struct text_lines text_wrap(const char *text, const char *language, int width)
{
	UBreakIterator *breaks = breaker(language);
	struct text_lines lines = { 0 };
	struct wrap wrap = { .text = text,
			     .width = width < 1 ? 1 : width,
			     .lines = &lines };

	for (;;) {
		size_t end = wrap.start + strcspn(text + wrap.start, "\n");

		add_paragraph(&wrap, breaks, end);
		if (!text[end])
			return lines;
		wrap.start = wrap.end = end + 1;
	}
}

void text_lines_free(struct text_lines *lines)
{
	for (size_t i = 0; i < lines->count; i++)
		free(lines->line[i]);
	free(lines->line);
	free(lines->parted);
	*lines = (struct text_lines){ 0 };
}
