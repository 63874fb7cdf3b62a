#include "ui/painter.h"

#include <pango/pangocairo.h>
#include <stdlib.h>
#include <string.h>

#include "text/emphasis.h"
#include "text/language.h"
#include "ui/drawing.h"
#include "ui/pictogram.h"

/* Behind the families of a language: signs, and whatever it lacks. */
#define FAMILIES_ALWAYS \
	"Noto Sans, Noto Naskh Arabic, DejaVu Sans, DejaVu Sans Mono"

/* What a terminal's cells are drawn with, and its advance, percent of an em. */
#define MONOSPACE "DejaVu Sans Mono"
#define MONOSPACE_PERCENT 60

#define SYMBOL_QUIET 2      /* modules left white around a symbol */
#define DRAWING_GAP 20      /* of a picture's height is left on each side */
#define STEPS 9             /* sizes tried, from the wanted one down */
#define STEP_PERCENT 5      /* of the wanted size between two of them */
#define LINE_PERCENT 125    /* of an em: the least height of a large line */
#define BASELINE_PERCENT 30 /* of an em: baseline below a line's middle */

struct painter {
	PangoFontMap *map;
	PangoContext *context;
	int cell_height, cell_width;
};

struct painter *painter_new(int cell_height, int cell_width)
{
	struct painter *painter = xcalloc(1, sizeof *painter);
	cairo_font_options_t *options = cairo_font_options_create();

	cairo_font_options_set_antialias(options, CAIRO_ANTIALIAS_GRAY);
	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	painter->map = pango_cairo_font_map_new();
	painter->context = pango_font_map_create_context(painter->map);
	pango_cairo_context_set_font_options(painter->context, options);
	pango_context_set_round_glyph_positions(painter->context, FALSE);
	cairo_font_options_destroy(options);
	painter->cell_height = cell_height;
	painter->cell_width = cell_width;
	return painter;
}

void painter_free(struct painter *painter)
{
	if (!painter)
		return;
	g_object_unref(painter->context);
	g_object_unref(painter->map);
	free(painter);
}

/* --- layout --------------------------------------------------------------- */

/* A plate's text at a size: where each line goes. */
struct page {
	PangoLayout *layout;
	int width, height; /* pixels of the plate */
	int indent;        /* left for the lead */
	int lines, pitch;  /* pixels from one line to the next */
	int baseline;      /* below a line's top */
};

static bool is_large(const struct plate *plate)
{
	return plate->style == CANVAS_HEADING || plate->style == CANVAS_NUMBER;
}

static bool scrolls(const struct plate *plate)
{
	return plate->caret >= 0 && plate->h == 1;
}

static PangoFontDescription *font_of(const struct plate *plate, int em)
{
	PangoFontDescription *font = pango_font_description_new();
	SCOPED(char_freep)
	char *families = plate->language
			     ? xasprintf("%s, %s", plate->language->families,
					 FAMILIES_ALWAYS)
			     : xstrdup(FAMILIES_ALWAYS);

	pango_font_description_set_family(font, families);
	pango_font_description_set_weight(font, plate->style == CANVAS_PLAIN
						    ? PANGO_WEIGHT_NORMAL
						    : PANGO_WEIGHT_BOLD);
	pango_font_description_set_absolute_size(font, em * PANGO_SCALE);
	return font;
}

/* --- emphasis ------------------------------------------------------------- */

/* Scripts that have an italic; letters of the others do not lean. */
static bool leans(const struct plate *plate)
{
	static const char *const scripts[] = { "Latn", "Cyrl", "Grek" };

	for (size_t i = 0; plate->language && i < COUNT(scripts); i++) {
		if (strcmp(plate->language->script, scripts[i]) == 0)
			return true;
	}
	return false;
}

static void add_attribute(PangoAttrList *list, PangoAttribute *attribute,
			  size_t start, size_t end)
{
	attribute->start_index = (guint)start;
	attribute->end_index = (guint)end;
	pango_attr_list_insert(list, attribute);
}

