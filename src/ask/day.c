#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ask/field.h"

/*
 * A date in three columns: day, month by name, year, in the calendar that the
 * form names (appearance `ethiopian`, ...), Gregorian otherwise. Nothing is
 * preset. The run is told an ISO date once all three are there.
 */
enum part { DAY, MONTH, YEAR, PARTS };

struct day {
	enum calendar calendar;
	int value[PARTS]; /* 0: blank */
	enum part focus;
	struct field_area spots[PARTS]; /* on the screen, for touches */
};

static const char *const titles[PARTS] = { "kiosk.day", "kiosk.month",
					   "kiosk.year" };

static enum calendar calendar_of(const struct node *node)
{
	static const char *const named[] = { "ethiopian", "coptic", "islamic",
					     "persian", "buddhist" };
	enum calendar calendar;

	for (size_t i = 0; i < COUNT(named); i++) {
		if (node_appears(node, named[i]) &&
		    calendar_named(named[i], &calendar))
			return calendar;
	}
	return CALENDAR_GREGORIAN;
}

static enum fault enter(struct field *field)
{
	struct day *day = xcalloc(1, sizeof *day);
	struct calendar_date iso, local;

	field->state = day;
	day->calendar = calendar_of(field->node);
	if (!field_is_private(field) &&
	    sscanf(node_value(field->node), "%d-%d-%d", &iso.year, &iso.month,
		   &iso.day) == 3 &&
	    calendar_from_iso(day->calendar, iso, &local)) {
		day->value[DAY] = local.day;
		day->value[MONTH] = local.month;
		day->value[YEAR] = local.year;
	}
	return FAULT_NONE;
}

static int height(const struct field *field, int width)
{
	(void)field;
	(void)width;
	return 4;
}

static const char *month_name(const struct field *field, const struct day *day)
{
	return calendar_month_name(day->calendar, field->look->language->tag,
				   day->value[MONTH], CALENDAR_FULL);
}

static void part_text(const struct field *field, const struct day *day,
		      enum part part, char text[64])
{
	if (!day->value[part])
		snprintf(text, 64, "—");
	else if (part == MONTH)
		snprintf(text, 64, "%s", month_name(field, day));
	else
		snprintf(text, 64, "%d", day->value[part]);
}

static void draw_cell(const struct field *field, struct canvas *canvas,
		      const struct field_area *spot, const char *text,
		      enum canvas_style style, enum canvas_colour colour)
{
	canvas_fill(canvas, spot->y, spot->x, 1, spot->w, colour);
	canvas_text(canvas, &(struct canvas_text){
				.y = spot->y,
				.x = spot->x,
				.h = 1,
				.w = spot->w,
				.text = text,
				.language = field->look->language->tag,
				.style = style,
				.colour = colour,
				.align = CANVAS_CENTRE,
				.caret = -1,
			    });
}

static void draw_part(struct field *field, struct canvas *canvas,
		      const struct field_area *area, enum part part,
		      bool focused)
{
	struct day *day = field->state;
	int w = (area->w < 54 ? area->w : 54) / PARTS;
	struct field_area spot = { area->y, area->x + (int)part * w, 1, w - 1 };
	SCOPED(char_freep)
	char *title = catalogue_word(field->look->words, titles[part]);
	bool here = focused && part == day->focus;
	char text[64];

	part_text(field, day, part, text);
	draw_cell(field, canvas, &spot, title, CANVAS_PLAIN, CANVAS_QUIET);
	spot.y++;
	draw_cell(field, canvas, &spot, text, CANVAS_BOLD,
		  here ? CANVAS_FOCUS : CANVAS_INK);
	spot.y--;
	spot.h = 2;
	if (canvas_mirrored(canvas))
		spot.x = canvas_columns(canvas) - spot.x - spot.w;
	day->spots[part] = spot;
}

static void draw(struct field *field, struct canvas *canvas,
		 const struct field_area *area, bool focused)
{
	const struct day *day = field->state;
	struct field_area below = { area->y + 3, area->x, 1, area->w };

	for (enum part part = DAY; part < PARTS; part++)
		draw_part(field, canvas, area, part, focused);
	if (day->calendar != CALENDAR_GREGORIAN && area->h > 3)
		canvas_text(canvas,
			    &(struct canvas_text){
				.y = below.y,
				.x = below.x,
				.h = 1,
				.w = below.w,
				.text = calendar_title(
				    day->calendar, field->look->language->tag),
				.language = field->look->language->tag,
				.colour = CANVAS_QUIET,
				.caret = -1,
			    });
}

/* --- answering ------------------------------------------------------------- */

