#include "print/page_strip.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "print/lettering.h"

#define GAP 18          /* between two languages side by side */
#define PADDING 5       /* of a table's cell, on each side */
#define BOX_ROOM 18     /* what a box and the white behind it take */
#define FOOT_SHARE 0.76 /* the rest is for date and number */

/* Sizes in points. alone is that of the staff's language by itself. */
static const struct style {
	double own, staff, alone, above, padding;
	bool bold;
} styles[] = {
	[PAGE_TITLE] = { 19, 14, 19, 0, 0, true },
	[PAGE_HEADING] = { 14, 12, 13.5, 14, 0, true },
	[PAGE_QUESTION] = { 12, 11, 11.5, 12, 0, true },
	[PAGE_PARAGRAPH] = { 12, 11, 11.5, 8, 0, false },
	[PAGE_WARNING] = { 12, 11, 11.5, 10, 2, true },
	[PAGE_PAIR] = { 12, 11, 11.5, 4, 0, false },
	[PAGE_CHECK] = { 12, 11, 11.5, 6, 0, false },
	[PAGE_SIGN] = { 12, 11, 11.5, 40, 4, false },
	[PAGE_LINE] = { 12, 11, 11.5, 24, 0, false },
	[PAGE_TABLE] = { 11.5, 11, 11, 10, 4, true },
	[PAGE_ROW] = { 11.5, 11, 11, 0, 4, false },
	[PAGE_MARKED] = { 11.5, 11, 11, 0, 4, true },
};

static const struct style foot_style = { 11, 11, 11, 0, 0, false };

/* Where a stack of texts goes. */
enum side {
	SIDE_LEFT,
	SIDE_RIGHT,
	SIDE_OF_TEXT, /* the one that it begins at */
};

struct slot {
	double x, width;
	enum side side;
	double below; /* what the stack takes so far */
};

bool strip_from_right(const struct page *page)
{
	return page_own(page)->right_to_left;
}

static enum side side_of(const struct page *page)
{
	return strip_from_right(page) ? SIDE_RIGHT : SIDE_LEFT;
}

/* --- lines ----------------------------------------------------------------
 */

static struct strip_line *add_line(struct strip_cell *cell)
{
	cell->lines =
	    xreallocarray(cell->lines, cell->count + 1, sizeof *cell->lines);
	return &cell->lines[cell->count++];
}

static bool begins_right(PangoLayoutIter *iter, enum side side)
{
	PangoLayoutLine *line = pango_layout_iter_get_line_readonly(iter);

	if (side != SIDE_OF_TEXT)
		return side == SIDE_RIGHT;
	return pango_layout_line_get_resolved_direction(line) ==
	       PANGO_DIRECTION_RTL;
}

static void take_lines(struct strip_cell *cell, PangoLayout *layout,
		       struct slot *slot)
{
	PangoLayoutIter *iter = pango_layout_get_iter(layout);
	double top = slot->below;
	int number = 0;

	do {
		struct strip_line *line = add_line(cell);
		PangoRectangle around;
		double spare, left;
		int first, last;

		pango_layout_iter_get_line_extents(iter, NULL, &around);
		pango_layout_iter_get_line_yrange(iter, &first, &last);
		left = pango_units_to_double(around.x);
		spare = slot->width - pango_units_to_double(around.width);
		*line = (struct strip_line){
			.layout = g_object_ref(layout),
			.number = number++,
			.x = slot->x - left +
			     (begins_right(iter, slot->side) ? spare : 0),
			.top = top + pango_units_to_double(first),
			.height = pango_units_to_double(last - first),
			.baseline = pango_units_to_double(
			    pango_layout_iter_get_baseline(iter) - first),
		};
		slot->below = line->top + line->height;
	} while (pango_layout_iter_next_line(iter));
	pango_layout_iter_free(iter);
}

/* language NULL: nobody noted it. */
static void put_text(struct strip_cell *cell, struct slot *slot,
		     const char *text, const struct language *language,
		     double size, bool bold)
{
	PangoLayout *layout;
	char *sound;

	if (!text)
		return;
	layout = lettering_layout(&(struct lettering){
	    .language = language ? language->tag : "und",
	    .families = language ? language->families : NULL,
	    .right_to_left = language && language->right_to_left,
	    .by_letters = !language,
	    .size = size,
	    .bold = bold,
	});
	/* What is no UTF-8 is shown as such, and the rest stays readable. */
	sound = g_utf8_make_valid(text, -1);
	pango_layout_set_width(layout, pango_units_from_double(slot->width));
	/* Where a line begins is this file's to say. */
	pango_layout_set_alignment(layout, PANGO_ALIGN_LEFT);
	pango_layout_set_text(layout, sound, -1);
	take_lines(cell, layout, slot);
	g_free(sound);
	g_object_unref(layout);
}

