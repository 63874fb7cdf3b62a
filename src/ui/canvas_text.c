#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "text/cells.h"
#include "text/emphasis.h"
#include "text/language.h"
#include "ui/grid.h"

/*
 * Text on a canvas: what becomes of it, cells or a plate; how many rows it
 * takes; and, in cells, joining, wrapping and bringing to visual order.
 */

/* A mark that no text shows stands at the caret while a line is wrapped and
 * reordered, for both keep a mark behind its letter: U+FE00. */
#define CARET_MARK 0xfe00
#define CARET_BYTES "\xef\xb8\x80"

#define HEADING_ROWS 2
#define HEADING_PERCENT 160  /* at most: so much has a line of two rows */
#define HIGH_ROW_PERCENT 120 /* of the usual size, in a row of two or more */
#define NUMBER_ROWS 3

static const struct {
	uint32_t first, last;
	enum grid_script script;
} scripts[] = {
	{ 0x0590, 0x06ff, GRID_RIGHT_TO_LEFT }, /* Hebrew, Arabic */
	{ 0x0700, 0x074f, GRID_SHAPED },        /* Syriac */
	{ 0x0750, 0x077f, GRID_RIGHT_TO_LEFT },
	{ 0x0780, 0x085f, GRID_SHAPED }, /* Thaana to Mandaic */
	{ 0x0860, 0x08ff, GRID_RIGHT_TO_LEFT },
	{ 0x0900, 0x109f, GRID_SHAPED }, /* Indic, Thai, Tibetan, Myanmar */
	{ 0x1200, 0x139f, GRID_SHAPED }, /* Ethiopic */
	{ 0x1780, 0x18af, GRID_SHAPED }, /* Khmer, Mongolian */
	{ 0x1a20, 0x1aaf, GRID_SHAPED },
	{ 0x2d80, 0x2ddf, GRID_SHAPED },
	{ 0xa8e0, 0xa8ff, GRID_SHAPED },
	{ 0xa9e0, 0xa9ff, GRID_SHAPED },
	{ 0xaa60, 0xaa7f, GRID_SHAPED },
	{ 0xab00, 0xab2f, GRID_SHAPED },
	{ 0xfb1d, 0xfdff, GRID_RIGHT_TO_LEFT }, /* presentation forms */
	{ 0xfe70, 0xfefc, GRID_RIGHT_TO_LEFT },
	{ 0x10d00, 0x10d3f, GRID_SHAPED }, /* Hanifi Rohingya */
	{ 0x11000, 0x11fff, GRID_SHAPED },
};

static enum grid_script script_of(uint32_t point)
{
	for (size_t i = 0; i < COUNT(scripts); i++) {
		if (point >= scripts[i].first && point <= scripts[i].last)
			return scripts[i].script;
	}
	return GRID_PLAIN;
}

enum grid_script grid_script(const char *text)
{
	enum grid_script found = GRID_PLAIN;
	uint32_t point;

	for (size_t at = 0; (point = grid_next(text, &at));) {
		enum grid_script script = script_of(point);

		found = script > found ? script : found;
	}
	return found;
}

uint32_t grid_next(const char *text, size_t *at)
{
	const unsigned char *from = (const unsigned char *)text + *at;
	static const uint32_t smallest[] = { 0, 0x80, 0x800, 0x10000 };
	int more = from[0] < 0x80   ? 0
		   : from[0] < 0xc2 ? -1
		   : from[0] < 0xe0 ? 1
		   : from[0] < 0xf0 ? 2
		   : from[0] < 0xf5 ? 3
				    : -1;
	uint32_t point = more > 0 ? from[0] & (0x3fu >> more) : from[0];

	if (!from[0])
		return 0;
	for (int i = 1; i <= more; i++) {
		if ((from[i] & 0xc0) != 0x80) {
			more = -1;
			break;
		}
		point = point << 6 | (from[i] & 0x3f);
	}
	if (more < 0 || point < smallest[more] || point > 0x10ffff ||
	    (point >= 0xd800 && point < 0xe000)) {
		++*at;
		return 0xfffd;
	}
	*at += (size_t)more + 1;
	return point;
}

/* --- cells or plate ------------------------------------------------------- */

