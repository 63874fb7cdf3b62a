#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ask/field.h"

/*
 * A whole number, counted with up and down or typed. Blank until something is
 * pressed: no number is suggested. What was pressed is told at once, so that
 * the constraint speaks while the number is still in sight.
 */
#define DIGITS_MOST 12
#define BUTTON 5 /* cells */
#define NUMBER 8

struct count {
	char text[24];
	struct field_area fewer, more; /* on the screen, for touches */
};

static enum fault enter(struct field *field)
{
	struct count *count = xcalloc(1, sizeof *count);

	field->state = count;
	if (!field_is_private(field))
		snprintf(count->text, sizeof count->text, "%s",
			 node_value(field->node));
	return FAULT_NONE;
}

static int height(const struct field *field, int width)
{
	(void)field;
	(void)width;
	return 3;
}

static void draw_piece(const struct field *field, struct canvas *canvas, int y,
		       int x, int w, const char *text,
		       enum canvas_colour colour)
{
	canvas_fill(canvas, y, x, 1, w, colour);
	canvas_text(canvas, &(struct canvas_text){
				.y = y,
				.x = x,
				.h = 1,
				.w = w,
				.text = text,
				.language = field->look->language->tag,
				.style = CANVAS_BOLD,
				.colour = colour,
				.align = CANVAS_CENTRE,
				.caret = -1,
			    });
}

static struct field_area on_screen(const struct canvas *canvas, int y, int x)
{
	if (canvas_mirrored(canvas))
		x = canvas_columns(canvas) - x - BUTTON;
	return (struct field_area){ y - 1, x, 3, BUTTON };
}

/* [ - ]  3  [ + ] */
static void draw(struct field *field, struct canvas *canvas,
		 const struct field_area *area, bool focused)
{
	struct count *count = field->state;
	int y = area->y + (area->h > 2), x = area->x;

	draw_piece(field, canvas, y, x, BUTTON, "−", CANVAS_ACCENT);
	draw_piece(field, canvas, y, x + BUTTON + 1, NUMBER, count->text,
		   focused ? CANVAS_FOCUS : CANVAS_INK);
	draw_piece(field, canvas, y, x + BUTTON + NUMBER + 2, BUTTON, "+",
		   CANVAS_ACCENT);
	count->fewer = on_screen(canvas, y, x);
	count->more = on_screen(canvas, y, x + BUTTON + NUMBER + 2);
}

static enum fault tell(struct field *field, enum field_event *what)
{
	const struct count *count = field->state;

	return field_answer(field, count->text, what);
}

static enum fault step_by(struct field *field, long by, enum field_event *what)
{
	struct count *count = field->state;
	char before[sizeof count->text];
	long number = strtol(count->text, NULL, 10);
	enum fault fault;

	memcpy(before, count->text, sizeof before);
	/* From blank, both ways begin at nought: nobody lives with -1. */
	number = count->text[0] ? number + by : by > 0 ? 1 : 0;
	if (number < 0)
		number = 0;
	snprintf(count->text, sizeof count->text, "%ld", number);
	if ((fault = tell(field, what)))
		return fault;
	if (*what == FIELD_WRONG) {
		/* Past the most the form allows: stay, and say nothing. */
		memcpy(count->text, before, sizeof before);
		fault = tell(field, what);
		*what = FIELD_CHANGED;
	}
	return fault;
}

static enum fault type(struct field *field, uint32_t character,
		       enum field_event *what)
{
	struct count *count = field->state;
	size_t length = strlen(count->text);

	if (character == '+')
		return step_by(field, 1, what);
	if (character == '-')
		return step_by(field, -1, what);
	if (character < '0' || character > '9' || length >= DIGITS_MOST) {
		*what = FIELD_IGNORED;
		return FAULT_NONE;
	}
	if (strcmp(count->text, "0") == 0)
		length = 0;
	count->text[length] = (char)character;
	count->text[length + 1] = 0;
	return tell(field, what);
}

static enum fault erase(struct field *field, enum field_event *what)
{
	struct count *count = field->state;
	size_t length = strlen(count->text);

	if (length)
		count->text[length - 1] = 0;
	return tell(field, what);
}

static bool is_in(const struct field_area *spot, const struct ui_event *event)
{
	return event->y >= spot->y && event->y < spot->y + spot->h &&
	       event->x >= spot->x && event->x < spot->x + spot->w;
}

static enum fault touch(struct field *field, const struct ui_event *event,
			enum field_event *what)
{
	const struct count *count = field->state;

	if (is_in(&count->more, event))
		return step_by(field, 1, what);
	if (is_in(&count->fewer, event))
		return step_by(field, -1, what);
	return FAULT_NONE;
}

static enum fault key(struct field *field, const struct ui_event *event,
		      enum field_event *what)
{
	*what = FIELD_IGNORED;
	switch (event->key) {
	case UI_KEY_UP:
	case UI_KEY_WHEEL_UP:
		return step_by(field, 1, what);
	case UI_KEY_DOWN:
	case UI_KEY_WHEEL_DOWN:
		return step_by(field, -1, what);
	case UI_KEY_POINT:
		return touch(field, event, what);
	case UI_KEY_TEXT:
		return type(field, event->character, what);
	case UI_KEY_BACKSPACE:
	case UI_KEY_DELETE:
		return erase(field, what);
	case UI_KEY_ENTER:
		*what = node_violation(field->node) == VALID ? FIELD_PICKED
							     : FIELD_WRONG;
		return FAULT_NONE;
	default:
		return FAULT_NONE;
	}
}

static void leave(struct field *field)
{
	if (field->state)
		explicit_bzero(field->state, sizeof(struct count));
	free(field->state);
	field->state = NULL;
}

const struct field_ops field_count = {
	.enter = enter,
	.height = height,
	.draw = draw,
	.key = key,
	.leave = leave,
};