/* What is bold already is underlined, and so is what cannot lean. */
static void emphasize(PangoAttrList *list, const struct plate *plate,
		      unsigned emphasis, size_t start, size_t end)
{
	bool bold = emphasis & EMPHASIS_BOLD;
	bool italic = emphasis & EMPHASIS_ITALIC;
	bool already = plate->style != CANVAS_PLAIN;

	if (bold && !already)
		add_attribute(list, pango_attr_weight_new(PANGO_WEIGHT_BOLD),
			      start, end);
	if (italic && leans(plate))
		add_attribute(list, pango_attr_style_new(PANGO_STYLE_ITALIC),
			      start, end);
	if ((bold && already) || (italic && !leans(plate)))
		add_attribute(list,
			      pango_attr_underline_new(PANGO_UNDERLINE_SINGLE),
			      start, end);
}

/* The text without its marks, and what they stood for. */
static void set_text(PangoLayout *layout, const struct plate *plate,
		     const char *text)
{
	uint8_t *of_byte = NULL;
	SCOPED(char_wipep) char *bare = emphasis_bare(text, &of_byte);
	PangoAttrList *list = pango_attr_list_new();
	size_t length = strlen(bare);

	for (size_t at = 0, end = 0; at < length; at = end) {
		while (end < length && of_byte[end] == of_byte[at])
			end++;
		if (of_byte[at])
			emphasize(list, plate, of_byte[at], at, end);
	}
	pango_layout_set_text(layout, bare, -1);
	pango_layout_set_attributes(layout, list);
	pango_attr_list_unref(list);
	free(of_byte);
}

static PangoLayout *layout_of(struct painter *painter,
			      const struct plate *plate, const char *text,
			      int em)
{
	PangoFontDescription *font = font_of(plate, em);
	bool rtl = plate->language && plate->language->right_to_left;
	PangoLayout *layout;

	pango_context_set_language(
	    painter->context,
	    pango_language_from_string(plate->language ? plate->language->tag
						       : "und"));
	pango_context_set_base_dir(painter->context, rtl ? PANGO_DIRECTION_RTL
							 : PANGO_DIRECTION_LTR);
	layout = pango_layout_new(painter->context);
	pango_layout_set_auto_dir(layout, FALSE);
	pango_layout_set_font_description(layout, font);
	pango_font_description_free(font);
	set_text(layout, plate, text);
	return layout;
}

/* Lines that fit below each other at a size. */
static int lines_allowed(const struct painter *painter,
			 const struct plate *plate, int em)
{
	int height = plate->h * painter->cell_height;
	int pitch = is_large(plate) ? em * LINE_PERCENT / 100
				    : plate->line_rows * painter->cell_height;

	return height > pitch ? height / pitch : 1;
}

/* Lines in the middle share the height; others follow row by row. */
static int pitch_of(const struct painter *painter, const struct plate *plate,
		    const struct page *page)
{
	int row = plate->line_rows * painter->cell_height;
	int share = page->height / page->lines;

	if (is_large(plate) || (plate->middle && share > row))
		return share;
	return row < page->height ? row : page->height;
}

static void place_lines(const struct painter *painter,
			const struct plate *plate, int em, struct page *page)
{
	page->lines = pango_layout_get_line_count(page->layout);
	page->pitch = pitch_of(painter, plate, page);
	page->baseline = page->pitch / 2 + em * BASELINE_PERCENT / 100;
}

static void page_init(struct page *page, struct painter *painter,
		      const struct plate *plate, int em, bool cuts)
{
	*page = (struct page){
		.layout = layout_of(painter, plate, plate->text, em),
		.width = plate->w * painter->cell_width,
		.height = plate->h * painter->cell_height,
		.indent = plate->lead_cells * painter->cell_width,
	};
	if (!scrolls(plate)) {
		pango_layout_set_width(
		    page->layout, (page->width - page->indent) * PANGO_SCALE);
		pango_layout_set_wrap(page->layout, plate->apart
							? PANGO_WRAP_WORD
							: PANGO_WRAP_WORD_CHAR);
	}
	if (cuts && !scrolls(plate)) {
		pango_layout_set_height(page->layout,
					-lines_allowed(painter, plate, em));
		pango_layout_set_ellipsize(page->layout, PANGO_ELLIPSIZE_END);
	}
	place_lines(painter, plate, em, page);
}

