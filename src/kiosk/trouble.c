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
	char *text;
};

static enum fault enter(void *from, void **state)
{
	struct trouble *trouble = xcalloc(1, sizeof *trouble);

	trouble->visit = from;
	trouble->since = trouble->visit->now;
	trouble->text = visit_word(from, "kiosk.trouble");
	*state = trouble;
	return FAULT_NONE;
}

static void draw(void *state, struct canvas *canvas)
{
	const struct trouble *trouble = state;
	const struct language *language = trouble->visit->offered->language;

	canvas_mirror(canvas, language->right_to_left);
	canvas_clear(canvas);
	canvas_text(canvas, &(struct canvas_text){
				.y = canvas_rows(canvas) / 3,
				.x = 4,
				.h = 4,
				.w = canvas_columns(canvas) - 8,
				.text = trouble->text,
				.language = language->tag,
				.style = CANVAS_HEADING,
				.align = CANVAS_CENTRE,
				.caret = -1,
			    });
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

static void leave(void *state)
{
	struct trouble *trouble = state;

	free(trouble->text);
	free(trouble);
}

const struct screen_ops screen_trouble = {
	.name = "trouble",
	.enter = enter,
	.draw = draw,
	.key = key,
	.tick = tick,
	.leave = leave,
};
