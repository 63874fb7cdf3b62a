#include <stdlib.h>

#include "kiosk/visit.h"
#include "kiosk/world.h"
#include "ui/canvas.h"

/*
 * Outside the agency's hours, or when staff say so: only the helplines and
 * emergency numbers of foyer.ini's [helplines], with a heading that takes
 * turns through the languages that can be read here.
 */
#define TURN_MS 4000
#define FIRST_ROW 6

struct closed {
	struct visit *visit;
	size_t turn;
	int64_t since;
};

struct helpline_rows {
	struct canvas *canvas;
	const char *language;
	int y;
};

static enum fault enter(void *from, void **state)
{
	struct closed *closed = xcalloc(1, sizeof *closed);

	closed->visit = from;
	closed->since = closed->visit->now;
	*state = closed;
	return FAULT_NONE;
}

static int draw_line(struct canvas *canvas, int y, const char *text,
		     const char *language, enum canvas_style style)
{
	return canvas_text(canvas, &(struct canvas_text){
				       .y = y,
				       .x = 2,
				       .h = 2,
				       .w = canvas_columns(canvas) - 4,
				       .text = text,
				       .language = language,
				       .style = style,
				       .caret = -1,
				   });
}

/* A helpline's name is the agency's own text, in whatever language. */
static void draw_helpline(void *to, const char *name, const char *number)
{
	struct helpline_rows *rows = to;
	SCOPED(char_freep) char *line = xasprintf("%s  %s", name, number);

	if (rows->y < canvas_rows(rows->canvas) - 1)
		rows->y += draw_line(rows->canvas, rows->y, line,
				     rows->language, CANVAS_BOLD);
}

static void draw(void *state, struct canvas *canvas)
{
	const struct closed *closed = state;
	struct hall *hall = closed->visit->hall;
	const struct offered *offered = &hall->offered[closed->turn];
	const struct catalogue *words = hall_words(hall, offered);
	struct helpline_rows rows = { canvas, "en", FIRST_ROW };
	SCOPED(char_freep) char *heading = NULL;
	SCOPED(char_freep) char *help = NULL;

	heading = catalogue_word(words, "kiosk.closed");
	help = catalogue_word(words, "kiosk.closed_help");
	canvas_mirror(canvas, offered->language->right_to_left);
	canvas_clear(canvas);
	draw_line(canvas, 1, heading, offered->language->tag, CANVAS_HEADING);
	draw_line(canvas, 4, help, offered->language->tag, CANVAS_PLAIN);
	settings_each(hall->lobby->settings, "helplines", draw_helpline, &rows);
}

static void say(void *state, struct prompts *out)
{
	const struct closed *closed = state;

	visit_prompt_turn(closed->visit, closed->turn, out, "kiosk.closed");
	visit_prompt_turn(closed->visit, closed->turn, out,
			  "kiosk.closed_help");
}

/* There is nothing to answer: no key does anything. */
static enum screen_next key(void *state, const struct ui_event *event)
{
	(void)state;
	(void)event;
	return SCREEN_STAY;
}

static enum screen_next tick(void *state, int64_t now)
{
	struct closed *closed = state;
	struct visit *visit = closed->visit;

	if (hall_is_open(visit->hall, world_now()))
		visit_go(visit, VISIT_WELCOME);
	else if (now - closed->since >= TURN_MS) {
		closed->since = now;
		closed->turn = visit_turn(visit, closed->turn);
		visit->dirty = true;
	}
	return SCREEN_STAY;
}

const struct screen_ops screen_closed = {
	.name = "closed",
	.enter = enter,
	.draw = draw,
	.say = say,
	.key = key,
	.tick = tick,
	.leave = free,
};