static void put_box(struct strip_cell *cell, struct slot *slot,
		    const struct page *page, enum page_box box)
{
	const bool right = strip_from_right(page);

	*add_line(cell) = (struct strip_line){
		.x = right ? slot->x + slot->width - STRIP_BOX : slot->x,
		.top = slot->below + 2,
		.height = STRIP_BOX + 2,
		.baseline = STRIP_BOX - 1,
		.box = box,
	};
	slot->width -= BOX_ROOM;
	if (!right)
		slot->x += BOX_ROOM;
}

/* The person's language, the staff's below it, and what somebody wrote. */
static void put_said(struct strip_cell *cell, struct slot *slot,
		     const struct page *page, const struct page_said *said,
		     const struct style *style)
{
	double below;

	if (said->box)
		put_box(cell, slot, page, said->box);
	below = slot->below;
	put_text(cell, slot, said->own, page_own(page), style->own,
		 style->bold);
	put_text(cell, slot, said->staff, page_staff(page),
		 said->own ? style->staff : style->alone,
		 style->bold && !said->own);
	put_text(cell, slot, said->typed, NULL, style->alone, style->bold);
	if (said->box && slot->below < below + STRIP_BOX + 4)
		slot->below = below + STRIP_BOX + 4;
}

/* --- blocks ---------------------------------------------------------------
 */

/* Half of the room: the first is where the page begins. */
static struct slot half(const struct page *page, struct strip_room room,
			int which, double padding)
{
	double width = (room.width - GAP) / 2;
	bool left = (which == 0) != strip_from_right(page);

	return (struct slot){ room.left + (left ? 0 : width + GAP), width,
			      SIDE_OF_TEXT, padding };
}

static void grow(struct strip *strip, const struct slot *slot, double padding)
{
	if (strip->height < slot->below + padding)
		strip->height = slot->below + padding;
}

static void lay_beside(struct strip *strip, const struct page *page,
		       const struct page_said *said, struct strip_room room,
		       const struct style *style)
{
	const struct page_said parts[] = {
		{ .own = said->own, .box = said->box },
		{ .staff = said->staff },
	};

	strip->count = COUNT(parts);
	for (int i = 0; i < (int)COUNT(parts); i++) {
		struct slot slot = half(page, room, i, style->padding);

		put_said(&strip->cells[i], &slot, page, &parts[i],
			 &(struct style){ style->own, style->staff, style->own,
					  0, 0, style->bold });
		grow(strip, &slot, style->padding);
	}
}

static void lay_one(struct strip *strip, const struct page *page,
		    const struct page_said *said, struct strip_room room,
		    const struct style *style)
{
	struct slot slot = { room.left, room.width, SIDE_OF_TEXT,
			     style->padding };

	/* A box is where the page begins, and its text beside it. */
	if (said->box)
		slot.side = side_of(page);
	strip->count = 1;
	put_said(&strip->cells[0], &slot, page, said, style);
	grow(strip, &slot, style->padding);
}

/* Cells side by side, from where the page begins; shares are of one whole. */
static void lay_cells(struct strip *strip, const struct page *page,
		      const struct page_said *texts, const double *shares,
		      struct strip_room room, const struct style *style)
{
	double before = 0;

	for (size_t i = 0; i < strip->count; i++) {
		struct style own = *style;

		double width = room.width * shares[i];
		double x = strip_from_right(page)
			       ? room.left + room.width - before - width
			       : room.left + before;
		struct slot slot = { x + PADDING, width - 2 * PADDING,
				     side_of(page), style->padding };

		/* Of a pair, what it is stands out, and the staff's word for
		 * it is at the far side. */
		if (i == 2 && strip->kind == PAGE_PAIR)
			slot.side = SIDE_OF_TEXT;
		own.bold |= i == 0 && strip->kind == PAGE_PAIR;
		put_said(&strip->cells[i], &slot, page, &texts[i], &own);
		grow(strip, &slot, style->padding);
		before += width;
	}
}

static void lay_row(struct strip *strip, const struct page *page,
		    const struct page_block *block, const int *shares,
		    struct strip_room room)
{
	double parts[PAGE_COLUMNS], whole = 0;

	strip->count = block->count;
	for (size_t i = 0; i < block->count; i++)
		whole += shares[i];
	for (size_t i = 0; i < block->count; i++)
		parts[i] = shares[i] / whole;
	lay_cells(strip, page, block->texts, parts, room, &styles[block->kind]);
}

static bool is_beside(const struct page *page, const struct page_said *said)
{
	return page_order(page) == PAGE_BESIDE && said->own && said->staff &&
	       !said->typed;
}

