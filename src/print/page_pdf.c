#include "print/page_pdf.h"

#include <assert.h>
#include <cairo-pdf.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "print/lettering.h"
#include "print/page_strip.h"

#define MARGIN 48     /* white at the left, the right and the top */
#define FOOT_BELOW 36 /* white below the foot */
#define FOOT_ABOVE 16 /* white above it, its line in the middle */
#define BAR 4         /* the width of the bar beside what matters */
#define BAR_AWAY 8    /* how far it begins outside of the texts */
#define RULE 0.6
#define GREY_HEAD 0.91
#define GREY_RULE 0.55
#define SIGN_SHARE 0.5
#define LINES_KEPT 40   /* points of what follows that stay with a heading */
#define ASKED_SHARE 0.5 /* of a sheet: what is asked at most stays together */

static const struct {
	double width, height;
} papers[] = {
	[SHEET_LETTER] = { 612, 792 },
	[SHEET_A4] = { 595.28, 841.89 },
};

struct sheets {
	const struct page *page;
	double width, height;
	struct strip *strips;
	size_t *heads; /* of each strip: its table's, or NO_HEAD */
	size_t count;
	struct strip foot;
	double bottom; /* of the texts, above the foot */
	int sheets;
};

#define NO_HEAD SIZE_MAX

enum sheet_paper sheet_paper_named(const char *name)
{
	return strcmp(name, "a4") == 0 ? SHEET_A4 : SHEET_LETTER;
}

static struct strip_room room_of(const struct sheets *sheets)
{
	return (struct strip_room){ MARGIN, sheets->width - 2 * MARGIN };
}

/* --- drawing --------------------------------------------------------------
 */

static void draw_box(cairo_t *cairo, const struct strip_line *line, double y)
{
	const double side = STRIP_BOX;

	cairo_set_line_width(cairo, 1);
	cairo_rectangle(cairo, line->x + 0.5, y + 0.5, side - 1, side - 1);
	cairo_stroke(cairo);
	if (line->box != PAGE_TICKED_BOX)
		return;
	cairo_set_line_width(cairo, 2);
	cairo_move_to(cairo, line->x + 0.2 * side, y + 0.5 * side);
	cairo_line_to(cairo, line->x + 0.42 * side, y + 0.75 * side);
	cairo_line_to(cairo, line->x + 0.85 * side, y + 0.15 * side);
	cairo_stroke(cairo);
}

/* from: what of the strip is above the sheet's y. */
static void draw_line(cairo_t *cairo, const struct strip_line *line, double y,
		      double from)
{
	double top = y + line->top - from;

	cairo_set_source_rgb(cairo, 0, 0, 0);
	if (!line->layout) {
		draw_box(cairo, line, top);
		return;
	}
	cairo_move_to(cairo, line->x, top + line->baseline);
	pango_cairo_show_layout_line(
	    cairo, pango_layout_get_line_readonly(line->layout, line->number));
}

static void draw_rule(cairo_t *cairo, double x, double y, double width,
		      double grey)
{
	cairo_set_source_rgb(cairo, grey, grey, grey);
	cairo_set_line_width(cairo, RULE);
	cairo_move_to(cairo, x, y);
	cairo_line_to(cairo, x + width, y);
	cairo_stroke(cairo);
}

static void draw_bar(const struct sheets *sheets, cairo_t *cairo, double y,
		     double height)
{
	const struct strip_room room = room_of(sheets);
	double x = strip_from_right(sheets->page)
		       ? room.left + room.width + BAR_AWAY - BAR
		       : room.left - BAR_AWAY;

	cairo_set_source_rgb(cairo, 0, 0, 0);
	cairo_rectangle(cairo, x, y, BAR, height);
	cairo_fill(cairo);
}

/* What stands behind or beside a strip's texts. */
static void draw_frame(const struct sheets *sheets, cairo_t *cairo,
		       const struct strip *strip, double y, double height)
{
	const struct strip_room room = room_of(sheets);
	double wide = room.width * SIGN_SHARE;

	switch (strip->kind) {
	case PAGE_TABLE:
		cairo_set_source_rgb(cairo, GREY_HEAD, GREY_HEAD, GREY_HEAD);
		cairo_rectangle(cairo, room.left, y, room.width, height);
		cairo_fill(cairo);
		draw_rule(cairo, room.left, y + height, room.width, 0);
		break;
	case PAGE_MARKED:
		draw_bar(sheets, cairo, y, height);
		draw_rule(cairo, room.left, y + height, room.width, GREY_RULE);
		break;
	case PAGE_ROW:
		draw_rule(cairo, room.left, y + height, room.width, GREY_RULE);
		break;
	case PAGE_WARNING:
		draw_bar(sheets, cairo, y, height);
		break;
	case PAGE_LINE:
		draw_rule(cairo, room.left, y, room.width, 0);
		break;
	case PAGE_SIGN:
		draw_rule(cairo,
			  strip_from_right(sheets->page)
			      ? room.left + room.width - wide
			      : room.left,
			  y, wide, 0);
		break;
	default:
		break;
	}
}

