#include "desk/write.h"

#include <stdlib.h>
#include <string.h>

#include "desk/frame.h"
#include "ui/entry.h"

#define LINE_ROWS 3  /* what is written, a blank row, the hint */
#define LINES_ROWS 9 /* of a text of several lines */

struct writing {
	struct desk *desk;
	struct write write; /* with texts of its own */
	struct entry *entry;
	bool leaving; /* Escape was the last key */
};

static void leave(void *state)
{
	struct writing *writing = state;

	entry_free(writing->entry);
	free((char *)writing->write.title);
	free((char *)writing->write.hint);
	char_wipe((char *)writing->write.text);
	free(writing);
}

static enum fault enter(struct desk *desk, const void *about, void **state)
{
	const struct write *write = about;
	struct writing *writing = xcalloc(1, sizeof *writing);

	writing->desk = desk;
	writing->write = *write;
	writing->write.title = xstrdup(write->title);
	writing->write.hint =
	    write->hint ? xstrdup(write->hint)
			: desk_word(desk, write->lines ? "desk.write_lines"
						       : "desk.write_line");
	writing->write.text = xstrdup(write->text ? write->text : "");
	writing->entry = entry_new(&(struct entry_options){
	    .language =
		write->language ? write->language : desk->staff.language,
	    .lines = write->lines,
	});
	entry_set_text(writing->entry, writing->write.text);
	*state = writing;
	return FAULT_NONE;
}

static void draw(void *state, struct canvas *canvas)
{
	struct writing *writing = state;
	const struct write *write = &writing->write;
	struct canvas_area area =
	    frame_panel(writing->desk, canvas, write->title,
			write->lines ? LINES_ROWS : LINE_ROWS);
	struct canvas_area field = area;

	field.h = write->lines && area.h > 2 ? area.h - 2 : 1;
	entry_draw(writing->entry, canvas, field, ENTRY_FOCUSED);
	if (area.h > field.h)
		frame_line(canvas, area.y + area.h - 1, area.x, area.w,
			   write->hint, writing->desk->staff.language,
			   CANVAS_PLAIN, CANVAS_QUIET);
}

static void finish(struct writing *writing)
{
	struct desk *desk = writing->desk;
	const struct write write = writing->write;
	char *text = xstrdup(entry_text(writing->entry));

	if (!reach_refuses(desk) &&
	    (!write.check || write.check(desk, write.to, text))) {
		desk_done(desk);
		write.done(desk, write.to, text);
	}
	char_wipe(text);
}

static bool holds(const void *state)
{
	const struct writing *writing = state;

	return strcmp(entry_text(writing->entry), writing->write.text) != 0;
}

static void ask(void *state)
{
	struct writing *writing = state;

	desk_say_key(writing->desk, "desk.write_unsaved");
}

static enum screen_next key(void *state, const struct ui_event *event)
{
	struct writing *writing = state;
	bool again = writing->leaving;

	writing->leaving = event->key == UI_KEY_ESCAPE;
	if (event->key == UI_KEY_ESCAPE) {
		if (writing->write.lines && holds(state) && !again)
			desk_say_key(writing->desk, "desk.write_escape");
		else
			desk_done(writing->desk);
		return SCREEN_STAY;
	}
	if (event->key == UI_KEY_TAB ||
	    entry_key(writing->entry, event) == ENTRY_ENTERED)
		finish(writing);
	return SCREEN_STAY;
}

const struct view desk_write_screen = {
	.name = "write",
	.over = true,
	.enter = enter,
	.draw = draw,
	.key = key,
	.writing = view_writes,
	.holds = holds,
	.ask = ask,
	.leave = leave,
};

void write_open(struct desk *desk, const struct write *write)
{
	desk_open(desk, &desk_write_screen, write);
}
