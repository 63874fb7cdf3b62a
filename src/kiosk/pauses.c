#include <stdlib.h>

#include "kiosk/dialogue.h"
#include "ui/progress.h"

/*
 * What lies over a question for a while: asking for a person, waiting for one,
 * starting over, and "Are you still here?".
 */

/* --- a person --------------------------------------------------------------
 */

static void person_pressed(struct visit *visit, size_t key)
{
	if (key == 0)
		visit_cover(visit, VISIT_WAITING);
	else
		visit_uncover(visit);
}

static enum fault person_enter(void *from, void **state)
{
	static const struct dialogue dialogue = {
		.words = &told_person,
		.pressed = person_pressed,
		.cancelled = visit_uncover,
	};

	return dialogue_enter(from, &dialogue, state);
}

const struct screen_ops screen_person = {
	.name = "person",
	.enter = person_enter,
	.draw = dialogue_draw,
	.say = dialogue_say,
	.key = dialogue_key,
	.leave = dialogue_leave,
};

static void waiting_pressed(struct visit *visit, size_t key)
{
	(void)key;
	visit_uncover(visit);
}

static enum fault waiting_enter(void *from, void **state)
{
	static const struct dialogue dialogue = {
		.words = &told_waiting,
		.pressed = waiting_pressed,
		.cancelled = visit_uncover,
	};

	return dialogue_enter(from, &dialogue, state);
}

const struct screen_ops screen_waiting = {
	.name = "waiting",
	.enter = waiting_enter,
	.draw = dialogue_draw,
	.say = dialogue_say,
	.key = dialogue_key,
	.leave = dialogue_leave,
};

/* --- start over ------------------------------------------------------------
 */

static void erase_pressed(struct visit *visit, size_t key)
{
	if (key == 0)
		visit_uncover(visit);
	else
		visit_end(visit);
}

static enum fault erase_enter(void *from, void **state)
{
	static const struct dialogue dialogue = {
		.words = &told_erase,
		.pressed = erase_pressed,
		.cancelled = visit_uncover,
	};

	return dialogue_enter(from, &dialogue, state);
}

const struct screen_ops screen_erase = {
	.name = "erase",
	.enter = erase_enter,
	.draw = dialogue_draw,
	.say = dialogue_say,
	.key = dialogue_key,
	.leave = dialogue_leave,
};

/* --- still here? ------------------------------------------------------------
 */

/* A bar that shrinks, no digits; any key is a yes. */
struct idle {
	struct visit *visit;
	void *dialogue;
	int64_t since;
};

static enum fault idle_enter(void *from, void **state)
{
	static const struct dialogue dialogue = {
		.words = &told_idle,
	};
	struct idle *idle = xcalloc(1, sizeof *idle);
	enum fault fault;

	idle->visit = from;
	idle->since = idle->visit->now;
	if ((fault = dialogue_enter(from, &dialogue, &idle->dialogue))) {
		free(idle);
		return fault;
	}
	*state = idle;
	return FAULT_NONE;
}

static int64_t time_left(const struct idle *idle, int64_t now)
{
	return idle->visit->hall->extend_seconds * 1000LL - (now - idle->since);
}

static void idle_draw(void *state, struct canvas *canvas)
{
	struct idle *idle = state;
	int w = canvas_columns(canvas) - 4;
	int64_t whole = idle->visit->hall->extend_seconds * 1000LL;
	int64_t left = time_left(idle, idle->visit->now);

	dialogue_draw(idle->dialogue, canvas);
	progress_bar(canvas, canvas_rows(canvas) - 2, 2, w,
		     (int)(left > 0 ? left * 1000 / whole : 0), CANVAS_ACCENT);
}

static void idle_say(void *state, struct prompts *out)
{
	dialogue_say(((struct idle *)state)->dialogue, out);
}

static enum screen_next idle_key(void *state, const struct ui_event *event)
{
	(void)event;
	visit_uncover(((struct idle *)state)->visit);
	return SCREEN_STAY;
}

static enum screen_next idle_tick(void *state, int64_t now)
{
	struct idle *idle = state;

	idle->visit->dirty = true;
	return time_left(idle, now) <= 0 ? SCREEN_HOME : SCREEN_STAY;
}

static void idle_leave(void *state)
{
	struct idle *idle = state;

	dialogue_leave(idle->dialogue);
	free(idle);
}

const struct screen_ops screen_idle = {
	.name = "idle",
	.enter = idle_enter,
	.draw = idle_draw,
	.say = idle_say,
	.key = idle_key,
	.tick = idle_tick,
	.leave = idle_leave,
};