static bool is_large(enum canvas_style style)
{
	return style == CANVAS_HEADING || style == CANVAS_NUMBER;
}

static bool is_blank(const char *text)
{
	return !text[strspn(text, " ")];
}

/* Latin and its like stay cells at the usual size, but in the middle of an
 * even number of rows no cell is in the middle. */
static bool becomes_plate(const struct canvas *canvas,
			  const struct canvas_text *text)
{
	const struct language *language = language_find(text->language);

	if (!canvas->plates_allowed ||
	    (is_blank(text->text) && text->caret < 0))
		return false;
	return is_large(text->style) || canvas->percent > 100 ||
	       (text->middle && text->h > 1) ||
	       (language && language->drawing != LANGUAGE_CELLS) ||
	       grid_script(text->text) != GRID_PLAIN;
}

/*
 * How wide a script runs in a plate at the usual size, in percent of the cells
 * that text_cells() counts: measured with the fonts named in text/language.h
 * over the names of months and days, and rounded up.
 */
static const struct {
	const char *script;
	int percent;
} widths[] = {
	{ "Mymr", 150 }, { "Khmr", 130 }, { "Taml", 135 }, { "Mlym", 150 },
	{ "Ethi", 120 }, { "Beng", 105 }, { "Deva", 105 }, { "Guru", 105 },
	{ "Gujr", 105 }, { "Syrc", 100 }, { "Thai", 105 }, { "Arab", 90 },
};

static int script_percent(const char *tag)
{
	const struct language *language = language_find(tag);

	for (size_t i = 0; language && i < COUNT(widths); i++) {
		if (strcmp(language->script, widths[i].script) == 0)
			return widths[i].percent;
	}
	return 100;
}

int canvas_text_cells(const struct canvas *canvas, const char *text,
		      const char *language)
{
	int cells = text_cells(text);
	int percent = canvas->plates_allowed ? script_percent(language) : 100;

	return percent > 100 ? (cells * percent + 99) / 100 : cells;
}

static int plate_lines(const struct canvas_text *text, int width, int percent)
{
	SCOPED(char_freep) char *bare = emphasis_bare(text->text, NULL);
	int script = script_percent(text->language), lines;

	width = width * 100 / script * 100 / percent;

	struct text_lines wrapped =
	    text_wrap(bare, text->language, width > 1 ? width : 1);

	lines = (int)wrapped.count;
	text_lines_free(&wrapped);
	return lines;
}

static int least(int a, int b)
{
	return a < b ? a : b;
}

static int lead_cells(const struct canvas_text *text)
{
	int cells = text->lead ? text->lead_cells : 0;

	return cells < text->w ? cells : 0;
}

static int plate_line_rows(const struct canvas *canvas,
			   const struct canvas_text *text)
{
	return text->style == CANVAS_NUMBER || text->h < 2
		   ? 1
		   : canvas_line_rows(canvas);
}

/* Of the usual size of its style. */
static int plate_percent(const struct canvas *canvas,
			 const struct canvas_text *text)
{
	if (text->style == CANVAS_NUMBER)
		return 100;
	if (text->style == CANVAS_HEADING)
		return least(canvas->percent, HEADING_PERCENT);
	if (canvas->percent > 100)
		return canvas->percent;
	return text->middle && text->h > 1 ? HIGH_ROW_PERCENT : 100;
}

/* Half as wide again as other text; at the usual size it shrinks a little
 * before it takes more rows. */
static int heading_width(const struct canvas *canvas,
			 const struct canvas_text *text)
{
	int percent = plate_percent(canvas, text);

	return percent > 100 ? percent * 3 / 2 : 100;
}

static int plate_rows(const struct canvas *canvas,
		      const struct canvas_text *text)
{
	int width = text->w - lead_cells(text), line = 1, lines;

	if (text->caret >= 0 && text->h == 1)
		return 1;
	if (text->style == CANVAS_NUMBER)
		return least(text->h, NUMBER_ROWS);
	line = plate_line_rows(canvas, text);
	if (text->style == CANVAS_HEADING) {
		lines = line *
			plate_lines(text, width, heading_width(canvas, text));
		lines = lines < HEADING_ROWS ? HEADING_ROWS : lines;
		return least(text->h, lines);
	}
	lines = plate_lines(text, width,
			    text->h > 1 ? plate_percent(canvas, text) : 100);
	return least(text->h / line * line, lines * line);
}