static void page_done(struct page *page)
{
	g_object_unref(page->layout);
}

/* --- sizes ---------------------------------------------------------------- */

static int em_wanted(const struct painter *painter, const struct plate *plate)
{
	int row = painter->cell_height;

	switch (plate->style) {
	case CANVAS_HEADING:
		return (plate->h > 1 ? row : row * 2 / 3) * plate->percent /
		       100;
	case CANVAS_NUMBER:
		return plate->h * row * 60 / 100;
	default:
		return row * 2 / 3 * plate->percent / 100;
	}
}

/* Whether the ink of every line stays within its row and its width. */
static bool ink_fits(const struct page *page)
{
	for (int i = 0; i < page->lines; i++) {
		PangoRectangle ink, logical;

		pango_layout_line_get_pixel_extents(
		    pango_layout_get_line_readonly(page->layout, i), &ink,
		    &logical);
		if (-ink.y > page->baseline ||
		    ink.y + ink.height > page->pitch - page->baseline)
			return false;
		if (pango_layout_get_width(page->layout) >= 0 &&
		    logical.width > page->width - page->indent)
			return false;
	}
	return true;
}

static bool fits(struct painter *painter, const struct plate *plate, int em)
{
	struct page page;
	bool all;

	page_init(&page, painter, plate, em, false);
	all =
	    page.lines <= lines_allowed(painter, plate, em) && ink_fits(&page);
	page_done(&page);
	return all;
}

int painter_fit(struct painter *painter, const struct plate *plate)
{
	int wanted = em_wanted(painter, plate), em = wanted;

	if (plate->kind != PLATE_TEXT)
		return 0;
	for (int i = 0; i < STEPS; i++) {
		em = wanted * (100 - i * STEP_PERCENT) / 100;
		if (em < 1)
			return 1;
		if (fits(painter, plate, em))
			break;
	}
	return em;
}

int painter_unknown(struct painter *painter, const struct plate *plate)
{
	PangoLayout *layout = layout_of(painter, plate, plate->text, 20);
	int unknown = pango_layout_get_unknown_glyphs_count(layout);

	g_object_unref(layout);
	return unknown;
}

bool painter_has_font(struct painter *painter, const struct language *language)
{
	SCOPED(char_freep)
	char *first =
	    xstrndup(language->families, strcspn(language->families, ","));

	return pango_font_map_get_family(painter->map, first) != NULL;
}

/* Headings differ from each other in length, so each has its own size. */
static bool same_kind(const struct plate *a, const struct plate *b)
{
	return a->kind == PLATE_TEXT && b->kind == PLATE_TEXT && !is_large(a) &&
	       !is_large(b) && !a->apart && !b->apart &&
	       a->percent == b->percent && a->line_rows == b->line_rows;
}

void painter_level(const struct plate *plates, int *em, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		for (size_t j = 0; j < count; j++) {
			if (em[j] < em[i] && same_kind(&plates[i], &plates[j]))
				em[i] = em[j];
		}
	}
}

/* --- painting ------------------------------------------------------------- */

static int line_x(const struct plate *plate, const struct page *page,
		  const PangoRectangle *logical, const PangoRectangle *ink)
{
	int room = page->width - page->indent;
	int left = plate->edge == PLATE_RIGHT ? 0 : page->indent;
	int x = plate->edge == PLATE_LEFT    ? 0
		: plate->edge == PLATE_RIGHT ? room - logical->width
					     : (room - logical->width) / 2;

	x += left;
	/* Ink that leans out of its own width is kept in the plate. */
	if (x + ink->x + ink->width > page->width)
		x = page->width - ink->x - ink->width;
	return x + ink->x < 0 ? -ink->x : x;
}

static int caret_width(const struct painter *painter)
{
	return painter->cell_width / 8 > 2 ? painter->cell_width / 8 : 2;
}