/* What it is stands out, and what it says begins where all do; in two columns
 * the staff's word for it is at the far side. */
static void lay_pair(struct strip *strip, const struct page *page,
		     const struct page_block *block, struct strip_room room)
{
	static const double under[] = { 0.34, 0.66 },
			    beside[] = { 0.3, 0.45, 0.25 };
	const struct page_said *key = &block->texts[0];
	const bool three = is_beside(page, key);
	const struct page_said texts[] = {
		three ? (struct page_said){ .own = key->own } : *key,
		block->texts[1],
		{ .staff = three ? key->staff : NULL },
	};
	struct strip_room wide = { room.left - PADDING,
				   room.width + 2 * PADDING };

	strip->count = three ? 3 : 2;
	lay_cells(strip, page, texts, three ? beside : under, wide,
		  &styles[PAGE_PAIR]);
}

/* Where the first letters of a cell stand; a box's foot where it has none. */
static double first_baseline(const struct strip_cell *cell)
{
	const struct strip_line *line = cell->lines;

	if (!line->layout && cell->count > 1)
		line++;
	return line->top + line->baseline;
}

/* Scripts differ in what they take above their letters: the first lines of all
 * cells stand on one, and so does a box before them. */
static void align(struct strip *strip)
{
	double lowest = 0, further = 0;

	for (size_t i = 0; i < strip->count; i++) {
		if (strip->cells[i].count &&
		    lowest < first_baseline(&strip->cells[i]))
			lowest = first_baseline(&strip->cells[i]);
	}
	for (size_t i = 0; i < strip->count; i++) {
		struct strip_cell *cell = &strip->cells[i];
		double by = cell->count ? lowest - first_baseline(cell) : 0;

		for (size_t k = 0; k < cell->count; k++) {
			struct strip_line *line = &cell->lines[k];

			if (line->layout)
				line->top += by;
			else
				line->top = lowest - line->baseline;
			if (further < line->top + line->height)
				further = line->top + line->height;
		}
	}
	further += styles[strip->kind].padding;
	if (strip->height < further)
		strip->height = further;
}

void strip_init(struct strip *strip, const struct page *page,
		const struct page_block *block, const int *shares,
		struct strip_room room)
{
	static const int even[PAGE_COLUMNS] = { [0 ... PAGE_COLUMNS - 1] = 1 };
	const struct style *style = &styles[block->kind];
	const struct page_said *said = &block->texts[0];

	*strip = (struct strip){ .kind = block->kind, .above = style->above };
	if (block->kind == PAGE_PAIR)
		lay_pair(strip, page, block, room);
	else if (shares)
		lay_row(strip, page, block, shares, room);
	else if (block->count > 1)
		lay_row(strip, page, block, even, room);
	else if (is_beside(page, said))
		lay_beside(strip, page, said, room, style);
	else
		lay_one(strip, page, said, room, style);
	align(strip);
}

void strip_init_foot(struct strip *strip, const struct page *page,
		     struct strip_room room)
{
	const struct page_foot *foot = page_foot(page);
	SCOPED(char_freep)
	char *agency = xasprintf("%s%s%s", foot->agency ? foot->agency : "",
				 foot->agency && foot->phone ? " · " : "",
				 foot->phone ? foot->phone : "");
	const struct page_said texts[] = { { .typed = *agency ? agency : NULL },
					   { 0 } };
	static const double shares[] = { FOOT_SHARE, 1 - FOOT_SHARE };
	struct strip_room wide = { room.left - PADDING,
				   room.width + 2 * PADDING };
	struct slot slot = { room.left, room.width, side_of(page), 0 };

	*strip = (struct strip){ .kind = PAGE_PARAGRAPH, .count = 1 };
	lay_cells(strip, page, texts, shares, wide, &foot_style);
	slot.below = strip->height;
	put_said(&strip->cells[0], &slot, page, &foot->made_up, &foot_style);
	grow(strip, &slot, 0);
}

void strip_done(struct strip *strip)
{
	for (size_t i = 0; i < strip->count; i++) {
		struct strip_cell *cell = &strip->cells[i];

		for (size_t k = 0; k < cell->count; k++) {
			if (cell->lines[k].layout)
				g_object_unref(cell->lines[k].layout);
		}
		free(cell->lines);
	}
}

int strip_unknown(const struct strip *strip)
{
	int unknown = 0;

	for (size_t i = 0; i < strip->count; i++) {
		const struct strip_cell *cell = &strip->cells[i];

		for (size_t k = 0; k < cell->count; k++) {
			const struct strip_line *line = &cell->lines[k];

			/* Once a layout, at its first line. */
			if (line->layout && line->number == 0)
				unknown +=
				    pango_layout_get_unknown_glyphs_count(
					line->layout);
		}
	}
	return unknown;
}
