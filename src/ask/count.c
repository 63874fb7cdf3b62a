#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "ask/field.h"
#include "text/digits.h"
#include "ui/counter.h"

/*
 * A whole number from nought, counted or typed (appearance `counter`). Blank
 * until something is pressed. Each change is told at once; one that the form's
 * constraint refuses is taken back and said.
 */
#define MOST 999999999

static enum fault enter(struct field *field)
{
	struct counter *counter = xcalloc(1, sizeof *counter);
	const char *value = node_value(field->node);

	field->state = counter;
	counter->most = MOST;
	counter->is_set = value[0] && !field_is_private(field);
	if (counter->is_set)
		counter->value = atoi(value);
	return FAULT_NONE;
}

static void draw(struct field *field, struct canvas *canvas,
		 const struct canvas_area *area, bool focused)
{
	const char *language = field->look->language->tag;
	struct counter *counter = field->state;
	struct canvas_area box = *area;
	SCOPED(char_freep) char *grouped = NULL;
	char text[16];

	if (counter->is_set && node_appears(field->node, "thousands-sep")) {
		snprintf(text, sizeof text, "%d", counter->value);
		grouped = digits_grouped(language, text);
	}
	box.h = area->h >= 3 ? 3 : area->h;
	counter->words = grouped;
	counter_draw(counter, canvas, box, language, focused);
	counter->words = NULL;
}

static enum fault tell(struct field *field, enum field_event *what)
{
	const struct counter *counter = field->state;
	char text[16] = "";

	*what = FIELD_CHANGED;
	if (counter->is_set)
		snprintf(text, sizeof text, "%d", counter->value);
	else if (field_is_private(field))
		return FAULT_NONE;
	return field_answer(field, text, what);
}

static enum fault change(struct field *field, const struct counter *before,
			 enum field_event *what)
{
	enum field_event back;
	const char *problem;
	enum fault fault;

	if ((fault = tell(field, what)) || *what != FIELD_WRONG)
		return fault;
	problem = field->problem;
	*(struct counter *)field->state = *before;
	fault = tell(field, &back);
	field->problem = problem ? problem : "kiosk.not_allowed";
	return fault;
}

static enum fault key(struct field *field, const struct ui_event *event,
		      enum field_event *what)
{
	struct counter *counter = field->state, before = *counter;

	/* Back and skip, as on every other screen. */
	if (event->key == UI_KEY_LEFT || event->key == UI_KEY_RIGHT) {
		*what = FIELD_IGNORED;
		return FAULT_NONE;
	}
	*what = FIELD_CHANGED;
	switch (counter_key(counter, event)) {
	case COUNTER_IGNORED:
		*what = FIELD_IGNORED;
		break;
	case COUNTER_CHANGED:
		return change(field, &before, what);
	case COUNTER_REFUSED:
		break;
	case COUNTER_ENTERED:
		*what = FIELD_PICKED;
		break;
	}
	return FAULT_NONE;
}

/* The number, when it changes. */
static void say(struct field *field, struct prompts *out)
{
	const struct counter *counter = field->state;
	char text[16] = "";

	if (counter->is_set)
		snprintf(text, sizeof text, "%d", counter->value);
	field_say(field, text, out);
}

static void leave(struct field *field)
{
	field_forget(field, sizeof(struct counter));
}

const struct field_ops field_count = {
	.enter = enter,
	.draw = draw,
	.key = key,
	.say = say,
	.leave = leave,
};
