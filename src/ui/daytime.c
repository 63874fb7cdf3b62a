#include "ui/daytime.h"

#include <stdio.h>

#include "base/memory.h"
#include "text/digits.h"

enum { HOUR, MINUTE, PARTS };

static const struct {
	int most, step, start; /* where the first press begins */
} ranges[PARTS] = {
	[HOUR] = { .most = 23, .step = 1, .start = 12 },
	[MINUTE] = { .most = 59, .step = 5, .start = 0 },
};

#define PART 6 /* cells */
#define GAP (DAYTIME_CELLS - PARTS * PART)

void daytime_init(struct daytime *daytime)
{
	*daytime =
	    (struct daytime){ .parts = { DAYTIME_BLANK, DAYTIME_BLANK } };
}

bool daytime_read(struct daytime *daytime, const char *text)
{
	int hour, minute;

	if (sscanf(text, "%2d:%2d", &hour, &minute) != PARTS)
		return false;
	daytime->parts[HOUR] = hour;
	daytime->parts[MINUTE] = minute;
	return true;
}

bool daytime_is_blank(const struct daytime *daytime)
{
	return daytime->parts[HOUR] == DAYTIME_BLANK &&
	       daytime->parts[MINUTE] == DAYTIME_BLANK;
}

bool daytime_is_whole(const struct daytime *daytime)
{
	return daytime->parts[HOUR] != DAYTIME_BLANK &&
	       daytime->parts[MINUTE] != DAYTIME_BLANK;
}

char *daytime_wall(const struct daytime *daytime)
{
	return daytime_is_whole(daytime)
		   ? xasprintf("%02d:%02d", daytime->parts[HOUR],
			       daytime->parts[MINUTE])
		   : xstrdup("");
}

char *daytime_text(const struct daytime *daytime)
{
	SCOPED(char_wipep) char *wall = daytime_wall(daytime);

	return wall[0] ? xasprintf("%s:00.000", wall) : xstrdup("");
}

/* --- drawing ---------------------------------------------------------------
 */

/* Two digits, as clocks have them. */
static char *shown(const struct daytime *daytime, int part,
		   const char *language)
{
	SCOPED(char_freep)
	char *number = xasprintf("%02d", daytime->parts[part]);

	if (daytime->parts[part] == DAYTIME_BLANK)
		return xstrdup("—");
	return digits_written(language, number);
}

/* The two parts are a number: they keep their order on a mirrored canvas. */
static int column_of(const struct canvas *canvas, int part)
{
	return canvas_mirrored(canvas) ? PARTS - 1 - part : part;
}

static void draw_colon(struct canvas *canvas, struct canvas_area area)
{
	canvas_text(canvas, &(struct canvas_text){
				.y = area.y,
				.x = area.x + PART,
				.h = area.h,
				.w = GAP,
				.text = ":",
				.language = "en",
				.style = CANVAS_BOLD,
				.align = CANVAS_CENTRE,
				.caret = -1,
				.middle = true,
			    });
}

void daytime_draw(struct daytime *daytime, struct canvas *canvas,
		  struct canvas_area area, const char *language, bool focused)
{
	draw_colon(canvas, area);
	for (int i = 0; i < PARTS; i++) {
		SCOPED(char_freep) char *text = shown(daytime, i, language);
		int x = area.x + column_of(canvas, i) * (PART + GAP);

		spin_draw(&daytime->spins[i], canvas,
			  (struct canvas_area){ area.y, x, area.h, PART },
			  &(struct spin_look){
			      .text = text,
			      .language = language,
			      .focused = focused && daytime->focus == i,
			      .blank = daytime->parts[i] == DAYTIME_BLANK,
			  });
	}
}

/* --- keys ------------------------------------------------------------------
 */

static enum daytime_event focus_on(struct daytime *daytime, int part)
{
	daytime->focus = part;
	daytime->typing = false;
	return DAYTIME_MOVED;
}

bool daytime_back(struct daytime *daytime)
{
	if (daytime->focus == HOUR)
		return false;
	focus_on(daytime, HOUR);
	return true;
}

/* Round and round; minutes come to a step. */
static enum daytime_event step(struct daytime *daytime, int part, int by)
{
	int value = daytime->parts[part], size = ranges[part].step;
	int round = ranges[part].most + 1;

	daytime->typing = false;
	if (value == DAYTIME_BLANK)
		value = ranges[part].start;
	else if (by > 0)
		value = (value / size + 1) * size % round;
	else
		value =
		    ((value + size - 1) / size * size - size + round) % round;
	daytime->parts[part] = value;
	return DAYTIME_CHANGED;
}

static enum daytime_event type(struct daytime *daytime, uint32_t character)
{
	int digit = digits_value(character), part = daytime->focus, value;

	if (character == ':' && part == HOUR)
		return focus_on(daytime, MINUTE);
	if (digit < 0)
		return DAYTIME_IGNORED;
	value = daytime->typing ? daytime->parts[part] * 10 + digit : digit;
	daytime->parts[part] = value > ranges[part].most ? digit : value;
	daytime->typing = true;
	return DAYTIME_CHANGED;
}

static enum daytime_event erase(struct daytime *daytime)
{
	int *part = &daytime->parts[daytime->focus];

	if (*part == DAYTIME_BLANK)
		return daytime_back(daytime) ? DAYTIME_MOVED : DAYTIME_IGNORED;
	*part = daytime->typing && *part > 9 ? *part / 10 : DAYTIME_BLANK;
	daytime->typing = *part != DAYTIME_BLANK;
	return DAYTIME_CHANGED;
}

static enum daytime_event enter(struct daytime *daytime)
{
	if (daytime->focus == HOUR && daytime->parts[HOUR] != DAYTIME_BLANK)
		return focus_on(daytime, MINUTE);
	if (daytime->parts[HOUR] != DAYTIME_BLANK &&
	    daytime->parts[MINUTE] == DAYTIME_BLANK)
		daytime->parts[MINUTE] = 0;
	return DAYTIME_ENTERED;
}

static enum daytime_event touch(struct daytime *daytime,
				const struct ui_event *event)
{
	for (int i = 0; i < PARTS; i++) {
		enum spin_touch touched =
		    spin_touched(&daytime->spins[i], event);

		if (touched == SPIN_MISSED)
			continue;
		focus_on(daytime, i);
		return touched == SPIN_ITSELF
			   ? DAYTIME_MOVED
			   : step(daytime, i, touched == SPIN_MORE ? 1 : -1);
	}
	return DAYTIME_IGNORED;
}

bool daytime_is_touched(const struct daytime *daytime,
			const struct ui_event *event)
{
	for (int i = 0; i < PARTS; i++) {
		if (spin_touched(&daytime->spins[i], event) != SPIN_MISSED)
			return true;
	}
	return false;
}

enum daytime_event daytime_key(struct daytime *daytime,
			       const struct ui_event *event)
{
	switch (event->key) {
	case UI_KEY_UP:
	case UI_KEY_WHEEL_UP:
		return step(daytime, daytime->focus, 1);
	case UI_KEY_DOWN:
	case UI_KEY_WHEEL_DOWN:
		return step(daytime, daytime->focus, -1);
	case UI_KEY_TEXT:
		return type(daytime, event->character);
	case UI_KEY_BACKSPACE:
	case UI_KEY_DELETE:
		return erase(daytime);
	case UI_KEY_ENTER:
		return enter(daytime);
	case UI_KEY_POINT:
		return touch(daytime, event);
	default:
		return DAYTIME_IGNORED;
	}
}
