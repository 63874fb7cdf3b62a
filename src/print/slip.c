#include "print/slip.h"

#include <assert.h>

#include "base/log.h"
#include "print/escpos.h"
#include "print/ink.h"
#include "print/lettering.h"

#define SIDE 8   /* dots free at the left and right */
#define ABOVE 10 /* dots between lines */
#define RULE 4   /* dots, of a line across */

struct laid {
	PangoLayout *layouts[SLIP_LINES];
	int tops[SLIP_LINES], heights[SLIP_LINES];
	bool ruled[SLIP_LINES];
	size_t count;
	int height;
};

static void laid_done(struct laid *laid)
{
	for (size_t i = 0; i < laid->count; i++)
		g_object_unref(laid->layouts[i]);
}

static void lay_out(struct laid *laid, const struct slip_line *line, int width)
{
	PangoLayout *layout = lettering_layout(&(struct lettering){
	    .language = line->language ? line->language : "und",
	    .families = line->columns ? "DejaVu Sans Mono" : line->families,
	    .right_to_left = line->right_to_left,
	    .by_letters = true,
	    .size = width >= PAPER_WIDE ? line->size * 5 / 4 : line->size,
	    .bold = line->bold,
	    .crisp = true,
	});
	int height;

	pango_layout_set_width(layout, (width - 2 * SIDE) * PANGO_SCALE);
	/* Pango's left is that of its context: a text that runs the other way
	 * than its language stands at the other edge. */
	pango_layout_set_alignment(layout, line->columns ? PANGO_ALIGN_CENTER
					   : line->right_to_left
					       ? PANGO_ALIGN_RIGHT
					       : PANGO_ALIGN_LEFT);
	pango_layout_set_text(layout, line->text, -1);
	pango_layout_get_pixel_size(layout, NULL, &height);
	laid->height += line->ruled ? RULE + ABOVE : 0;
	laid->tops[laid->count] = laid->height;
	laid->heights[laid->count] = height;
	laid->ruled[laid->count] = line->ruled;
	laid->layouts[laid->count++] = layout;
	laid->height += height + ABOVE + (line->ruled ? RULE + ABOVE : 0);
}

static void draw_rules(cairo_t *cairo, int top, int height)
{
	cairo_rectangle(cairo, 0, top - ABOVE - RULE, PICTURE_MAX_WIDTH, RULE);
	cairo_rectangle(cairo, 0, top + height + ABOVE, PICTURE_MAX_WIDTH,
			RULE);
	cairo_fill(cairo);
}

static void draw(const void *from, cairo_t *cairo)
{
	const struct laid *laid = from;

	for (size_t i = 0; i < laid->count; i++) {
		if (laid->ruled[i])
			draw_rules(cairo, laid->tops[i], laid->heights[i]);
		cairo_move_to(cairo, SIDE, laid->tops[i]);
		pango_cairo_show_layout(cairo, laid->layouts[i]);
	}
}

enum fault slip_draw(const struct slip_line *lines, size_t count,
		     const struct paper_symbol *symbol, int width,
		     struct picture **out)
{
	SCOPED(laid_done) struct laid laid = { .height = ABOVE };
	const int quiet = symbol ? PAPER_QUIET * symbol->dots : 0;
	const int size = symbol ? symbol->side * symbol->dots : 0;
	int height;

	assert(width == PAPER_NARROW || width == PAPER_WIDE);
	assert(count <= SLIP_LINES);
	for (size_t i = 0; i < count; i++)
		lay_out(&laid, &lines[i], width);
	height = laid.height + size + 2 * quiet;
	if (height > PICTURE_MAX_HEIGHT || size > width - 12) {
		log_error("a slip of %d rows and a symbol of %d dots do not go "
			  "on paper of %d dots",
			  height, size, width);
		return FAULT_LIMIT;
	}
	*out = picture_new(width, height);
	ink_drawing(*out, draw, &laid);
	if (symbol)
		ink_symbol(*out, symbol, laid.height + quiet);
	(void)escpos_mend(*out);
	return FAULT_NONE;
}
