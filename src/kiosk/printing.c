#include "kiosk/dialogue.h"
#include "kiosk/paper.h"
#include "kiosk/visit.h"

/*
 * The paper is made and printed. What the printer says decides what follows: it
 * came out, it did not, or nobody knows and the person is asked.
 */
/* Answers that do not fit go back to be shortened; nothing was issued. */
static enum fault start(struct visit *visit)
{
	enum paper_answer answer = PAPER_READY;
	enum fault fault = FAULT_NONE;

	if (!visit->sealed)
		fault = visit_paper(visit, &answer);
	if (!fault && answer == PAPER_TOO_LONG) {
		visit->too_long = true;
		return FAULT_NONE;
	}
	if (!fault)
		visit_print(visit);
	return fault;
}

static enum fault enter(void *from, void **state)
{
	struct visit *visit = from;

	*state = visit;
	visit->hurry = true;
	visit->too_long = false;
	return start(visit);
}

static void draw(void *state, struct canvas *canvas)
{
	struct told told = visit_told(state);

	told_printing(&told, canvas);
}

/* The screen has nothing of its own. */
static void leave(void *state)
{
	(void)state;
}

static void say(void *state, struct prompts *out)
{
	visit_prompt(state, out, PROMPT_LEAD, "kiosk.printing", NULL);
}

/* Keys pressed while it prints belong to no screen. */
static enum screen_next key(void *state, const struct ui_event *event)
{
	(void)state;
	(void)event;
	return SCREEN_STAY;
}

static enum screen_next tick(void *state, int64_t now)
{
	struct visit *visit = state;

	(void)now;
	if (visit->too_long) {
		visit_go(visit, VISIT_INTERVIEW);
		return SCREEN_STAY;
	}
	switch (porter_answer(visit->porter)) {
	case PRINTER_IDLE:
	case PRINTER_WORKING:
		break;
	case PRINTER_UNKNOWN:
		visit_go(visit, VISIT_CAME_OUT);
		break;
	default:
		visit_go(visit, VISIT_LAST);
	}
	return SCREEN_STAY;
}

const struct screen_ops screen_printing = {
	.name = "printing",
	.enter = enter,
	.draw = draw,
	.say = say,
	.key = key,
	.tick = tick,
	.leave = leave,
};

/* --- did it come out? -------------------------------------------------------
 */

static void came_out_pressed(struct visit *visit, size_t pressed)
{
	visit->in_hand = pressed == 0;
	if (!visit->in_hand && visit->copies < PAPER_COPIES)
		visit_go(visit, VISIT_PRINTING);
	else
		visit_go(visit, VISIT_LAST);
}

static enum fault came_out_enter(void *from, void **state)
{
	static const struct dialogue dialogue = {
		.words = &told_came_out,
		.pressed = came_out_pressed,
	};

	return dialogue_enter(from, &dialogue, state);
}

const struct screen_ops screen_came_out = {
	.name = "came-out",
	.enter = came_out_enter,
	.draw = dialogue_draw,
	.say = dialogue_say,
	.key = dialogue_key,
	.leave = dialogue_leave,
};
