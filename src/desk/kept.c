#include "desk/kept.h"

#include <stdlib.h>

#include "desk/action.h"
#include "desk/frame.h"

#define LINE_ROWS 4 /* at most, of one ticket */

struct kept {
	struct desk *desk;
	struct kept_lines lines;
	size_t top; /* the first in view */
};

static enum fault enter(struct desk *desk, const void *about, void **state)
{
	const struct kept_lines *lines = about;
	struct kept *kept = xcalloc(1, sizeof *kept);

	kept->desk = desk;
	kept->lines.rows = xcalloc(lines->count + 1, sizeof *kept->lines.rows);
	kept->lines.count = lines->count;
	for (size_t i = 0; i < lines->count; i++)
		kept->lines.rows[i] = xstrdup(lines->rows[i]);
	*state = kept;
	return FAULT_NONE;
}

static void draw(void *state, struct canvas *canvas)
{
	struct kept *kept = state;
	SCOPED(char_freep) char *title = desk_word(kept->desk, "reach.kept");
	const struct canvas_area area = frame_draw(kept->desk, canvas, title);
	int y = area.y;

	for (size_t i = kept->top; i < kept->lines.count && y < area.y + area.h;
	     i++) {
		const int left = area.y + area.h - y;

		y += canvas_text(canvas,
				 &(struct canvas_text){
				     .y = y,
				     .x = 1,
				     .h = left < LINE_ROWS ? left : LINE_ROWS,
				     .w = area.w - 2,
				     .text = kept->lines.rows[i],
				     .language = kept->desk->staff.language,
				     .colour = CANVAS_INK,
				     .caret = -1,
				 });
	}
}

static enum screen_next key(void *state, const struct ui_event *event)
{
	struct kept *kept = state;

	if (event->key == UI_KEY_BACKSPACE)
		return SCREEN_BACK;
	if (event->key == UI_KEY_DOWN && kept->top + 1 < kept->lines.count)
		kept->top++;
	else if (event->key == UI_KEY_UP && kept->top)
		kept->top--;
	else
		(void)action_key(kept->desk, event);
	return SCREEN_STAY;
}

static void leave(void *state)
{
	struct kept *kept = state;

	for (size_t i = 0; i < kept->lines.count; i++)
		free(kept->lines.rows[i]);
	free(kept->lines.rows);
	free(kept);
}

const struct view desk_kept_screen = {
	.name = "kept",
	.enter = enter,
	.draw = draw,
	.key = key,
	.leave = leave,
};