static void draw_strip(const struct sheets *sheets, cairo_t *cairo,
		       const struct strip *strip, double y)
{
	draw_frame(sheets, cairo, strip, y, strip->height);
	for (size_t i = 0; i < strip->count; i++) {
		for (size_t k = 0; k < strip->cells[i].count; k++)
			draw_line(cairo, &strip->cells[i].lines[k], y, 0);
	}
}

static void draw_number(const struct sheets *sheets, cairo_t *cairo, double y,
			int number)
{
	const struct page_foot *foot = page_foot(sheets->page);
	const struct strip_room room = room_of(sheets);
	PangoLayout *layout = lettering_layout(
	    &(struct lettering){ .language = "en", .size = 11 });
	SCOPED(char_freep)
	char *text = xasprintf("%s%s%d / %d", foot->date ? foot->date : "",
			       foot->date ? "   " : "", number, sheets->sheets);
	PangoRectangle around;

	pango_layout_set_text(layout, text, -1);
	pango_layout_get_extents(layout, NULL, &around);
	cairo_set_source_rgb(cairo, 0, 0, 0);
	cairo_move_to(cairo,
		      strip_from_right(sheets->page)
			  ? room.left
			  : room.left + room.width -
				pango_units_to_double(around.width),
		      y);
	pango_cairo_show_layout(cairo, layout);
	g_object_unref(layout);
}

static void draw_foot(const struct sheets *sheets, cairo_t *cairo, int number)
{
	const struct strip_room room = room_of(sheets);
	double y = sheets->bottom + FOOT_ABOVE;

	draw_rule(cairo, room.left, y - FOOT_ABOVE / 2.0, room.width, 0);
	draw_strip(sheets, cairo, &sheets->foot, y);
	draw_number(sheets, cairo, y, number);
}

/* --- sheets ---------------------------------------------------------------
 */

/* A walk over all strips that counts sheets, and draws where asked to. */
struct walk {
	const struct sheets *sheets;
	cairo_t *cairo; /* NULL: only counts */
	int only;       /* draws this sheet alone; 0: all */
	int number;
	double y;
};

static cairo_t *drawn_on(const struct walk *walk)
{
	return !walk->only || walk->only == walk->number ? walk->cairo : NULL;
}

static void end_sheet(struct walk *walk)
{
	cairo_t *cairo = drawn_on(walk);

	if (!cairo)
		return;
	draw_foot(walk->sheets, cairo, walk->number);
	if (!walk->only)
		cairo_show_page(cairo);
}

static void put_whole(struct walk *walk, const struct strip *strip)
{
	cairo_t *cairo = drawn_on(walk);

	if (cairo)
		draw_strip(walk->sheets, cairo, strip, walk->y);
	walk->y += strip->height;
}

/* Goes on at the top of the next sheet, below the heads of a table. */
static void turn(struct walk *walk, size_t head)
{
	end_sheet(walk);
	walk->number++;
	walk->y = MARGIN;
	if (head != NO_HEAD)
		put_whole(walk, &walk->sheets->strips[head]);
}

/* Lines that are done of each cell of a strip that takes several sheets. */
struct progress {
	size_t done[PAGE_COLUMNS];
};

/* Where the first line begins that is not done: false where all are. */
static bool rest_begins(const struct strip *strip,
			const struct progress *progress, double *from)
{
	bool rest = false;

	for (size_t i = 0; i < strip->count; i++) {
		const struct strip_cell *cell = &strip->cells[i];

		if (progress->done[i] == cell->count)
			continue;
		if (!rest || *from > cell->lines[progress->done[i]].top)
			*from = cell->lines[progress->done[i]].top;
		rest = true;
	}
	return rest;
}

/* The lines of a strip that this sheet has room for; returns their height. */
static double put_lines(struct walk *walk, const struct strip *strip,
			struct progress *progress, double from, bool force)
{
	double room = walk->sheets->bottom - walk->y, height = 0;
	cairo_t *cairo = drawn_on(walk);

