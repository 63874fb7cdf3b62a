#include <stdlib.h>
#include <string.h>

#include "ask/field.h"
#include "ask/scale.h"
#include "text/digits.h"
#include "ui/counter.h"

/*
 * A number on a scale from start to end, or stars to give (appearance
 * `rating`). Up and down go a step; a touch on the scale goes there. Blank
 * until something is pressed. The scale stands below the number, or beside it
 * (`vertical`); its marks may be left out (`no-ticks`), or all of it
 * (`picker`).
 */
struct range {
	struct scale scale;
	size_t place; /* scale.count: blank */
	size_t typed; /* what digits have made of a whole number so far */
	struct canvas_area less, more;
	struct canvas_area line; /* on the screen, when last drawn */
	bool mirrored, upright;
};

#define LINE_MOST 41 /* cells of a scale */
#define STAR 2       /* cells of a star */
#define NUMBER 3     /* rows of the number, where there is room */

static bool is_rating(const struct field *field)
{
	return node_appears(field->node, "rating");
}

/* A rating's start of 0 is no star. */
static size_t starless(const struct range *range)
{
	return range->scale.start == 0;
}

static enum fault enter(struct field *field)
{
	struct range *range = xcalloc(1, sizeof *range);

	field->state = range;
	range->scale = scale_of(field->node);
	range->place =
	    field_is_private(field)
		? range->scale.count
		: scale_place(&range->scale, node_value(field->node));
	return FAULT_NONE;
}

/* In the language's digits. */
static char *shown(const struct field *field, size_t place)
{
	const struct range *range = field->state;
	struct digits digits = digits_of(field->look->language->tag);
	SCOPED(char_freep) char *value = scale_value(&range->scale, place);

	return digits_shown(&digits, value);
}

/* --- drawing ---------------------------------------------------------------
 */

static void put(const struct field *field, struct canvas *canvas,
		const struct canvas_area *area, const char *text,
		enum canvas_colour colour)
{
	canvas_text(canvas, &(struct canvas_text){
				.y = area->y,
				.x = area->x,
				.h = area->h,
				.w = area->w,
				.text = text,
				.language = field->look->language->tag,
				.colour = colour,
				.style = colour == CANVAS_QUIET ? CANVAS_PLAIN
								: CANVAS_BOLD,
				.caret = -1,
			    });
}

/* Where a place lies on a line of so many cells. */
static int cell_of(const struct scale *scale, size_t place, int cells)
{
	return scale->count < 2 ? 0
				: (int)((double)place * (cells - 1) /
					    (double)(scale->count - 1) +
					0.5);
}

static size_t place_of(const struct scale *scale, int cell, int cells)
{
	return cells < 2 ? 0
			 : (size_t)((double)cell * (double)(scale->count - 1) /
					(cells - 1) +
				    0.5);
}

/* A cell of the line: the knob, a mark, the line itself. */
static const char *sign_at(const struct field *field, int cell, int cells)
{
	const struct range *range = field->state;
	const struct scale *scale = &range->scale;
	size_t near = place_of(scale, cell, cells);
	bool marks = !node_appears(field->node, "no-ticks") &&
		     scale->count * 2 <= (size_t)cells + 1;

	if (range->place < scale->count &&
	    cell == cell_of(scale, range->place, cells))
		return "●";
	if (marks && cell == cell_of(scale, near, cells))
		return range->upright ? "┼" : "┴";
	return range->upright ? "│" : "─";
}

static void draw_line(struct field *field, struct canvas *canvas,
		      const struct canvas_area *line)
{
	struct range *range = field->state;
	int cells = range->upright ? line->h : line->w;

	for (int i = 0; i < cells; i++) {
		/* The more is further up. */
		struct canvas_area at = {
			.y = range->upright ? line->y + cells - 1 - i : line->y,
			.x = range->upright ? line->x : line->x + i,
			.h = 1,
			.w = 1,
		};
		const char *sign = sign_at(field, i, cells);

		put(field, canvas, &at, sign,
		    strcmp(sign, "●") == 0 ? CANVAS_ACCENT : CANVAS_QUIET);
	}
	range->line = canvas_on_screen(canvas, *line);
}