static enum plate_edge edge_of(const struct canvas *canvas,
			       enum canvas_align align)
{
	if (align == CANVAS_CENTRE)
		return PLATE_CENTRE;
	return (align == CANVAS_START) != canvas->mirrored ? PLATE_LEFT
							   : PLATE_RIGHT;
}

static int draw_plate(struct canvas *canvas, const struct canvas_text *text)
{
	int rows = text->middle ? text->h : plate_rows(canvas, text);
	struct canvas_area area = canvas_on_screen(
	    canvas, (struct canvas_area){ text->y, text->x, rows, text->w });

	canvas_add_plate(canvas,
			 (struct plate){
			     .kind = PLATE_TEXT,
			     .y = area.y,
			     .x = area.x,
			     .h = area.h,
			     .w = area.w,
			     .text = xstrdup(text->text),
			     .lead = text->lead ? xstrdup(text->lead) : NULL,
			     .lead_cells = lead_cells(text),
			     .language = language_find(text->language),
			     .style = text->style,
			     .colour = text->colour,
			     .edge = edge_of(canvas, text->align),
			     .apart = text->apart,
			     .middle = text->middle,
			     .line_rows = plate_line_rows(canvas, text),
			     .percent = plate_percent(canvas, text),
			     .caret = text->caret,
			 });
	return rows;
}

/* --- cells ---------------------------------------------------------------- */

static bool runs_left(uint32_t point)
{
	return script_of(point) == GRID_RIGHT_TO_LEFT ||
	       (point >= 0x0700 && point < 0x0900);
}

static void mark_caret(struct canvas *canvas, int y, int x, uint32_t base)
{
	x -= runs_left(base) ? 2 : 0;
	if (y >= 0 && y < canvas->rows && x >= 0 && x < canvas->columns)
		canvas_cell(canvas, y, x)->caret = true;
}

/* The cell with the letter that ends at x; NULL outside the grid. */
static struct cell *letter_at(const struct canvas *canvas, int y, int x)
{
	if (y < 0 || y >= canvas->rows || x < 0 || x >= canvas->columns)
		return NULL;
	if (canvas_cell(canvas, y, x)->covered && x > 0)
		x--;
	return canvas_cell(canvas, y, x);
}

static void add_mark(const struct canvas *canvas, int y, int x, wchar_t mark)
{
	struct cell *cell = letter_at(canvas, y, x);
	size_t length = cell ? wcslen(cell->text) : 0;

	if (length && length < CELL_CHARS)
		cell->text[length] = mark;
}

/* What is bold already is underlined. */
static void emphasize(const struct canvas *canvas, int y, int x,
		      enum emphasis emphasis)
{
	struct cell *cell = letter_at(canvas, y, x);

	if (!cell)
		return;
	if (emphasis & EMPHASIS_BOLD) {
		cell->underlined = cell->bold;
		cell->bold = true;
	}
	cell->italic = emphasis & EMPHASIS_ITALIC;
}

/* Where only half of a wide character lies on the grid, it is left out. */
static void put_base(struct canvas *canvas, int y, int x, int cells,
		     wchar_t base, enum canvas_colour colour, bool bold)
{
	bool caret = x >= 0 && x < canvas->columns && y >= 0 &&
		     y < canvas->rows && canvas_cell(canvas, y, x)->caret;

	canvas_blank(canvas, y, x, 1, cells, colour);
	if (y < 0 || y >= canvas->rows || x < 0 || x + cells > canvas->columns)
		return;
	*canvas_cell(canvas, y, x) = (struct cell){
		.text = { base },
		.colour = colour,
		.bold = bold,
		.caret = caret,
	};
	if (cells == 2)
		*canvas_cell(canvas, y, x + 1) = (struct cell){
			.colour = colour,
			.bold = bold,
			.covered = true,
		};
}

int canvas_put(struct canvas *canvas, int y, int x, int room, const char *line,
	       enum canvas_colour colour, bool bold)
{
	uint32_t point, base = 0;
	int used = 0;