/* The caret's place in a line, in pixels from the line's own left. */
static bool caret_in_line(const struct plate *plate, const struct page *page,
			  int line, int *x)
{
	PangoRectangle strong, logical;
	PangoLayoutIter *iter;
	int number, unused;

	if (plate->caret < 0)
		return false;
	pango_layout_index_to_line_x(page->layout, plate->caret, FALSE, &number,
				     &unused);
	if (number != line)
		return false;
	pango_layout_get_cursor_pos(page->layout, plate->caret, &strong, NULL);
	iter = pango_layout_get_iter(page->layout);
	for (int i = 0; i < line; i++)
		pango_layout_iter_next_line(iter);
	pango_layout_iter_get_line_extents(iter, NULL, &logical);
	pango_layout_iter_free(iter);
	*x = PANGO_PIXELS(strong.x - logical.x);
	return true;
}

static void paint_caret(cairo_t *cairo, const struct painter *painter, int x,
			int baseline, int em)
{
	cairo_rectangle(cairo, x, baseline - em, caret_width(painter),
			em + em / 3);
	cairo_fill(cairo);
}

/* A line that moves along shows where the caret is. */
static int scrolled(const struct painter *painter, const struct page *page,
		    int x, int caret)
{
	int last = page->width - caret_width(painter);

	if (x + caret > last)
		return last - caret;
	return x + caret < 0 ? -caret : x;
}

static void paint_line(cairo_t *cairo, const struct painter *painter,
		       const struct plate *plate, const struct page *page,
		       int line, int em)
{
	PangoLayoutLine *from =
	    pango_layout_get_line_readonly(page->layout, line);
	int baseline = line * page->pitch + page->baseline;
	PangoRectangle ink, logical;
	int x, caret;
	bool has_caret = caret_in_line(plate, page, line, &caret);

	pango_layout_line_get_pixel_extents(from, &ink, &logical);
	x = line_x(plate, page, &logical, &ink);
	if (has_caret)
		x = scrolled(painter, page, x, caret);
	cairo_move_to(cairo, x, baseline);
	pango_cairo_show_layout_line(cairo, from);
	if (has_caret)
		paint_caret(cairo, painter, x + caret, baseline, em);
}

static void paint_lead(cairo_t *cairo, struct painter *painter,
		       const struct plate *plate, const struct page *page,
		       int em)
{
	PangoLayout *lead = layout_of(painter, plate, plate->lead, em);
	int width;

	pango_layout_get_pixel_size(lead, &width, NULL);
	cairo_move_to(cairo,
		      plate->edge == PLATE_RIGHT ? page->width - width : 0,
		      page->baseline);
	pango_cairo_show_layout_line(cairo,
				     pango_layout_get_line_readonly(lead, 0));
	g_object_unref(lead);
}

static void paint_text(cairo_t *cairo, struct painter *painter,
		       const struct plate *plate, int em)
{
	struct page page;

	page_init(&page, painter, plate, em, true);
	for (int i = 0; i < page.lines; i++)
		paint_line(cairo, painter, plate, &page, i, em);
	if (plate->lead && plate->lead_cells)
		paint_lead(cairo, painter, plate, &page, em);
	page_done(&page);
}

static void paint_symbol(cairo_t *cairo, const struct plate *plate, int width,
			 int height)
{
	int whole = plate->side + 2 * SYMBOL_QUIET;
	int module = (width < height ? width : height) / whole;
	int left, top;

	module = module > 1 ? module : 1;
	left = (width - plate->side * module) / 2;
	top = (height - plate->side * module) / 2;
	cairo_set_antialias(cairo, CAIRO_ANTIALIAS_NONE);
	for (int y = 0; y < plate->side; y++) {
		for (int x = 0; x < plate->side; x++) {
			if (plate->modules[(size_t)y * (size_t)plate->side +
					   (size_t)x])
				cairo_rectangle(cairo, left + x * module,
						top + y * module, module,
						module);
		}
	}
	cairo_fill(cairo);
}

static void paint_pictogram(cairo_t *cairo, const struct plate *plate,
			    int width, int height)
{
	int side = width < height ? width : height;

	cairo_translate(cairo, (width - side) / 2, (height - side) / 2);
	pictogram_draw(cairo, plate->text, side);
}

