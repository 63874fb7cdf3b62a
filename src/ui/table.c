#include "ui/table.h"

#include <assert.h>
#include <stdlib.h>

#include "text/cells.h"

#define MARKER 2    /* cells before each row */
#define GAP 2       /* between columns */
#define FLEXIBLE 10 /* cells a column of no width wants at least */
#define WHEEL_ROWS 3

struct table {
	char *language, *empty;
	struct table_column columns[TABLE_COLUMNS];
	int column_count;
	table_fill *fill;
	void *to;
	size_t count, selected, top;
	bool has_titles;
	int title_rows; /* at most */
	/* Learnt when drawn. */
	int widths[TABLE_COLUMNS]; /* 0: left out */
	size_t rows;               /* in view */
	struct canvas_area on_screen;
};

struct table *table_new(const struct table_options *options)
{
	struct table *table = xcalloc(1, sizeof *table);

	assert(options->column_count > 0 &&
	       options->column_count <= TABLE_COLUMNS);
	table->language = xstrdup(options->language);
	table->empty = xstrdup(options->empty ? options->empty : "");
	table->column_count = options->column_count;
	table->fill = options->fill;
	table->to = options->to;
	table->title_rows = options->title_rows ? options->title_rows : 1;
	table->rows = 1;
	for (int i = 0; i < options->column_count; i++) {
		table->columns[i] = options->columns[i];
		if (!options->columns[i].title)
			continue;
		table->columns[i].title = xstrdup(options->columns[i].title);
		table->has_titles = true;
	}
	return table;
}

void table_free(struct table *table)
{
	if (!table)
		return;
	for (int i = 0; i < table->column_count; i++)
		free((char *)table->columns[i].title);
	free(table->language);
	free(table->empty);
	free(table);
}

size_t table_selected(const struct table *table)
{
	return table->selected;
}

/* Scrolls no further than is needed; how much is in view is known once it was
 * drawn. */
static void keep_in_view(struct table *table)
{
	if (!table->on_screen.h)
		return;
	if (table->selected < table->top)
		table->top = table->selected;
	else if (table->selected >= table->top + table->rows)
		table->top = table->selected - table->rows + 1;
	if (table->top + table->rows > table->count)
		table->top =
		    table->count > table->rows ? table->count - table->rows : 0;
}

void table_select(struct table *table, size_t row)
{
	table->selected = row < table->count ? row
			  : table->count     ? table->count - 1
					     : 0;
	keep_in_view(table);
}

void table_set_count(struct table *table, size_t count)
{
	table->count = count;
	table_select(table, table->selected);
}

/* --- widths --------------------------------------------------------------- */

static int least_width(const struct table_column *column)
{
	return column->width ? column->width : FLEXIBLE;
}

/* What the columns that are shown want together. */
static int wanted(const struct table *table, const bool *shown)
{
	int sum = -GAP;

	for (int i = 0; i < table->column_count; i++)
		sum += shown[i] ? least_width(&table->columns[i]) + GAP : 0;
	return sum;
}

/* Leaves out the column that is missed least; false when all must stay. */
static bool leave_out_one(const struct table *table, bool *shown)
{
	int worst = -1;

	for (int i = 0; i < table->column_count; i++) {
		if (shown[i] && table->columns[i].keep &&
		    (worst < 0 ||
		     table->columns[i].keep >= table->columns[worst].keep))
			worst = i;
	}
	if (worst >= 0)
		shown[worst] = false;
	return worst >= 0;
}

static int flexible_columns(const struct table *table, const bool *shown)
{
	int count = 0;

	for (int i = 0; i < table->column_count; i++)
		count += shown[i] && !table->columns[i].width;
	return count;
}

static void choose_widths(struct table *table, int room)
{
	bool shown[TABLE_COLUMNS];
	int spare, share;

	for (int i = 0; i < table->column_count; i++)
		shown[i] = true;
	while (wanted(table, shown) > room && leave_out_one(table, shown))
		continue;
	spare = room - wanted(table, shown);
	share = flexible_columns(table, shown);
	for (int i = 0; i < table->column_count; i++) {
		table->widths[i] =
		    shown[i] ? least_width(&table->columns[i]) : 0;
		if (shown[i] && !table->columns[i].width && spare > 0) {
			int extra = spare / share;

			table->widths[i] += extra;
			spare -= extra;
			share--;
		}
	}
}

/* --- drawing -------------------------------------------------------------- */

struct line {
	int y, x, end;
	int h;                     /* rows; 0: one */
	enum canvas_colour colour; /* CANVAS_INK: each cell's own */
	bool bold;
};

static void draw_cell(const struct table *table, struct canvas *canvas,
		      const struct line *line, int x, int column,
		      const struct table_cell *cell)
{
	int width = table->widths[column];

	if (x + width > line->end)
		width = line->end - x;
	if (!cell->text || width < 1)
		return;
	canvas_text(
	    canvas,
	    &(struct canvas_text){
		.y = line->y,
		.x = x,
		.h = line->h ? line->h : 1,
		.w = width,
		.text = cell->text,
		.language = cell->language ? cell->language : table->language,
		.style = line->bold || cell->bold ? CANVAS_BOLD : CANVAS_PLAIN,
		.colour =
		    line->colour == CANVAS_INK ? cell->colour : line->colour,
		.align = table->columns[column].align,
		.caret = -1,
	    });
}

/* The rows that the highest title takes. */
static int title_rows(const struct table *table, const struct canvas *canvas)
{
	int highest = 1;

	for (int i = 0; table->title_rows > 1 && i < table->column_count; i++) {
		int rows = 1;

		if (table->widths[i] && table->columns[i].title)
			rows = canvas_text_rows(
			    canvas, &(struct canvas_text){
					.h = table->title_rows,
					.w = table->widths[i],
					.text = table->columns[i].title,
					.language = table->language,
					.caret = -1,
				    });
		highest = rows > highest ? rows : highest;
	}
	return highest < table->title_rows ? highest : table->title_rows;
}

