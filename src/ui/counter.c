#include "ui/counter.h"

#include "base/memory.h"
#include "text/digits.h"

#define BUTTON 5 /* cells of each key */
#define GAP 1
#define NUMBER (COUNTER_CELLS - 2 * (BUTTON + GAP))

static void draw_piece(struct canvas *canvas, const struct canvas_area *area,
		       const char *text, const char *language,
		       enum canvas_colour colour)
{
	canvas_fill(canvas, area->y, area->x, area->h, area->w, colour);
	canvas_text(canvas,
		    &(struct canvas_text){
			.y = area->y,
			.x = area->x,
			.h = area->h,
			.w = area->w,
			.text = text,
			.language = language,
			.style = area->h > 1 ? CANVAS_HEADING : CANVAS_BOLD,
			.colour = colour,
			.align = CANVAS_CENTRE,
			.caret = -1,
			.middle = true,
		    });
}

/* Frames in which the signs stand, where there is room for them. */
static void draw_button(struct canvas *canvas, const struct canvas_area *area,
			const char *sign)
{
	struct canvas_area inside = { area->y + 1, area->x + 1, area->h - 2,
				      area->w - 2 };

	if (area->h > 2)
		canvas_frame(canvas, area, CANVAS_ACCENT);
	draw_piece(canvas, area->h > 2 ? &inside : area, sign, "en",
		   CANVAS_ACCENT);
}

void counter_draw(struct counter *counter, struct canvas *canvas,
		  struct canvas_area area, const char *language, bool focused)
{
	int h = area.h > 3 ? 3 : area.h;
	struct canvas_area less = { area.y, area.x, h, BUTTON };
	struct canvas_area number = { area.y, area.x + BUTTON + GAP, h,
				      NUMBER };
	struct canvas_area more = { area.y, number.x + NUMBER + GAP, h,
				    BUTTON };
	struct digits digits = digits_of(language);
	SCOPED(char_freep)
	char *text = counter->words    ? xstrdup(counter->words)
		     : counter->is_set ? digits_number(&digits, counter->value)
				       : xstrdup("");

	draw_button(canvas, &less, "−");
	draw_piece(canvas, &number, text, language,
		   focused ? CANVAS_FOCUS : CANVAS_INK);
	draw_button(canvas, &more, "+");
	counter->less = canvas_on_screen(canvas, less);
	counter->more = canvas_on_screen(canvas, more);
}

static enum counter_event set(struct counter *counter, int value)
{
	if (value < counter->least || value > counter->most)
		return COUNTER_REFUSED;
	counter->is_set = true;
	counter->value = value;
	return COUNTER_CHANGED;
}

/* From blank, less and more both begin at the least. */
static enum counter_event step(struct counter *counter, int by)
{
	if (!counter->is_set)
		return set(counter, by > 0 && counter->least == 0
					? (counter->most > 0)
					: counter->least);
	return set(counter, counter->value + by);
}

static enum counter_event type(struct counter *counter, uint32_t character)
{
	int digit = digits_value(character);

	if (character == '+')
		return step(counter, 1);
	if (character == '-')
		return step(counter, -1);
	if (digit < 0)
		return COUNTER_IGNORED;
	if (!counter->is_set || counter->value > counter->most / 10)
		return set(counter, digit);
	/* A digit that no longer fits begins the number anew. */
	return counter->value * 10 + digit > counter->most
		   ? set(counter, digit)
		   : set(counter, counter->value * 10 + digit);
}

static enum counter_event erase(struct counter *counter)
{
	if (!counter->is_set)
		return COUNTER_IGNORED;
	counter->value /= 10;
	counter->is_set =
	    counter->value >= counter->least && counter->value > 0;
	return COUNTER_CHANGED;
}

enum counter_event counter_key(struct counter *counter,
			       const struct ui_event *event)
{
	switch (event->key) {
	case UI_KEY_UP:
	case UI_KEY_WHEEL_UP:
		return step(counter, 1);
	case UI_KEY_DOWN:
	case UI_KEY_WHEEL_DOWN:
		return step(counter, -1);
	case UI_KEY_TEXT:
		return type(counter, event->character);
	case UI_KEY_BACKSPACE:
		return erase(counter);
	case UI_KEY_DELETE:
		counter->is_set = false;
		counter->value = 0;
		return COUNTER_CHANGED;
	case UI_KEY_ENTER:
		return COUNTER_ENTERED;
	case UI_KEY_POINT:
		if (canvas_area_holds(&counter->less, event->y, event->x))
			return step(counter, -1);
		if (canvas_area_holds(&counter->more, event->y, event->x))
			return step(counter, 1);
		return COUNTER_IGNORED;
	default:
		return COUNTER_IGNORED;
	}
}
