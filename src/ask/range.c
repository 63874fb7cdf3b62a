#include <stdlib.h>
#include <string.h>

#include "ask/field.h"
#include "ask/marks.h"
#include "ask/scale.h"
#include "ask/spoken.h"
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
	struct marks marks;
	size_t place; /* scale.count: blank */
	size_t typed; /* what digits have made of a whole number so far */
	struct canvas_area less, more;
	struct canvas_area line; /* on the screen, when last drawn */
	int star;                /* cells of each then */
	bool mirrored, upright;
};

#define LINE_MOST 41 /* cells of a scale */
#define NUMBER 3     /* rows of the number, where there is room */
#define APART 2      /* cells between the number and what stands beside it */
#define STAR_MOST 5  /* cells of a star, and the gap behind it */
#define STAR_LEAST 2

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
	marks_of(field->node, &range->scale, &range->marks);
	range->place =
	    field_comes_back_blank(field)
		? range->scale.count
		: scale_place(&range->scale, node_value(field->node));
	return FAULT_NONE;
}

/* In the language's digits. */
static char *shown(const struct field *field, size_t place)
{
	const struct range *range = field->state;
	SCOPED(char_wipep) char *value = scale_value(&range->scale, place);

	return digits_written(field->look->language->tag, value);
}

/* --- drawing ---------------------------------------------------------------
 */

static void put(struct canvas *canvas, const struct canvas_area *area,
		const char *text, const char *language,
		enum canvas_colour colour)
{
	struct canvas_text shown = canvas_text_in(area, text, language);

	shown.colour = colour;
	shown.style = colour == CANVAS_QUIET ? CANVAS_PLAIN : CANVAS_BOLD;
	canvas_text(canvas, &shown);
}

/* Whether there is room for marks, and they are wanted. */
static bool has_marks(const struct field *field, int cells)
{
	const struct range *range = field->state;
	size_t marks = (range->scale.count - 1) / range->scale.every + 1;

	/* Beside each other they need a gap; above each other they are seen. */
	return !node_appears(field->node, "no-ticks") &&
	       (range->upright ? marks : marks * 2 - 1) <= (size_t)cells;
}

static bool is_at(const struct scale *scale, size_t place, int cell, int cells)
{
	return place < scale->count && cell == scale_cell(scale, place, cells);
}

/* A cell of the line: the knob, where it would be, a mark, the line itself. */
static const char *sign_at(const struct field *field, int cell, int cells)
{
	const struct range *range = field->state;
	const struct scale *scale = &range->scale;
	size_t near = scale_at_cell(scale, cell, cells);

	if (is_at(scale, range->place, cell, cells))
		return "●";
	if (range->place == scale->count &&
	    is_at(scale, scale->placeholder, cell, cells))
		return "○";
	if (has_marks(field, cells) && near % scale->every == 0 &&
	    is_at(scale, near, cell, cells))
		return range->upright ? "┼" : "┴";
	return range->upright ? "│" : "─";
}

static void draw_line(struct field *field, struct canvas *canvas,
		      const struct canvas_area *line)
{
	struct range *range = field->state;
	int cells = range->upright ? line->h : line->w;
	int percent = canvas_percent(canvas);

	/* Signs of cells, in whose fonts they meet. */
	canvas_magnify(canvas, 100);
	for (int i = 0; i < cells; i++) {
		/* The more is further up. */
		struct canvas_area at = {
			.y = range->upright ? line->y + cells - 1 - i : line->y,
			.x = range->upright ? line->x : line->x + i,
			.h = 1,
			.w = 1,
		};
		const char *sign = sign_at(field, i, cells);

		put(canvas, &at, sign, "en",
		    strcmp(sign, "●") == 0 ? CANVAS_ACCENT : CANVAS_QUIET);
	}
	canvas_magnify(canvas, percent);
}

static int cells_of(const struct field *field, struct canvas *canvas,
		    const char *text)
{
	return canvas_text_cells(canvas, text, field->look->language->tag);
}

/* The first value or the last, beside the line. */
static void put_end(const struct field *field, struct canvas *canvas,
		    struct canvas_area area, const char *text)
{
	put(canvas, &area, text, field->look->language->tag, CANVAS_QUIET);
}

/* "1 ──●── 10" */
static void draw_scale(struct field *field, struct canvas *canvas,
		       struct canvas_area area)
{
	struct range *range = field->state;
	SCOPED(char_wipep) char *first = shown(field, 0);
	SCOPED(char_wipep)
	char *last = shown(field, range->scale.count - 1);
	int before = cells_of(field, canvas, first) + 1;
	int behind = cells_of(field, canvas, last) + 1;
	struct canvas_area line = area, around;

	line.h = canvas_line_rows(canvas);
	line.w = area.w - before - behind;
	line.w = line.w > LINE_MOST ? LINE_MOST : line.w;
	if (line.w < 2)
		return;
	line.x += before;
	put_end(field, canvas,
		(struct canvas_area){ area.y, area.x, line.h, before }, first);
	put_end(
	    field, canvas,
	    (struct canvas_area){ area.y, line.x + line.w + 1, line.h, behind },
	    last);
	draw_line(field, canvas, &line);
	marks_draw(&range->marks, &range->scale, canvas, &line,
		   &(struct canvas_area){ area.y + line.h, area.x,
					  area.h - line.h, area.w },
		   field->look->language->tag);
	/* A finger is thicker than the line. */
	around = line;
	around.y -= area.y > 0;
	around.h = area.h > 1 ? line.h + 2 : line.h;
	range->line = canvas_on_screen(canvas, around);
}

