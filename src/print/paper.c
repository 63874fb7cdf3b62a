#include "print/paper.h"

#include <assert.h>
#include <pango/pangocairo.h>
#include <string.h>

#include "base/log.h"
#include "print/escpos.h"
#include "print/ink.h"
#include "print/lettering.h"
#include "print/pictogram.h"

#define SIDE 8 /* dots free at the left and right: a reprint moves by 3 */

/* The one line that everybody's paper carries. */
#define SHOW_ENGLISH "Show this paper at the desk now"
#define SHOW_FRENCH "Montrez ce papier au comptoir maintenant"

enum part {
	AGENCY,
	NUMBER,
	DATE,
	DESK,
	HELPLINE,
	SHOW,
	EXTRA,
	PARTS,
};

/* Sizes are dots on the narrow paper; the wide one takes a quarter more. */
static const struct {
	const char *name;
	int size, above;
	bool bold;
} styles[] = {
	[AGENCY] = { "agency", 30, 8, true },
	[NUMBER] = { "number", 66, 2, true },
	[DATE] = { "date", 26, 2, false },
	[DESK] = { "desk", 26, 4, false },
	[HELPLINE] = { "helpline", 26, 4, false },
	[SHOW] = { "line to show it", 26, 14, true },
	[EXTRA] = { "line in the chosen language", 28, 8, true },
};

static_assert(COUNT(styles) == PARTS, "every part has a style");

#define PICTOGRAM 96 /* dots a side on the narrow paper */

/* A text laid out; layout is NULL for one that takes no room. */
struct block {
	PangoLayout *layout;
	int x, y, width, height;
};

struct sheet {
	const struct paper *paper;
	int width;
	struct block blocks[PARTS];
	int pictogram_y;
	int symbol_y;
	int height;
};

static int scaled(const struct sheet *sheet, int dots)
{
	return sheet->width >= PAPER_WIDE ? dots * 5 / 4 : dots;
}

static struct paper_line line_of(const struct paper *paper, enum part part)
{
	const char *const texts[PARTS] = {
		[AGENCY] = paper->agency,
		[NUMBER] = paper->number,
		[DATE] = paper->date,
		[DESK] = paper->desk,
		[HELPLINE] = paper->helpline,
		[SHOW] = SHOW_ENGLISH "\n" SHOW_FRENCH,
	};

	if (part == EXTRA && paper->extra)
		return *paper->extra;
	return (struct paper_line){ texts[part], "en", NULL, false };
}

static PangoLayout *layout_new(const struct sheet *sheet,
			       const struct paper_line *line, enum part part)
{
	return lettering_layout(&(struct lettering){
	    .language = line->language,
	    .families = line->families,
	    .right_to_left = line->right_to_left,
	    .by_letters = part != EXTRA,
	    .size = scaled(sheet, styles[part].size),
	    .bold = styles[part].bold,
	    .crisp = true,
	});
}

static enum fault check_text(const char *text, const char *name)
{
	if (strlen(text) > PAPER_TEXT_MAX) {
		log_error("the ticket's %s is longer than %d bytes; shorten it",
			  name, PAPER_TEXT_MAX);
		return FAULT_LIMIT;
	}
	if (!g_utf8_validate(text, -1, NULL)) {
		log_error("the ticket's %s is not UTF-8; save the file it "
			  "comes from as UTF-8",
			  name);
		return FAULT_FORMAT;
	}
	return FAULT_NONE;
}

static enum fault check_glyphs(PangoLayout *layout, const char *name)
{
	int unknown = pango_layout_get_unknown_glyphs_count(layout);

	if (!unknown)
		return FAULT_NONE;
	log_error("the ticket's %s \"%s\": no installed font has %d of its "
		  "characters; install the Noto font of its script",
		  name, pango_layout_get_text(layout), unknown);
	return FAULT_FORMAT;
}

/* Lays out one part at y; the pictogram stands left of the line to show. */
static enum fault lay_out(struct sheet *sheet, enum part part, int y)
{
	struct paper_line line = line_of(sheet->paper, part);
	struct block *block = &sheet->blocks[part];
	int room = part == SHOW ? scaled(sheet, PICTOGRAM + 10) : 0;
	enum fault fault;

