#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/memory.h"
#include "ui/canvas.h"
#include "ui/key.h"

/*
 * Rows of columns that scroll, one row selected: the desk's lists. The rows
 * are the caller's; the table asks for the cells it draws.
 */
struct table;

#define TABLE_COLUMNS 12

struct table_column {
	const char *title; /* NULL in all columns: no row of titles */
	int width;         /* cells; 0: shares what the others leave */
	enum canvas_align align;
	int keep; /* left out on narrow areas, the highest first; 0: never */
};

/* What stands in one cell. text is borrowed until the next call of cell(). */
struct table_cell {
	const char *text;          /* NULL: nothing */
	const char *language;      /* NULL: the table's */
	enum canvas_colour colour; /* where the row is not selected */
	bool bold;
};

typedef struct table_cell table_fill(void *to, size_t row, int column);

struct table_options {
	const char *language;
	const struct table_column *columns; /* copied, titles too */
	int column_count;
	int title_rows;    /* that a long title may wrap over; 0: one */
	const char *empty; /* what will appear here and how to make it so */
	table_fill *fill;
	void *to;
};

enum table_event {
	TABLE_IGNORED,
	TABLE_MOVED,
	TABLE_OPENED, /* Enter, or a click on the selected row */
};

struct table *table_new(const struct table_options *options);
void table_free(struct table *table); /* NULL is fine */
DEFINE_SCOPED(struct table, table_free)

/* The rows changed: selected stays where it is, or is the last one. */
void table_set_count(struct table *table, size_t count);
size_t table_selected(const struct table *table); /* 0 when empty */
void table_select(struct table *table, size_t row);

void table_draw(struct table *table, struct canvas *canvas,
		struct canvas_area area, bool focused);

/* Up, down, pages, home, end, wheel, Enter, clicks. */
enum table_event table_key(struct table *table, const struct ui_event *event);