	for (size_t at = 0, from = 0; (point = grid_next(line, &at));
	     from = at) {
		char one[8] = "";
		int cells;

		memcpy(one, line + from, at - from);
		cells = text_cells(one);
		if (point == CARET_MARK) {
			mark_caret(canvas, y, x + used, base);
		} else if (emphasis_of_mark(point)) {
			emphasize(canvas, y, x + used - 1,
				  emphasis_of_mark(point));
		} else if (point < ' ' || point == 0x7f) {
			continue;
		} else if (!cells) {
			add_mark(canvas, y, x + used - 1, (wchar_t)point);
		} else {
			if (used + cells > room)
				break;
			if (point == 0xa0 || point == 0x202f)
				point = ' '; /* no-break: plates have those */
			put_base(canvas, y, x + used, cells, (wchar_t)point,
				 colour, bold);
			used += cells;
			base = point;
		}
	}
	return used;
}

/* The text as it is to be wrapped: joined, and the caret marked in it. */
static char *prepared(const struct canvas_text *text, bool joins)
{
	SCOPED(char_freep) char *marked = NULL;
	int caret = text->caret;

	if (caret >= 0)
		marked =
		    xasprintf("%.*s%s%s", caret, text->text,
			      caret ? CARET_BYTES : "", text->text + caret);
	return joins ? text_joined(marked ? marked : text->text)
		     : xstrdup(marked ? marked : text->text);
}

/* Too long for its one row, a written text begins later, so that the caret is
 * in sight, and is cut at the end, which an ellipsis would make another text.*/
static void scroll(char *line, int width)
{
	const char *mark = strstr(line, CARET_BYTES);
	size_t start = 0, caret = mark ? (size_t)(mark - line) : 0;

	for (;;) {
		SCOPED(char_freep)
		char *before = xstrndup(line + start, caret - start);

		if (start >= caret || text_cells(before) < width)
			break;
		start = text_next_cluster(line, start);
	}
	memmove(line, line + start, strlen(line + start) + 1);
	for (start = 0; line[start];) {
		size_t next = text_next_cluster(line, start);
		char kept = line[next];

		line[next] = 0;
		if (text_cells(line) > width) {
			line[start] = 0;
			break;
		}
		line[next] = kept;
		start = next;
	}
}

/* A line and the next as they stand in the text, which breaks behind a hyphen
 * and between the letters of some scripts, too. */
static char *joined(const struct text_lines *lines, size_t index)
{
	const char *line = lines->line[index], *next = lines->line[index + 1];
	const int shown = (int)strlen(line);

	switch (lines->parted[index]) {
	case TEXT_BLANK:
		return xasprintf("%s %s", line, next);
	case TEXT_SOFT_HYPHEN:
		return xasprintf("%.*s%s", shown - 1, line, next);
	default:
		return xasprintf("%s%s", line, next);
	}
}

/* The last line that has room ends with an ellipsis when more would follow. */
static char *cut_line(const struct text_lines *lines, size_t index, size_t rows,
		      int width)
{
	SCOPED(char_freep) char *both = NULL;

	if (index + 1 < rows || index + 1 >= lines->count)
		return xstrdup(lines->line[index]);
	both = joined(lines, index);
	return text_cells(both) > width ? text_fit(both, width)
					: xasprintf("%s…", lines->line[index]);
}

static struct text_lines broken(const struct canvas_text *text, bool joins)
{
	SCOPED(char_freep) char *whole = prepared(text, joins);
	int width = text->w - lead_cells(text);
	struct text_lines lines = { 0 };

	if (text->caret >= 0 && text->h == 1) {
		scroll(whole, width);
		lines.line = xcalloc(1, sizeof *lines.line);
		lines.line[0] = whole;
		lines.count = 1;
		whole = NULL;
		return lines;
	}
	/* The caret behind the last letter needs a cell of its own. */
	width -= text->caret >= 0;
	return text_wrap(whole, text->language, width > 1 ? width : 1);
}

static int start_of(enum plate_edge edge, int room, int cells)
{
	int left = room > cells ? room - cells : 0;

	return edge == PLATE_LEFT ? 0 : edge == PLATE_RIGHT ? left : left / 2;
}

struct cell_line {
	const struct canvas_text *text;
	const char *line;
	int y;
	bool first, right_to_left, reorders;
};