static int cells_of(const struct field *field, struct canvas *canvas,
		    const char *text)
{
	return canvas_text_cells(canvas, text, field->look->language->tag);
}

/* "1 ──●── 10" */
static void draw_scale(struct field *field, struct canvas *canvas,
		       struct canvas_area area)
{
	struct range *range = field->state;
	SCOPED(char_freep) char *first = shown(field, 0);
	SCOPED(char_freep)
	char *last = shown(field, range->scale.count - 1);
	int before = cells_of(field, canvas, first) + 1;
	int behind = cells_of(field, canvas, last) + 1;
	struct canvas_area line = area;

	line.h = canvas_line_rows(canvas);
	line.w = area.w - before - behind;
	line.w = line.w > LINE_MOST ? LINE_MOST : line.w;
	if (line.w < 2)
		return;
	line.x += before;
	put(field, canvas,
	    &(struct canvas_area){ area.y, area.x, line.h, before }, first,
	    CANVAS_QUIET);
	put(field, canvas,
	    &(struct canvas_area){ area.y, line.x + line.w + 1, line.h,
				   behind },
	    last, CANVAS_QUIET);
	draw_line(field, canvas, &line);
}

static void draw_stars(struct field *field, struct canvas *canvas,
		       struct canvas_area area)
{
	struct range *range = field->state;
	size_t stars = range->scale.count - starless(range);
	size_t given = range->place < range->scale.count
			   ? range->place + 1 - starless(range)
			   : 0;

	area.h = canvas_line_rows(canvas);
	area.w = area.w < (int)stars * STAR ? area.w : (int)stars * STAR;
	for (size_t i = 0; i < stars && (int)(i + 1) * STAR <= area.w; i++)
		put(field, canvas,
		    &(struct canvas_area){ area.y, area.x + (int)i * STAR,
					   area.h, 1 },
		    i < given ? "★" : "☆",
		    i < given ? CANVAS_ACCENT : CANVAS_QUIET);
	range->line = canvas_on_screen(canvas, area);
}

static void draw_number(struct field *field, struct canvas *canvas,
			const struct canvas_area *area, bool focused)
{
	struct range *range = field->state;
	SCOPED(char_freep) char *words = shown(field, range->place);
	struct counter counter = { .words = words };

	counter_draw(&counter, canvas, *area, field->look->language->tag,
		     focused);
	range->less = counter.less;
	range->more = counter.more;
}

static void draw(struct field *field, struct canvas *canvas,
		 const struct canvas_area *area, bool focused)
{
	struct range *range = field->state;
	struct canvas_area number = *area, line = *area;
	bool upright = node_appears(field->node, "vertical");

	range->line = (struct canvas_area){ 0 };
	range->mirrored = canvas_mirrored(canvas);
	range->upright = upright && area->h > NUMBER;
	number.h = area->h > NUMBER ? NUMBER : 1;
	draw_number(field, canvas, &number, focused);
	line.y += number.h + (area->h > NUMBER + 1);
	line.h = area->y + area->h - line.y;
	if (range->upright) {
		line = (struct canvas_area){ area->y,
					     area->x + COUNTER_CELLS + STAR,
					     area->h, 1 };
		draw_line(field, canvas, &line);
	} else if (line.h > 0 && is_rating(field)) {
		draw_stars(field, canvas, line);
	} else if (line.h > 0 && !node_appears(field->node, "picker")) {
		draw_scale(field, canvas, line);
	}
}

/* --- keys ------------------------------------------------------------------
 */

static enum fault go_to(struct field *field, size_t place,
			enum field_event *what)
{
	struct range *range = field->state;
	SCOPED(char_freep) char *value = scale_value(&range->scale, place);

	range->place = place;
	return field_answer(field, value, what);
}

static enum fault step(struct field *field, int by, enum field_event *what)
{
	struct range *range = field->state;
	size_t place = range->place;

