#include "desk/rows.h"

#include <stdlib.h>

struct rows {
	struct row *list;
	size_t count;
	int tag; /* where the cursor was when they were begun */
	int64_t id;
	struct table *table;
};

static struct table_cell fill(void *to, size_t at, int column)
{
	const struct rows *rows = to;
	const struct row *row = &rows->list[at];
	const bool last = column == ROWS_CELLS - 1;

	return (struct table_cell){
		.text = row->cells[column],
		.bold = row->heading || (last && row->doubtful),
		.colour = row->heading            ? CANVAS_ACCENT
			  : last && row->doubtful ? CANVAS_ACCENT
						  : CANVAS_INK,
	};
}

struct rows *rows_new(struct desk *desk, const char *const titles[ROWS_CELLS],
		      const int widths[ROWS_CELLS], const char *empty)
{
	struct rows *rows = xcalloc(1, sizeof *rows);
	struct table_column columns[ROWS_CELLS];

	for (int i = 0; i < ROWS_CELLS; i++)
		columns[i] =
		    (struct table_column){ titles[i], widths[i], CANVAS_START,
					   i == 1 ? 1 : 0 };
	rows->table = table_new(&(struct table_options){
	    .language = desk->staff.language,
	    .columns = columns,
	    .column_count = ROWS_CELLS,
	    .empty = empty,
	    .fill = fill,
	    .to = rows,
	});
	return rows;
}

static void forget(struct rows *rows)
{
	for (size_t i = 0; i < rows->count; i++) {
		for (int j = 0; j < ROWS_CELLS; j++)
			char_wipe(rows->list[i].cells[j]);
	}
	rows->count = 0;
}

void rows_free(struct rows *rows)
{
	if (!rows)
		return;
	forget(rows);
	free(rows->list);
	table_free(rows->table);
	free(rows);
}

void rows_begin(struct rows *rows)
{
	const struct row *at = rows_selected(rows);

	rows->tag = at ? at->tag : -1;
	rows->id = at ? at->id : 0;
	forget(rows);
}

void rows_add(struct rows *rows, const struct row *row)
{
	rows->list =
	    xreallocarray(rows->list, rows->count + 1, sizeof *rows->list);
	rows->list[rows->count++] = *row;
}

void rows_end(struct rows *rows)
{
	table_set_count(rows->table, rows->count);
	for (size_t i = 0; i < rows->count; i++) {
		if (rows->list[i].tag == rows->tag &&
		    rows->list[i].id == rows->id && !rows->list[i].heading)
			table_select(rows->table, i);
	}
	/* Above the first that something can be done with stands a heading. */
	if (rows->count > 1 && rows->list[0].heading &&
	    !table_selected(rows->table))
		table_select(rows->table, 1);
}

const struct row *rows_selected(const struct rows *rows)
{
	const struct row *row =
	    rows->count ? &rows->list[table_selected(rows->table)] : NULL;

	return row && !row->heading ? row : NULL;
}

void rows_draw(struct rows *rows, struct canvas *canvas,
	       struct canvas_area area)
{
	table_draw(rows->table, canvas, area, true);
}

enum table_event rows_key(struct rows *rows, const struct ui_event *event)
{
	return table_key(rows->table, event);
}
