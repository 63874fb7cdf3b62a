#include <stdlib.h>

#include "base/memory.h"
#include "desk/action.h"
#include "desk/frame.h"
#include "desk/screens.h"
#include "ui/table.h"

/*
 * What every key does on the screen that it was opened from, then what every
 * mark there means: more rows than a low window has, so they scroll.
 */
struct row {
	char *sign;
	const char *about; /* catalogue */
};

enum column { SIGN, ABOUT, COLUMNS };

struct help {
	struct desk *desk;
	struct row *rows;
	size_t count;
	struct table *table;
	char *about; /* of the last fill() */
};

static struct table_cell fill(void *to, size_t row, int column)
{
	struct help *help = to;

	if (column == SIGN)
		return (struct table_cell){
			.text = help->rows[row].sign,
			.language = "en",
			.colour = CANVAS_ACCENT,
			.bold = true,
		};
	free(help->about);
	help->about = desk_word(help->desk, help->rows[row].about);
	return (struct table_cell){ .text = help->about, .colour = CANVAS_INK };
}

static void add(struct help *help, const char *sign, const char *about)
{
	help->rows =
	    xreallocarray(help->rows, help->count + 1, sizeof *help->rows);
	help->rows[help->count++] =
	    (struct row){ .sign = xstrdup(sign), .about = about };
}

/* What cannot be done at the moment is explained, too. */
static void add_all(struct help *help, const struct desk *desk)
{
	const struct view *top = stack_top(&desk->stack);
	const struct action *action;
	char letter[2];

	for (size_t i = 0; (action = action_at(desk, i)); i++)
		add(help, action_sign(action, letter), action->about);
	for (const struct view_mark *mark = top->marks; mark && mark->sign;
	     mark++)
		add(help, mark->sign, mark->about);
}

static enum fault enter(struct desk *desk, const void *about, void **state)
{
	static const struct table_column columns[COLUMNS] = {
		[SIGN] = { NULL, 6, CANVAS_START, 0 },
		[ABOUT] = { NULL, 0, CANVAS_START, 0 },
	};
	struct help *help = xcalloc(1, sizeof *help);

	(void)about;
	help->desk = desk;
	add_all(help, desk);
	help->table = table_new(&(struct table_options){
	    .language = desk->staff.language,
	    .columns = columns,
	    .column_count = COLUMNS,
	    .fill = fill,
	    .to = help,
	});
	table_set_count(help->table, help->count);
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
	while (help->count)
		free(help->rows[--help->count].sign);
	free(help->rows);
	free(help->about);
	free(help);
}

const struct view desk_help_screen = {
	.name = "help",
	.enter = enter,
	.draw = draw,
	.key = key,
	.writing = view_writes,
	.leave = leave,
};