	range->typed = 0;
	if (place == range->scale.count)
		place = 0;
	else if (by < 0 ? place > 0 : place + 1 < range->scale.count)
		place += (size_t)by;
	return go_to(field, place, what);
}

/* Whether more digits behind these may lead to a value. */
static bool may_go_on(const struct scale *scale, size_t typed)
{
	double last = scale->start + (double)(scale->count - 1) * scale->step;

	return (double)typed * 10 <=
	       (last > scale->start ? last : scale->start);
}

/* Whole numbers can be typed; a digit that leads nowhere begins anew. */
static enum fault type(struct field *field, uint32_t character,
		       enum field_event *what)
{
	struct range *range = field->state;
	int digit = digits_value(character);
	size_t tries[2];

	if (character == '+' || character == '-')
		return step(field, character == '+' ? 1 : -1, what);
	*what = FIELD_IGNORED;
	if (digit < 0 || range->scale.places || range->typed > SCALE_MAX)
		return FAULT_NONE;
	tries[0] = range->typed * 10 + (size_t)digit;
	tries[1] = (size_t)digit;
	*what = FIELD_CHANGED;
	for (size_t i = 0; i < 2; i++) {
		SCOPED(char_freep) char *text = xasprintf("%zu", tries[i]);
		size_t place = scale_place(&range->scale, text);
		SCOPED(char_freep)
		char *value = scale_value(&range->scale, place);

		range->typed = tries[i];
		if (strcmp(text, value) == 0)
			return go_to(field, place, what);
		if (may_go_on(&range->scale, tries[i]))
			return FAULT_NONE;
	}
	return FAULT_NONE;
}

/* Where on the line, from its first value on. */
static size_t touched_place(const struct field *field,
			    const struct ui_event *event)
{
	const struct range *range = field->state;
	const struct canvas_area *line = &range->line;
	int cell = event->x - line->x, cells = line->w;

	if (range->upright) {
		cells = line->h;
		cell = line->y + line->h - 1 - event->y;
	} else if (range->mirrored) {
		cell = line->w - 1 - cell;
	}
	if (is_rating(field))
		return (size_t)(cell / STAR) + starless(range);
	return place_of(&range->scale, cell, cells);
}

static enum fault touch(struct field *field, const struct ui_event *event,
			enum field_event *what)
{
	struct range *range = field->state;

	if (canvas_area_holds(&range->less, event->y, event->x))
		return step(field, -1, what);
	if (canvas_area_holds(&range->more, event->y, event->x))
		return step(field, 1, what);
	if (canvas_area_holds(&range->line, event->y, event->x)) {
		range->typed = 0;
		return go_to(field, touched_place(field, event), what);
	}
	*what = FIELD_IGNORED;
	return FAULT_NONE;
}

/* Left and right are back and skip, as on every other screen. */
static enum fault key(struct field *field, const struct ui_event *event,
		      enum field_event *what)
{
	struct range *range = field->state;

	switch (event->key) {
	case UI_KEY_UP:
	case UI_KEY_WHEEL_UP:
		return step(field, 1, what);
	case UI_KEY_DOWN:
	case UI_KEY_WHEEL_DOWN:
		return step(field, -1, what);
	case UI_KEY_TEXT:
		return type(field, event->character, what);
	case UI_KEY_BACKSPACE:
	case UI_KEY_DELETE:
		range->typed = 0;
		return go_to(field, range->scale.count, what);
	case UI_KEY_POINT:
		return touch(field, event, what);
	case UI_KEY_ENTER:
		*what = FIELD_PICKED;
		return FAULT_NONE;
	default:
		*what = FIELD_IGNORED;
		return FAULT_NONE;
	}
}

/* The number, when it changes. */
static void say(struct field *field, struct prompts *out)
{
	const struct range *range = field->state;
	SCOPED(char_freep)
	char *text = scale_value(&range->scale, range->place);

	field_say(field, text, out);
}

static void leave(struct field *field)
{
	field_forget(field, sizeof(struct range));
}

const struct field_ops field_range = {
	.enter = enter,
	.draw = draw,
	.key = key,
	.say = say,
	.leave = leave,
};