static void draw_line(struct canvas *canvas, const struct cell_line *from)
{
	const struct canvas_text *text = from->text;
	enum plate_edge edge = edge_of(canvas, text->align);
	int lead = lead_cells(text), room = text->w - lead;
	struct canvas_area area = canvas_on_screen(
	    canvas, (struct canvas_area){ from->y, text->x, 1, text->w });
	SCOPED(char_freep)
	char *visual = from->reorders
			   ? text_visual(from->line, from->right_to_left)
			   : xstrdup(from->line);
	int cells = text_cells(visual);
	int x = area.x + (canvas->mirrored ? 0 : lead);
	bool bold = text->style != CANVAS_PLAIN;

	if (lead && from->first) {
		SCOPED(char_freep)
		char *before = text_visual(text->lead, from->right_to_left);
		int wide = text_cells(before);

		canvas_put(canvas, from->y,
			   canvas->mirrored ? area.x + area.w - wide : area.x,
			   lead, before, text->colour, bold);
	}
	canvas_put(canvas, from->y, x + start_of(edge, room, cells), room,
		   visual, text->colour, bold);
}

/* A caret before the first letter of a line has no letter to follow. */
static void draw_first_caret(struct canvas *canvas,
			     const struct canvas_text *text, int y,
			     const char *line, bool right_to_left)
{
	struct canvas_area area = canvas_on_screen(
	    canvas, (struct canvas_area){ y, text->x, 1, text->w });
	enum plate_edge edge = edge_of(canvas, text->align);
	int lead = lead_cells(text), cells = text_cells(line);
	int x = area.x + (canvas->mirrored ? 0 : lead) +
		start_of(edge, area.w - lead, cells ? cells : 1);

	x += right_to_left && cells ? cells - 1 : 0;
	if (y >= 0 && y < canvas->rows && x >= 0 && x < canvas->columns)
		canvas_cell(canvas, y, x)->caret = true;
}

static int draw_cells(struct canvas *canvas, const struct canvas_text *text)
{
	const struct language *language = language_find(text->language);
	bool rtl = language && language->right_to_left;
	bool reorders = rtl || grid_script(text->text) != GRID_PLAIN;
	struct text_lines lines = broken(text, reorders);
	size_t rows =
	    lines.count < (size_t)text->h ? lines.count : (size_t)text->h;
	int y = text->y + (text->middle ? (text->h - (int)rows) / 2 : 0);

	for (size_t i = 0; i < rows; i++) {
		SCOPED(char_freep)
		char *line =
		    cut_line(&lines, i, rows, text->w - lead_cells(text));

		draw_line(canvas, &(struct cell_line){
				      .text = text,
				      .line = line,
				      .y = y + (int)i,
				      .first = i == 0,
				      .right_to_left = rtl,
				      .reorders = reorders,
				  });
		if (!text->caret && !i)
			draw_first_caret(canvas, text, y, line, rtl);
	}
	text_lines_free(&lines);
	return text->middle ? text->h : (int)rows;
}

static int cell_rows(const struct canvas_text *text)
{
	bool joins = grid_script(text->text) != GRID_PLAIN;
	struct text_lines lines = broken(text, joins);
	int count = (int)lines.count;

	text_lines_free(&lines);
	return least(count, text->h);
}

struct canvas_text canvas_text_in(const struct canvas_area *area,
				  const char *text, const char *language)
{
	return (struct canvas_text){
		.y = area->y,
		.x = area->x,
		.h = area->h,
		.w = area->w,
		.text = text,
		.language = language,
		.caret = -1,
	};
}

int canvas_text_rows(const struct canvas *canvas,
		     const struct canvas_text *text)
{
	if (text->h < 1 || text->w < 1)
		return 0;
	return becomes_plate(canvas, text) ? plate_rows(canvas, text)
					   : cell_rows(text);
}

int canvas_text(struct canvas *canvas, const struct canvas_text *text)
{
	assert(text->caret <= (int)strlen(text->text));
	if (text->h < 1 || text->w < 1)
		return 0;
	return becomes_plate(canvas, text) ? draw_plate(canvas, text)
					   : draw_cells(canvas, text);
}