	for (size_t i = 0; i < strip->count; i++) {
		const struct strip_cell *cell = &strip->cells[i];
		size_t *done = &progress->done[i];

		for (; *done < cell->count; (*done)++) {
			const struct strip_line *line = &cell->lines[*done];
			double end = line->top + line->height - from;

			if (end > room && !(force && line->top <= from))
				break;
			if (height < end)
				height = end;
			if (cairo)
				draw_line(cairo, line, walk->y, from);
		}
	}
	return height;
}

static void put_over_sheets(struct walk *walk, const struct strip *strip,
			    size_t head)
{
	struct progress progress = { { 0 } };
	bool fresh = false;
	double from = 0;

	while (rest_begins(strip, &progress, &from)) {
		double height = put_lines(walk, strip, &progress, from, fresh);
		cairo_t *cairo = drawn_on(walk);

		if (cairo && height > 0)
			draw_frame(walk->sheets, cairo, strip, walk->y, height);
		walk->y += height;
		if (!rest_begins(strip, &progress, &from))
			break;
		turn(walk, head);
		fresh = true;
	}
}

/* A question with its hint and all that is to be answered. */
static double asked(const struct sheets *sheets, size_t index)
{
	double height = sheets->strips[index].height;

	for (size_t i = index + 1; i < sheets->count; i++) {
		const struct strip *strip = &sheets->strips[i];

		if (strip->kind != PAGE_PARAGRAPH &&
		    strip->kind != PAGE_CHECK && strip->kind != PAGE_LINE)
			break;
		height += strip->above + strip->height;
	}
	return height;
}

static double needed(const struct sheets *sheets, size_t index);

/* Of what follows a heading, as much as says what it heads. */
static double needed_below(const struct sheets *sheets, size_t index)
{
	const struct strip *strip = &sheets->strips[index];

	if (strip->kind == PAGE_HEADING || strip->kind == PAGE_QUESTION)
		return strip->above + needed(sheets, index);
	return strip->above +
	       (strip->height < LINES_KEPT ? strip->height : LINES_KEPT);
}

/* What must fit below a strip's top for it to stand on this sheet. */
static double needed(const struct sheets *sheets, size_t index)
{
	const struct strip *strip = &sheets->strips[index];
	const struct strip *next = strip + 1;
	double all;

	if (index + 1 == sheets->count)
		return strip->height;
	switch (strip->kind) {
	case PAGE_QUESTION:
		all = asked(sheets, index);
		if (all <= (sheets->bottom - MARGIN) * ASKED_SHARE)
			return all;
		return strip->height + needed_below(sheets, index + 1);
	case PAGE_TITLE:
	case PAGE_HEADING:
		return strip->height + needed_below(sheets, index + 1);
	case PAGE_TABLE:
		return strip->height + next->above + next->height;
	default:
		return strip->height;
	}
}

static bool may_break(const struct strip *strip)
{
	return strip->kind == PAGE_PARAGRAPH || strip->kind == PAGE_WARNING;
}

static void put_strip(struct walk *walk, size_t index)
{
	const struct sheets *sheets = walk->sheets;
	const struct strip *strip = &sheets->strips[index];
	size_t head = sheets->heads[index];
	double whole = sheets->bottom - MARGIN;
	bool fits;

	if (head != NO_HEAD)
		whole -= sheets->strips[head].height;
	if (walk->y > MARGIN)
		walk->y += strip->above;
	fits = walk->y + needed(sheets, index) <= sheets->bottom;
	if (!fits && !may_break(strip) && walk->y > MARGIN &&
	    strip->height <= whole) {
		turn(walk, head);
		fits = true;
	}
	if (fits || walk->y + strip->height <= sheets->bottom)
		put_whole(walk, strip);
	else
		put_over_sheets(walk, strip, head);
}

/* Returns how many sheets there are. */
static int walk_all(const struct sheets *sheets, cairo_t *cairo, int only)
{
	struct walk walk = { .sheets = sheets,
			     .cairo = cairo,
			     .only = only,
			     .number = 1,
			     .y = MARGIN };

	for (size_t i = 0; i < sheets->count && walk.number <= SHEETS_MOST; i++)
		put_strip(&walk, i);
	end_sheet(&walk);
	return walk.number;
}

static void lay_out(struct sheets *sheets)
{
	const struct page_block *block;
	const int *shares = NULL;
	size_t head = NO_HEAD;

	while (page_block(sheets->page, sheets->count))
		sheets->count++;
	sheets->strips = xcalloc(sheets->count + 1, sizeof *sheets->strips);
	sheets->heads = xcalloc(sheets->count + 1, sizeof *sheets->heads);
	for (size_t i = 0; i < sheets->count; i++) {
		bool in_table;

		block = page_block(sheets->page, i);
		in_table =
		    block->kind == PAGE_ROW || block->kind == PAGE_MARKED;
		if (block->kind == PAGE_TABLE) {
			shares = block->shares;
			head = i;
		}
		strip_init(&sheets->strips[i], sheets->page, block,
			   in_table || block->shares ? shares : NULL,
			   room_of(sheets));
		sheets->heads[i] = in_table ? head : NO_HEAD;
	}
}

