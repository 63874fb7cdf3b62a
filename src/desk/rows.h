#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "desk/desk.h"
#include "ui/table.h"

/*
 * A table whose rows are written anew whenever the record changed, and are of
 * different kinds: steps, tasks, parties below each other. Each has a tag and
 * an id by which its screen knows it again; the cursor stays with them.
 */
#define ROWS_CELLS 4

struct row {
	int tag;
	int64_t id;
	char *cells[ROWS_CELLS]; /* NULL: nothing */
	bool heading;            /* parts the rows; nothing is done with it */
	bool doubtful;           /* its last cell says why */
};

struct rows;

/* A title may be NULL; widths as struct table_column has them, and the first
 * cell takes what they leave. */
struct rows *rows_new(struct desk *desk, const char *const titles[ROWS_CELLS],
		      const int widths[ROWS_CELLS], const char *empty);
void rows_free(struct rows *rows); /* NULL is fine; wipes */

/* Between the two, rows are added; their cells become the rows'. */
void rows_begin(struct rows *rows);
void rows_add(struct rows *rows, const struct row *row);
void rows_end(struct rows *rows);

/* NULL where there is none, or it is a heading. */
const struct row *rows_selected(const struct rows *rows);
void rows_draw(struct rows *rows, struct canvas *canvas,
	       struct canvas_area area);
enum table_event rows_key(struct rows *rows, const struct ui_event *event);
