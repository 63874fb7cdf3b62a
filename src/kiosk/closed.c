#include <stdlib.h>

#include "ask/field.h"
#include "ask/heading.h"
#include "kiosk/visit.h"
#include "kiosk/world.h"
#include "ui/canvas.h"

/*
 * Outside the agency's hours, or when staff say so: only the helplines and
 * emergency numbers of foyer.ini's [helplines], with a heading that takes
 * turns through the languages that can be read here.
 */
#define TURN_MS 4000
#define HEARD_MS 30000 /* the same while it is read aloud */
/* A helpline's name is the agency's own text, in whatever language. */
#define HELPLINE_LANGUAGE "en"
#define HIGH 20 /* rows of a screen that has room for a larger heading */

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

static struct canvas_text line_at(const struct canvas *canvas, int y,
				  const char *text, const char *language,
				  enum canvas_style style)
{
	return (struct canvas_text){
		.y = y,
		.x = 2,
		.h = 2,
		.w = canvas_columns(canvas) - 4,
		.text = text,
		.language = language,
		.style = style,
		.caret = -1,
	};
}

static int draw_line(struct canvas *canvas, int y, const char *text,
		     const char *language, enum canvas_style style)
{
	struct canvas_text line = line_at(canvas, y, text, language, style);

	return canvas_text(canvas, &line);
}

/* The rows kept for the heading in every language, so that what stands below
 * stays where it is: more for large letters, but not of a low screen. */
static int heading_rows(const struct canvas *canvas, int percent)
{
	bool larger = canvas_has_plates(canvas) && percent > 100;

	return larger && canvas_rows(canvas) >= HIGH ? 4 : 2;
}

static void draw_heading(struct canvas *canvas, const char *text,
			 const char *language, int percent)
{
	struct canvas_text line =
	    line_at(canvas, 1, text, language, CANVAS_HEADING);

	line.h = heading_rows(canvas, percent);
	canvas_magnify(canvas, percent);
	heading_draw(canvas, &line, 2);
	canvas_magnify(canvas, 100);
}

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
	struct helpline_rows rows = { canvas, HELPLINE_LANGUAGE, 0 };
	int percent = ask_percent(hall->text_size);
	int below = 2 + heading_rows(canvas, percent);
	SCOPED(char_freep) char *heading = NULL;
	SCOPED(char_freep) char *help = NULL;

	heading = catalogue_word(words, "kiosk.closed");
	help = catalogue_word(words, "kiosk.closed_help");
	canvas_mirror(canvas, offered->language->right_to_left);
	canvas_clear(canvas);
	draw_heading(canvas, heading, offered->language->tag, percent);
	draw_line(canvas, below, help, offered->language->tag, CANVAS_PLAIN);
	rows.y = below + 2;
	settings_each(hall->lobby->settings, "helplines", draw_helpline, &rows);
}

/* A helpline by its name and, digit by digit, its number. */
struct helpline_told {
	struct prompts *out;
	const char *language;
};

static void say_helpline(void *to, const char *name, const char *number)
{
	const struct helpline_told *told = to;

	prompts_add(told->out, &(struct prompt){ .part = PROMPT_LEAD,
						 .language = HELPLINE_LANGUAGE,
						 .text = name });
	prompts_spell(told->out, told->language, number);
}

static void say(void *state, struct prompts *out)
{
	const struct closed *closed = state;
	const struct hall *hall = closed->visit->hall;
	struct helpline_told told = {
		out, hall->offered[closed->turn].language->tag
	};

	visit_prompt_turn(closed->visit, closed->turn, out, "kiosk.closed");
	visit_prompt_turn(closed->visit, closed->turn, out,
			  "kiosk.closed_help");
	settings_each(hall->lobby->settings, "helplines", say_helpline, &told);
}

/* How long a language stays: until what it says was heard. */
static int64_t turn_ms(const struct closed *closed)
{
	const struct visit *visit = closed->visit;
	const struct hall *hall = visit->hall;

	return aloud_reads(visit->aloud) &&
		       aloud_serves(visit->aloud,
				    hall->offered[closed->turn].language->tag)
		   ? HEARD_MS
		   : TURN_MS;
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

	if (hall_is_open(visit->hall))
		visit_go(visit, VISIT_WELCOME);
	else if (now - closed->since >= turn_ms(closed)) {
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