static void tell_unknown(const struct sheets *sheets)
{
	int unknown = strip_unknown(&sheets->foot);

	for (size_t i = 0; i < sheets->count; i++)
		unknown += strip_unknown(&sheets->strips[i]);
	if (unknown)
		log_warning("a printed page: no installed font has %d of its "
			    "characters; install the Noto font of their script",
			    unknown);
}

enum fault sheets_new(const struct page *page, enum sheet_paper paper,
		      struct sheets **out)
{
	SCOPED(sheets_freep)
	struct sheets *sheets = xcalloc(1, sizeof *sheets);

	*sheets = (struct sheets){ .page = page,
				   .width = papers[paper].width,
				   .height = papers[paper].height };
	lay_out(sheets);
	strip_init_foot(&sheets->foot, page, room_of(sheets));
	sheets->bottom =
	    sheets->height - FOOT_BELOW - sheets->foot.height - FOOT_ABOVE;
	sheets->sheets = walk_all(sheets, NULL, 0);
	if (sheets->sheets > SHEETS_MOST) {
		log_error("more than %d sheets of paper; print a part of it",
			  SHEETS_MOST);
		return FAULT_LIMIT;
	}
	tell_unknown(sheets);
	*out = sheets;
	sheets = NULL;
	return FAULT_NONE;
}

void sheets_free(struct sheets *sheets)
{
	if (!sheets)
		return;
	for (size_t i = 0; i < sheets->count; i++)
		strip_done(&sheets->strips[i]);
	strip_done(&sheets->foot);
	free(sheets->strips);
	free(sheets->heads);
	free(sheets);
}

int sheets_count(const struct sheets *sheets)
{
	return sheets->sheets;
}

/* --- files ----------------------------------------------------------------
 */

static cairo_status_t take_bytes(void *to, const unsigned char *data,
				 unsigned length)
{
	bytes_add(to, data, length);
	return CAIRO_STATUS_SUCCESS;
}

/* What a reader shows above the page. */
static const char *title_of(const struct page *page)
{
	const struct page_block *first = page_block(page, 0);

	if (first && first->kind == PAGE_TITLE && first->texts[0].staff)
		return first->texts[0].staff;
	return "Foyer";
}

void sheets_pdf(const struct sheets *sheets, struct bytes *out)
{
	struct sheets *one = (struct sheets *)sheets;

	sheets_pdf_all(&one, 1, out);
}

void sheets_pdf_all(struct sheets *const *all, size_t count, struct bytes *out)
{
	const struct sheets *sheets = all[0];
	const struct page_foot *foot = page_foot(sheets->page);
	cairo_surface_t *surface = cairo_pdf_surface_create_for_stream(
	    take_bytes, out, sheets->width, sheets->height);
	cairo_t *cairo = cairo_create(surface);

	cairo_pdf_surface_set_metadata(surface, CAIRO_PDF_METADATA_TITLE,
				       title_of(sheets->page));
	if (foot->agency)
		cairo_pdf_surface_set_metadata(
		    surface, CAIRO_PDF_METADATA_AUTHOR, foot->agency);
	if (foot->date)
		cairo_pdf_surface_set_metadata(
		    surface, CAIRO_PDF_METADATA_CREATE_DATE, foot->date);
	for (size_t i = 0; i < count; i++)
		(void)walk_all(all[i], cairo, 0);
	cairo_destroy(cairo);
	cairo_surface_destroy(surface);
}

void sheets_png(const struct sheets *sheets, int number, int dpi,
		struct bytes *out)
{
	double scale = dpi / 72.0;
	cairo_surface_t *surface = cairo_image_surface_create(
	    CAIRO_FORMAT_RGB24, (int)(sheets->width * scale),
	    (int)(sheets->height * scale));
	cairo_t *cairo = cairo_create(surface);

	assert(number >= 1 && number <= sheets->sheets);
	cairo_set_source_rgb(cairo, 1, 1, 1);
	cairo_paint(cairo);
	cairo_scale(cairo, scale, scale);
	(void)walk_all(sheets, cairo, number);
	cairo_surface_write_to_png_stream(surface, take_bytes, out);
	cairo_destroy(cairo);
	cairo_surface_destroy(surface);
}
