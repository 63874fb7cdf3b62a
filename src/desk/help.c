#include <stdlib.h>

#include "base/memory.h"
#include "desk/action.h"
#include "desk/frame.h"
#include "desk/screens.h"
#include "ui/table.h"

/*
 * What every key does, then what every mark in the list means: more rows than
 * a low window has, so they scroll.
 */
static const struct {
	const char *sign, *about; /* about: catalogue */
} marks[] = {
	{ "▸", "desk.mark_called" },     { "…", "desk.mark_no_answer" },
	{ "■", "desk.mark_in_service" }, { "U3*", "desk.mark_staff" },
	{ "U3+", "desk.mark_lifted" },   { "☎", "desk.mark_quiet" },
};

enum column { SIGN, ABOUT, COLUMNS };

struct help {
	struct desk *desk;
	struct table *table;
	char letter[2];
	char *about; /* of the last fill() */
};

static struct table_cell fill(void *to, size_t row, int column)
{
	struct help *help = to;
	const struct desk *desk = help->desk;
	bool is_action = row < desk->action_count;
	size_t mark = row - desk->action_count;

	if (column == SIGN)
		return (struct table_cell){
			.text = is_action ? action_sign(&desk->actions[row],
							help->letter)
					  : marks[mark].sign,
			.language = "en",
			.colour = CANVAS_ACCENT,
			.bold = true,
		};
	free(help->about);
	help->about = desk_word(desk, is_action ? desk->actions[row].about
						: marks[mark].about);
	return (struct table_cell){ .text = help->about, .colour = CANVAS_INK };
}

static enum fault enter(void *from, void **state)
{
	static const struct table_column columns[COLUMNS] = {
		[SIGN] = { NULL, 6, CANVAS_START, 0 },
		[ABOUT] = { NULL, 0, CANVAS_START, 0 },
	};
	struct help *help = xcalloc(1, sizeof *help);

	help->desk = from;
	help->table = table_new(&(struct table_options){
	    .language = help->desk->staff.language,
	    .columns = columns,
	    .column_count = COLUMNS,
	    .fill = fill,
	    .to = help,
	});
	table_set_count(help->table, help->desk->action_count + COUNT(marks));
	*state = help;
	return FAULT_NONE;
}

static void draw(void *state, struct canvas *canvas)
{
	struct help *help = state;
	SCOPED(char_freep) char *title = desk_word(help->desk, "desk.help");

	table_draw(help->table, canvas, frame_draw(help->desk, canvas, title),
		   true);
}

/* What does not move in it goes back. */
static enum screen_next key(void *state, const struct ui_event *event)
{
	struct help *help = state;

	return table_key(help->table, event) == TABLE_MOVED ? SCREEN_STAY
							    : SCREEN_BACK;
}

static void leave(void *state)
{
	struct help *help = state;

	table_free(help->table);
	free(help->about);
	free(help);
}

const struct screen_ops desk_help_screen = {
	.name = "help",
	.enter = enter,
	.draw = draw,
	.key = key,
	.leave = leave,
};
