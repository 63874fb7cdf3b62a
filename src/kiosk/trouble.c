#include <stdlib.h>

#include "kiosk/visit.h"

/*
 * Something failed. The person is told in their words and sent to the desk;
 * the technical line went to the log, for staff.
 */
#define STAY_MS 30000

struct trouble {
	struct visit *visit;
	int64_t since;
};

static enum fault enter(void *from, void **state)
{
	struct trouble *trouble = xcalloc(1, sizeof *trouble);

	trouble->visit = from;
	trouble->since = trouble->visit->now;
	*state = trouble;
	return FAULT_NONE;
}

static void draw(void *state, struct canvas *canvas)
{
	const struct trouble *trouble = state;
	struct told told = visit_told(trouble->visit);

	told_trouble(&told, canvas);
}

static void say(void *state, struct prompts *out)
{
	visit_prompt(((struct trouble *)state)->visit, out, PROMPT_LEAD,
		     "kiosk.trouble", NULL);
}

static enum screen_next key(void *state, const struct ui_event *event)
{
	struct trouble *trouble = state;

	(void)event;
	visit_end(trouble->visit);
	return SCREEN_STAY;
}

static enum screen_next tick(void *state, int64_t now)
{
	const struct trouble *trouble = state;

	return now - trouble->since >= STAY_MS ? SCREEN_HOME : SCREEN_STAY;
}

const struct screen_ops screen_trouble = {
	.name = "trouble",
	.enter = enter,
	.draw = draw,
	.say = say,
	.key = key,
	.tick = tick,
	.leave = free,
};
