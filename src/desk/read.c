#include "desk/read.h"

#include <stdlib.h>

#include "desk/frame.h"
#include "text/cells.h"
#include "ui/table.h"

#define MARGIN 2 /* cells, at either side */

/* The lines are rows of a table, which scrolls them. */
struct reading {
	struct desk *desk;
	char *title, *question, *answer;
	struct text_lines lines;
	int width; /* that they are broken to */
	struct table *table;
};

static struct table_cell fill(void *to, size_t row, int column)
{
	struct reading *reading = to;

	(void)column;
	return (struct table_cell){ .text = reading->lines.line[row],
				    .colour = CANVAS_INK };
}

static void leave(void *state)
{
	struct reading *reading = state;

	table_free(reading->table);
	text_lines_free(&reading->lines);
	free(reading->title);
	free(reading->question);
	char_wipe(reading->answer);
	free(reading);
}

static enum fault enter(struct desk *desk, const void *about, void **state)
{
	static const struct table_column columns[] = {
		{ NULL, 0, CANVAS_START, 0 },
	};
	const struct read_about *read = about;
	struct reading *reading = xcalloc(1, sizeof *reading);

	reading->desk = desk;
	reading->title = xstrdup(read->title);
	reading->question = xstrdup(read->question);
	reading->answer = xstrdup(read->answer);
	reading->table = table_new(&(struct table_options){
	    .language = desk->staff.language,
	    .columns = columns,
	    .column_count = COUNT(columns),
	    .fill = fill,
	    .to = reading,
	});
	*state = reading;
	return FAULT_NONE;
}

static void break_lines(struct reading *reading, int width)
{
	if (reading->width == width)
		return;
	text_lines_free(&reading->lines);
	reading->lines =
	    text_wrap(reading->answer, reading->desk->staff.language, width);
	reading->width = width;
	table_set_count(reading->table, reading->lines.count);
}

static void draw(void *state, struct canvas *canvas)
{
	struct reading *reading = state;
	const char *language = reading->desk->staff.language;
	struct canvas_area area =
	    frame_draw(reading->desk, canvas, reading->title);
	struct canvas_area question = { area.y, MARGIN, area.h / 2,
					area.w - 2 * MARGIN };
	struct canvas_text text;
	int rows;

	text = canvas_text_in(&question, reading->question, language);
	text.colour = CANVAS_QUIET;
	rows = canvas_text(canvas, &text) + 1;
	area.y += rows;
	area.h -= rows;
	/* The table has two cells before its rows and one behind them. */
	break_lines(reading, area.w - 2 * MARGIN - 1);
	table_draw(reading->table, canvas, area, false);
}

static enum screen_next key(void *state, const struct ui_event *event)
{
	struct reading *reading = state;

	return table_key(reading->table, event) == TABLE_MOVED ? SCREEN_STAY
							       : SCREEN_BACK;
}

const struct view desk_read_screen = {
	.name = "read",
	.enter = enter,
	.draw = draw,
	.key = key,
	.leave = leave,
};
