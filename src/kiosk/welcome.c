#include <stdlib.h>

#include "ask/review.h"
#include "ask/step.h"
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
	size_t heard; /* turns since it is read aloud: one round, then quiet */
	int64_t since;
	bool services;            /* the key to them has the focus */
	struct canvas_area entry; /* that key; empty: there is none */
};

static enum fault enter(void *from, void **state)
{
	struct welcome *welcome = xcalloc(1, sizeof *welcome);

	welcome->visit = from;
	welcome->since = welcome->visit->now;
	*state = welcome;
	return FAULT_NONE;
}

static void draw(void *state, struct canvas *canvas)
{
	struct welcome *welcome = state;
	struct hall *hall = welcome->visit->hall;
	const struct offered *offered = &hall->offered[welcome->turn];
	const struct told told = { .language = offered->language,
				   .words = hall_words(hall, offered) };

	told_welcome(&told, canvas);
	if (hall->services)
		welcome->entry =
		    told_welcome_services(&told, welcome->services, canvas);
}

static void say(void *state, struct prompts *out)
{
	const struct welcome *welcome = state;

	if (welcome->heard >= welcome->visit->hall->offered_count)
		return;
	visit_prompt_turn(welcome->visit, welcome->turn, out, "kiosk.welcome");
	visit_prompt_turn(welcome->visit, welcome->turn, out,
			  "kiosk.touch_to_start");
	if (welcome->visit->hall->services)
		visit_prompt_turn(welcome->visit, welcome->turn, out,
				  "kiosk.services");
}

/* A form may have nothing to ask: then there is paper at once. */
static bool asks(struct run *run)
{
	struct step first;

	return step_first(run, &first) || review_node(run);
}

/* Whether a key is for the services, and not for the questions; up and down
 * move between the two. */
static bool is_for_services(struct welcome *welcome,
			    const struct ui_event *event)
{
	switch (event->key) {
	case UI_KEY_POINT:
		return canvas_area_holds(&welcome->entry, event->y, event->x);
	case UI_KEY_TEXT:
		return event->character == '2';
	case UI_KEY_ENTER:
		return welcome->services;
	default:
		return false;
	}
}

static bool moves(struct welcome *welcome, const struct ui_event *event)
{
	const bool down = event->key == UI_KEY_DOWN;

	if (!down && event->key != UI_KEY_UP)
		return false;
	if (down == welcome->services)
		return false;
	welcome->services = down;
	return true;
}

static enum screen_next key(void *state, const struct ui_event *event)
{
	struct welcome *welcome = state;
	struct visit *visit = welcome->visit;

	if (visit->hall->services && moves(welcome, event))
		return SCREEN_STAY;
	if (visit->hall->services && is_for_services(welcome, event)) {
		visit->browse.tongue = welcome->turn;
		visit_go(visit, VISIT_TONGUES);
		return SCREEN_STAY;
	}
	visit_go(visit, asks(visit->run) ? VISIT_INTERVIEW : VISIT_PRINTING);
	return SCREEN_STAY;
}

static enum screen_next tick(void *state, int64_t now)
{
	struct welcome *welcome = state;
	struct visit *visit = welcome->visit;

	if (!hall_is_open(visit->hall))
		visit_go(visit, VISIT_CLOSED);
	else if (now - welcome->since >= TURN_MS) {
		welcome->since = now;
		welcome->turn = visit_turn(visit, welcome->turn);
		welcome->heard =
		    aloud_reads(visit->aloud) ? welcome->heard + 1 : 0;
		visit->dirty = true;
	}
	return SCREEN_STAY;
}

const struct screen_ops screen_welcome = {
	.name = "welcome",
	.enter = enter,
	.draw = draw,
	.say = say,
	.key = key,
	.tick = tick,
	.leave = free,
};
