#include "desk/pieces.h"

#include <stdlib.h>

#include "desk/action.h"
#include "desk/frame.h"

#define ROWS 3 /* how far it is, and a bar */

struct working {
	struct desk *desk;
	struct pieces of; /* its texts are gone: */
	char *title;
	size_t at;
	bool shown; /* how far it is now has been drawn */
};

static void leave(void *state)
{
	struct working *working = state;

	if (working->of.drop)
		working->of.drop(working->of.to);
	free(working->title);
	free(working);
}

static enum fault enter(struct desk *desk, const void *about, void **state)
{
	struct working *working = xcalloc(1, sizeof *working);

	working->desk = desk;
	working->of = *(const struct pieces *)about;
	working->title = xstrdup(working->of.title);
	*state = working;
	return FAULT_NONE;
}

void pieces_start(struct desk *desk, const struct pieces *pieces)
{
	const size_t depth = desk->stack.depth;

	desk_open(desk, &desk_pieces_screen, pieces);
	if (desk->stack.depth == depth)
		pieces->drop(pieces->to);
}

/* --- what is seen --------------------------------------------------------- */

static void draw_bar(const struct working *working, struct canvas *canvas,
		     struct canvas_area area)
{
	const size_t cells = (size_t)(area.w > 0 ? area.w : 0);
	const size_t full = cells * working->at / working->of.count;
	struct bytes bar = { 0 };

	for (size_t i = 0; i < cells; i++)
		bytes_add_text(&bar, i < full ? "█" : "░");
	bytes_add_text(&bar, "");
	frame_line(canvas, area.y, area.x, area.w, (const char *)bar.data, "en",
		   CANVAS_PLAIN, CANVAS_ACCENT);
	bytes_done(&bar);
}

static void draw(void *state, struct canvas *canvas)
{
	struct working *working = state;
	struct desk *desk = working->desk;
	const struct catalogue_argument far[] = {
		{ .name = "at", .number = (int64_t)working->at + 1 },
		{ .name = "all", .number = (int64_t)working->of.count },
	};
	SCOPED(char_freep)
	char *words = desk_words(desk, working->of.words, far, COUNT(far));
	struct canvas_area area =
	    frame_panel(desk, canvas, working->title, ROWS);

	frame_line(canvas, area.y, area.x, area.w, words, desk->staff.language,
		   CANVAS_PLAIN, CANVAS_INK);
	area.y++;
	draw_bar(working, canvas, area);
	working->shown = true;
}

/* --- what is done --------------------------------------------------------- */

static bool is_busy(const void *state)
{
	const struct working *working = state;

	return working->at < working->of.count;
}

/* The panel goes first: what comes of it opens screens of its own. */
static void finish(struct working *working)
{
	struct desk *desk = working->desk;
	const struct pieces of = working->of;

	working->of.drop = NULL;
	desk_done(desk);
	of.done(desk, of.to);
	of.drop(of.to);
}

/* One at a time, and none before it was said which. */
static enum screen_next tick(void *state, int64_t moment)
{
	struct working *working = state;

	(void)moment;
	if (!working->shown)
		return SCREEN_STAY;
	working->shown = false;
	working->desk->dirty = true;
	if (working->of.each(working->of.to, working->at)) {
		desk_say_trouble(working->desk);
		return SCREEN_BACK;
	}
	if (++working->at == working->of.count)
		finish(working);
	return SCREEN_STAY;
}

static enum screen_next key(void *state, const struct ui_event *event)
{
	struct working *working = state;

	if (event->key != UI_KEY_ESCAPE) {
		(void)action_key(working->desk, event);
		return SCREEN_STAY;
	}
	desk_say_key(working->desk, "pieces.ended");
	return SCREEN_BACK;
}

const struct view desk_pieces_screen = {
	.name = "pieces",
	.enter = enter,
	.draw = draw,
	.key = key,
	.over = true,
	.tick = tick,
	.busy = is_busy,
	.leave = leave,
};