static enum fault tell(struct field *field, enum field_event *what)
{
	const struct day *day = field->state;
	struct calendar_date iso, local = { day->value[YEAR],
					    day->value[MONTH],
					    day->value[DAY] };
	char text[16] = "";
	bool whole = local.year && local.month && local.day;

	*what = FIELD_CHANGED;
	if (!whole && field_is_private(field))
		return FAULT_NONE;
	if (whole && !calendar_to_iso(day->calendar, local, &iso)) {
		/* While the year is still being typed nothing is wrong yet. */
		field->problem = "kiosk.not_date";
		*what = local.year > 999 ? FIELD_WRONG : FIELD_CHANGED;
	} else if (whole && local.year > 999) {
		snprintf(text, sizeof text, "%04d-%02d-%02d",
			 iso.year % 10000, iso.month % 100, iso.day % 100);
	}
	if (*what == FIELD_WRONG || strcmp(text, node_value(field->node)) == 0)
		return FAULT_NONE;
	return field_answer(field, text, what);
}

static int most_of(const struct day *day, enum part part)
{
	return part == DAY     ? 31
	       : part == MONTH ? calendar_months(day->calendar)
			       : 9999;
}

/* Up and down walk days and months round; a year starts where most people's
 * birthdays are not far: at 2000 in the Gregorian calendar. */
static enum fault walk(struct field *field, int by, enum field_event *what)
{
	struct day *day = field->state;
	struct calendar_date start = { 2000, 1, 1 }, local;
	int *value = &day->value[day->focus], most = most_of(day, day->focus);

	if (day->focus == YEAR && !*value) {
		if (calendar_from_iso(day->calendar, start, &local))
			*value = local.year;
	} else {
		*value += by;
		if (*value < 1)
			*value = most;
		else if (*value > most)
			*value = 1;
	}
	return tell(field, what);
}

/* A digit that cannot belong to the number begins it anew. */
static enum fault type(struct field *field, int digit, enum field_event *what)
{
	struct day *day = field->state;
	int *value = &day->value[day->focus], most = most_of(day, day->focus);
	int longer = *value * 10 + digit;

	*value = longer <= most ? longer : digit;
	if (day->focus != YEAR && *value * 10 > most)
		day->focus++;
	return tell(field, what);
}

static enum fault touch(struct field *field, const struct ui_event *event,
			enum field_event *what)
{
	struct day *day = field->state;

	for (enum part part = DAY; part < PARTS; part++) {
		const struct field_area *spot = &day->spots[part];

		if (event->x < spot->x || event->x >= spot->x + spot->w ||
		    event->y < spot->y || event->y >= spot->y + spot->h)
			continue;
		day->focus = part;
		return walk(field, 1, what);
	}
	return FAULT_NONE;
}

static enum fault confirm(struct field *field, enum field_event *what)
{
	struct day *day = field->state;
	bool blank = !day->value[DAY] && !day->value[MONTH] &&
		     !day->value[YEAR];

	if (day->focus < YEAR && !blank) {
		day->focus++;
		*what = FIELD_CHANGED;
		return FAULT_NONE;
	}
	if (!blank && !node_value(field->node)[0]) {
		field->problem = "kiosk.not_date";
		*what = FIELD_WRONG;
		return FAULT_NONE;
	}
	*what = node_violation(field->node) == VALID ? FIELD_PICKED
						     : FIELD_WRONG;
	return FAULT_NONE;
}

static enum fault erase(struct field *field, enum field_event *what)
{
	struct day *day = field->state;

	if (!day->value[day->focus] && day->focus > DAY)
		day->focus--;
	day->value[day->focus] = 0;
	return tell(field, what);
}

static enum fault key(struct field *field, const struct ui_event *event,
		      enum field_event *what)
{
	*what = FIELD_IGNORED;
	switch (event->key) {
	case UI_KEY_UP:
	case UI_KEY_WHEEL_UP:
		return walk(field, 1, what);
	case UI_KEY_DOWN:
	case UI_KEY_WHEEL_DOWN:
		return walk(field, -1, what);
	case UI_KEY_POINT:
		return touch(field, event, what);
	case UI_KEY_BACKSPACE:
	case UI_KEY_DELETE:
		return erase(field, what);
	case UI_KEY_ENTER:
		return confirm(field, what);
	case UI_KEY_TEXT:
		if (event->character >= '0' && event->character <= '9')
			return type(field, (int)(event->character - '0'), what);
		return FAULT_NONE;
	default:
		return FAULT_NONE;
	}
}

static void leave(struct field *field)
{
	if (field->state)
		explicit_bzero(field->state, sizeof(struct day));
	free(field->state);
	field->state = NULL;
}

const struct field_ops field_day = {
	.enter = enter,
	.height = height,
	.draw = draw,
	.key = key,
	.leave = leave,
};