	block->y = y;
	if (!line.text || !line.text[0])
		return FAULT_NONE;
	if ((fault = check_text(line.text, styles[part].name)))
		return fault;
	block->layout = layout_new(sheet, &line, part);
	block->x = SIDE + room;
	block->y = y + scaled(sheet, styles[part].above);
	block->width = sheet->width - 2 * SIDE - room;
	pango_layout_set_width(block->layout, block->width * PANGO_SCALE);
	pango_layout_set_alignment(block->layout, part == SHOW
						      ? PANGO_ALIGN_LEFT
						      : PANGO_ALIGN_CENTER);
	pango_layout_set_text(block->layout, line.text, -1);
	pango_layout_get_pixel_size(block->layout, NULL, &block->height);
	return check_glyphs(block->layout, styles[part].name);
}

/* The line and its pictogram stand side by side, centred on each other. */
static int centre_pictogram(struct sheet *sheet)
{
	struct block *show = &sheet->blocks[SHOW];
	int side = scaled(sheet, PICTOGRAM);
	int top = show->y;
	int height = show->height > side ? show->height : side;

	show->y = top + (height - show->height) / 2;
	sheet->pictogram_y = top + (height - side) / 2;
	return top + height;
}

static enum fault place_all(struct sheet *sheet)
{
	const struct paper_symbol *symbol = &sheet->paper->symbol;
	int quiet = PAPER_QUIET * symbol->dots;
	enum fault fault;
	int y = 0;

	for (int part = 0; part < PARTS; part++) {
		if ((fault = lay_out(sheet, part, y)))
			return fault;
		y = sheet->blocks[part].y + sheet->blocks[part].height;
		if (part == SHOW)
			y = centre_pictogram(sheet);
	}
	sheet->symbol_y = y + quiet;
	sheet->height = sheet->symbol_y + symbol->side * symbol->dots + quiet;
	if (sheet->height <= PICTURE_MAX_HEIGHT)
		return FAULT_NONE;
	log_error("the ticket's texts need %d rows of dots, and %d is the "
		  "most; shorten them",
		  sheet->height, PICTURE_MAX_HEIGHT);
	return FAULT_LIMIT;
}

static void draw_texts(const void *from, cairo_t *cairo)
{
	const struct sheet *sheet = from;

	for (int part = 0; part < PARTS; part++) {
		const struct block *block = &sheet->blocks[part];

		if (!block->layout)
			continue;
		cairo_move_to(cairo, block->x, block->y);
		pango_cairo_show_layout(cairo, block->layout);
	}
	cairo_save(cairo);
	cairo_translate(cairo, SIDE, sheet->pictogram_y);
	pictogram_show_paper(cairo, scaled(sheet, PICTOGRAM));
	cairo_restore(cairo);
}

static void sheet_done(struct sheet *sheet)
{
	for (int part = 0; part < PARTS; part++) {
		if (sheet->blocks[part].layout)
			g_object_unref(sheet->blocks[part].layout);
	}
}

enum fault paper_draw(const struct paper *paper, int width,
		      struct picture **out)
{
	const struct paper_symbol *symbol = &paper->symbol;
	SCOPED(sheet_done)
	struct sheet sheet = { .paper = paper, .width = width };
	enum fault fault;

	assert(width == PAPER_NARROW || width == PAPER_WIDE);
	assert(symbol->modules && symbol->side > 0 && symbol->dots > 1);
	if (symbol->side > (width - 12) / symbol->dots) {
		log_error("a symbol of %d modules of %d dots is wider than the "
			  "paper's %d dots; set a wider paper",
			  symbol->side, symbol->dots, width);
		return FAULT_LIMIT;
	}
	if ((fault = place_all(&sheet)))
		return fault;
	*out = picture_new(width, sheet.height);
	ink_drawing(*out, draw_texts, &sheet);
	ink_symbol(*out, &paper->symbol, sheet.symbol_y);
	(void)escpos_mend(*out);
	return FAULT_NONE;
}
