#include <stdlib.h>

#include "kiosk/visit.h"
#include "kiosk/world.h"
#include "ui/canvas.h"

/*
 * One big word of welcome in the offered languages in turn, one pictogram,
 * nothing else. Any key or touch goes on.
 */
#define TURN_MS 3000

struct welcome {
	struct visit *visit;
	size_t turn;
	int64_t since;
};

static enum fault enter(void *from, void **state)
{
	struct welcome *welcome = xcalloc(1, sizeof *welcome);

	welcome->visit = from;
	welcome->since = welcome->visit->now;
	*state = welcome;
	return FAULT_NONE;
}

static void draw_line(const struct welcome *welcome, struct canvas *canvas,
		      int y, int h, const char *key, enum canvas_style style,
		      enum canvas_colour colour)
{
	struct hall *hall = welcome->visit->hall;
	const struct offered *offered = &hall->offered[welcome->turn];
	SCOPED(char_freep)
	char *text = catalogue_word(hall_words(hall, offered), key);

	canvas_text(canvas, &(struct canvas_text){
				.y = y,
				.x = 2,
				.h = h,
				.w = canvas_columns(canvas) - 4,
				.text = text,
				.language = offered->language->tag,
				.style = style,
				.colour = colour,
				.align = CANVAS_CENTRE,
				.caret = -1,
			    });
}

static void draw(void *state, struct canvas *canvas)
{
	const struct welcome *welcome = state;
	int middle = canvas_rows(canvas) / 2;

	canvas_mirror(canvas, false);
	canvas_clear(canvas);
	canvas_pictogram(canvas, middle - 5, canvas_columns(canvas) / 2 - 4, 4,
			 8, "hand", CANVAS_ACCENT);
	draw_line(welcome, canvas, middle, 3, "kiosk.welcome", CANVAS_NUMBER,
		  CANVAS_INK);
	draw_line(welcome, canvas, canvas_rows(canvas) - 2, 1,
		  "kiosk.touch_to_start", CANVAS_PLAIN, CANVAS_QUIET);
}

static enum screen_next key(void *state, const struct ui_event *event)
{
	struct welcome *welcome = state;

	(void)event;
	if (step_first(welcome->visit->run, &welcome->visit->step))
		visit_go(welcome->visit, VISIT_QUESTION);
	else
		visit_finish(welcome->visit);
	return SCREEN_STAY;
}

static enum screen_next tick(void *state, int64_t now)
{
	struct welcome *welcome = state;
	struct visit *visit = welcome->visit;

	if (!hall_is_open(visit->hall, world_now()))
		visit_go(visit, VISIT_CLOSED);
	else if (now - welcome->since >= TURN_MS) {
		welcome->since = now;
		welcome->turn = visit_turn(visit, welcome->turn);
		visit->dirty = true;
	}
	return SCREEN_STAY;
}

const struct screen_ops screen_welcome = {
	.name = "welcome",
	.enter = enter,
	.draw = draw,
	.key = key,
	.tick = tick,
	.leave = free,
};