/* Pictures below each other stay apart. */
static void paint_drawing(cairo_t *cairo, const struct plate *plate, int width,
			  int height)
{
	double gap = (double)height / DRAWING_GAP;

	cairo_translate(cairo, gap, gap);
	drawing_paint(plate->drawing, cairo, width - 2 * gap, height - 2 * gap);
}

static struct picture levels_of(cairo_surface_t *surface, int width, int height)
{
	struct picture picture = { width, height, NULL };
	uint8_t *from;
	int stride = cairo_image_surface_get_stride(surface);

	picture.levels = xcalloc((size_t)width * (size_t)height, 1);
	cairo_surface_flush(surface);
	from = cairo_image_surface_get_data(surface);
	for (int y = 0; y < height; y++) {
		for (int x = 0; x < width; x++) {
			unsigned alpha =
			    from[(size_t)y * (size_t)stride + (size_t)x];

			picture.levels[(size_t)y * (size_t)width + (size_t)x] =
			    (uint8_t)((alpha * (PICTURE_LEVELS - 1) + 127) /
				      255);
		}
	}
	explicit_bzero(from, (size_t)stride * (size_t)height);
	return picture;
}

struct picture painter_paint(struct painter *painter, const struct plate *plate,
			     int em)
{
	int width = plate->w * painter->cell_width;
	int height = plate->h * painter->cell_height;
	cairo_surface_t *surface =
	    cairo_image_surface_create(CAIRO_FORMAT_A8, width, height);
	cairo_t *cairo = cairo_create(surface);
	struct picture picture;

	switch (plate->kind) {
	case PLATE_TEXT:
		paint_text(cairo, painter, plate, em);
		break;
	case PLATE_SYMBOL:
		paint_symbol(cairo, plate, width, height);
		break;
	case PLATE_PICTOGRAM:
		paint_pictogram(cairo, plate, width, height);
		break;
	case PLATE_DRAWING:
		paint_drawing(cairo, plate, width, height);
		break;
	}
	picture = levels_of(surface, width, height);
	cairo_destroy(cairo);
	cairo_surface_destroy(surface);
	return picture;
}

/* --- cells ---------------------------------------------------------------- */

static PangoLayout *cell_layout(struct painter *painter, const char *text,
				const struct language *language, bool bold,
				int em)
{
	const struct plate plate = {
		.language = language,
		.style = bold ? CANVAS_BOLD : CANVAS_PLAIN,
	};
	PangoLayout *layout = layout_of(painter, &plate, text, em);
	PangoFontDescription *font = pango_font_description_copy(
	    pango_layout_get_font_description(layout));
	SCOPED(char_freep)
	char *families = xasprintf(MONOSPACE ", %s",
				   pango_font_description_get_family(font));

	pango_font_description_set_family(font, families);
	pango_layout_set_font_description(layout, font);
	pango_font_description_free(font);
	return layout;
}

struct picture painter_cell(struct painter *painter, const char *text,
			    const struct language *language, bool bold,
			    int cells)
{
	int width = cells * painter->cell_width, height = painter->cell_height;
	int em = painter->cell_width * 100 / MONOSPACE_PERCENT;
	cairo_surface_t *surface =
	    cairo_image_surface_create(CAIRO_FORMAT_A8, width, height);
	cairo_t *cairo = cairo_create(surface);
	PangoLayout *layout = cell_layout(painter, text, language, bold, em);
	PangoLayoutLine *line = pango_layout_get_line_readonly(layout, 0);
	PangoRectangle logical;
	struct picture picture;

	/* What another font draws narrower stands in the middle. */
	pango_layout_line_get_pixel_extents(line, NULL, &logical);
	cairo_move_to(cairo, (width - logical.width) / 2.0,
		      height / 2 + em * BASELINE_PERCENT / 100);
	pango_cairo_show_layout_line(cairo, line);
	picture = levels_of(surface, width, height);
	g_object_unref(layout);
	cairo_destroy(cairo);
	cairo_surface_destroy(surface);
	return picture;
}