static void draw_titles(const struct table *table, struct canvas *canvas,
			struct line line)
{
	int x = line.x + MARKER;

	line.colour = CANVAS_QUIET;
	for (int i = 0; i < table->column_count; i++) {
		struct table_cell cell = { .text = table->columns[i].title };

		if (!table->widths[i])
			continue;
		draw_cell(table, canvas, &line, x, i, &cell);
		x += table->widths[i] + GAP;
	}
}

static void draw_row(const struct table *table, struct canvas *canvas,
		     const struct line *line, size_t row)
{
	int x = line->x + MARKER;

	for (int i = 0; i < table->column_count; i++) {
		struct table_cell cell;

		if (!table->widths[i])
			continue;
		cell = table->fill(table->to, row, i);
		draw_cell(table, canvas, line, x, i, &cell);
		x += table->widths[i] + GAP;
	}
}

static void draw_selected(const struct table *table, struct canvas *canvas,
			  struct line line, bool focused)
{
	struct canvas_text marker = {
		.y = line.y,
		.x = line.x,
		.h = 1,
		.w = MARKER,
		.text = canvas_onward(canvas),
		.language = "en",
		.style = CANVAS_BOLD,
		.colour = CANVAS_FOCUS,
		.caret = -1,
	};

	line.bold = true;
	/* Of two tables beside each other, the mark is in the one that keys go
	 * to. */
	if (focused) {
		line.colour = CANVAS_FOCUS;
		canvas_fill(canvas, line.y, line.x, 1, line.end - line.x,
			    CANVAS_FOCUS);
		canvas_text(canvas, &marker);
	}
	draw_row(table, canvas, &line, table->selected);
}

/* How many rows there are above and below, at the last column. */
static void draw_arrows(const struct table *table, struct canvas *canvas,
			const struct canvas_area *body)
{
	struct canvas_text arrow = {
		.y = body->y,
		.x = body->x + body->w - 1,
		.h = 1,
		.w = 1,
		.text = "▴",
		.language = "en",
		.colour = CANVAS_QUIET,
		.caret = -1,
	};

	if (table->top)
		canvas_text(canvas, &arrow);
	arrow.y = body->y + body->h - 1;
	arrow.text = "▾";
	if (table->top + table->rows < table->count)
		canvas_text(canvas, &arrow);
}

static void draw_empty(const struct table *table, struct canvas *canvas,
		       const struct canvas_area *body)
{
	canvas_text(canvas, &(struct canvas_text){
				.y = body->y,
				.x = body->x + MARKER,
				.h = body->h,
				.w = body->w - MARKER,
				.text = table->empty,
				.language = table->language,
				.colour = CANVAS_QUIET,
				.caret = -1,
			    });
}

void table_draw(struct table *table, struct canvas *canvas,
		struct canvas_area area, bool focused)
{
	struct canvas_area body = area;
	struct line line = { .y = area.y,
			     .x = area.x,
			     .end = area.x + area.w - 1 };

	if (area.h < 1 || area.w <= MARKER)
		return;
	choose_widths(table, area.w - MARKER - 1);
	if (table->has_titles && area.h > 2) {
		line.h = title_rows(table, canvas);
		if (line.h > area.h - 2)
			line.h = area.h - 2;
		draw_titles(table, canvas, line);
		body.y += line.h;
		body.h -= line.h;
		line.h = 1;
	}
	table->rows = (size_t)body.h;
	table->on_screen = canvas_on_screen(canvas, body);
	keep_in_view(table);
	if (!table->count)
		draw_empty(table, canvas, &body);
	for (size_t i = 0; i < table->rows && table->top + i < table->count;
	     i++) {
		line.y = body.y + (int)i;
		if (table->top + i == table->selected)
			draw_selected(table, canvas, line, focused);
		else
			draw_row(table, canvas, &line, table->top + i);
	}
	draw_arrows(table, canvas, &body);
}

/* --- keys ----------------------------------------------------------------- */

static enum table_event move(struct table *table, long rows)
{
	long to = (long)table->selected + rows;

	table_select(table, to < 0 ? 0 : (size_t)to);
	return TABLE_MOVED;
}

static enum table_event touch(struct table *table, const struct ui_event *event)
{
	size_t row = table->top + (size_t)(event->y - table->on_screen.y);

	if (!canvas_area_holds(&table->on_screen, event->y, event->x) ||
	    row >= table->count)
		return TABLE_IGNORED;
	if (row == table->selected)
		return TABLE_OPENED;
	table_select(table, row);
	return TABLE_MOVED;
}

enum table_event table_key(struct table *table, const struct ui_event *event)
{
	long page = (long)table->rows;

	if (!table->count)
		return TABLE_IGNORED;
	switch (event->key) {
	case UI_KEY_UP:
		return move(table, -1);
	case UI_KEY_DOWN:
		return move(table, 1);
	case UI_KEY_PAGE_UP:
		return move(table, -page);
	case UI_KEY_PAGE_DOWN:
		return move(table, page);
	case UI_KEY_WHEEL_UP:
		return move(table, -WHEEL_ROWS);
	case UI_KEY_WHEEL_DOWN:
		return move(table, WHEEL_ROWS);
	case UI_KEY_HOME:
		return move(table, -(long)table->count);
	case UI_KEY_END:
		return move(table, (long)table->count);
	case UI_KEY_ENTER:
		return TABLE_OPENED;
	case UI_KEY_POINT:
		return touch(table, event);
	default:
		return TABLE_IGNORED;
	}
}