/* The words of a value beside an upright line, behind its number if that is
 * shown. */
static void put_beside(const struct field *field, struct canvas *canvas,
		       const struct canvas_area *words, size_t place,
		       bool with_number)
{
	const struct range *range = field->state;
	const struct mark *mark = marks_at(&range->marks, place);
	SCOPED(char_wipep) char *number = shown(field, place);
	SCOPED(char_wipep)
	char *text =
	    xasprintf("%s%s%s", with_number ? number : "",
		      with_number && mark ? "  " : "", mark ? mark->label : "");
	struct canvas_area row = *words;

	row.y += words->h - 1 - scale_cell(&range->scale, place, words->h);
	row.h = 1;
	put_end(field, canvas, row, text);
}

/* The same upright, the more further up; beside the number. */
static void draw_upright(struct field *field, struct canvas *canvas,
			 const struct canvas_area *area)
{
	struct range *range = field->state;
	size_t last = range->scale.count - 1;
	struct canvas_area line = { area->y, area->x + COUNTER_CELLS + APART,
				    area->h, 1 };
	struct canvas_area words = { line.y, line.x + APART, line.h,
				     area->x + area->w - line.x - APART };
	struct canvas_area around = line;

	draw_line(field, canvas, &line);
	for (size_t i = 0; i < range->marks.count; i++) {
		int cell = scale_cell(&range->scale, range->marks.all[i].place,
				      line.h);

		if (cell > 0 && cell < line.h - 1)
			put_beside(field, canvas, &words,
				   range->marks.all[i].place, false);
	}
	put_beside(field, canvas, &words, last, true);
	if (last)
		put_beside(field, canvas, &words, 0, true);
	around.x -= APART - 1;
	around.w += 2 * (APART - 1);
	range->line = canvas_on_screen(canvas, around);
}

static void draw_star(struct canvas *canvas, struct canvas_area area,
		      bool given)
{
	struct canvas_text star =
	    canvas_text_in(&area, given ? "★" : "☆", "en");

	star.colour = given ? CANVAS_ACCENT : CANVAS_QUIET;
	star.style = CANVAS_HEADING;
	star.middle = true;
	canvas_text(canvas, &star);
}

static void draw_stars(struct field *field, struct canvas *canvas,
		       struct canvas_area area)
{
	struct range *range = field->state;
	int stars = (int)(range->scale.count - starless(range));
	int given = range->place < range->scale.count
			? (int)(range->place + 1 - starless(range))
			: 0;
	int star = stars ? area.w / stars : area.w;

	star = star > STAR_MOST ? STAR_MOST : star;
	range->star = star < STAR_LEAST ? STAR_LEAST : star;
	area.h = area.h > 1 && canvas_has_plates(canvas) ? 2 : 1;
	area.w = area.w < stars * range->star ? area.w : stars * range->star;
	for (int i = 0; i < stars && (i + 1) * range->star <= area.w; i++)
		draw_star(canvas,
			  (struct canvas_area){ area.y,
						area.x + i * range->star,
						area.h, range->star - 1 },
			  i < given);
	range->line = canvas_on_screen(canvas, area);
}

static void draw_number(struct field *field, struct canvas *canvas,
			const struct canvas_area *area, bool focused)
{
	struct range *range = field->state;
	SCOPED(char_wipep) char *words = shown(field, range->place);
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
		draw_upright(field, canvas, area);
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
	SCOPED(char_wipep) char *value = scale_value(&range->scale, place);

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
		SCOPED(char_wipep) char *text = xasprintf("%zu", tries[i]);
		size_t place = scale_place(&range->scale, text);
		SCOPED(char_wipep)
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
		return (size_t)(cell / range->star) + starless(range);
	return scale_at_cell(&range->scale, cell, cells);
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

static void say_value(const struct field *field, size_t place,
		      struct prompts *out)
{
	const struct range *range = field->state;
	const struct mark *mark = marks_at(&range->marks, place);
	SCOPED(char_wipep) char *number = shown(field, place);

	field_say(field, number, out);
	if (mark)
		spoken_mark(out, field->look, field->node, mark,
			    field_comes_back_blank(field));
}

/* The number and its words, when it changes; before that what the words are. */
static void say(struct field *field, struct prompts *out)
{
	const struct range *range = field->state;

	if (range->place < range->scale.count)
		say_value(field, range->place, out);
	else
		for (size_t i = 0; i < range->marks.count; i++)
			say_value(field, range->marks.all[i].place, out);
}

static void leave(struct field *field)
{
	struct range *range = field->state;

	if (range)
		marks_done(&range->marks);
	field_forget(field, sizeof(struct range));
}

const struct field_ops field_range = {
	.enter = enter,
	.draw = draw,
	.key = key,
	.say = say,
	.leave = leave,
};
