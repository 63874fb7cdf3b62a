#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"
#include "base/findings.h"
#include "xlsform/sheet.h"

/*
 * A sheet in the making: cells come one by one, from whatever file, and the
 * first row that is not blank holds the titles. Cells are trimmed of blanks,
 * tabs, line ends and no-break spaces; blank rows are left out.
 */
struct grid {
	struct sheet *sheet;
	struct findings *findings;
	char **cells; /* of the row that is being read */
	size_t count, room;
	size_t bytes; /* in all cells so far */
	int row;      /* the number of the row that is being read */
	bool remarks; /* cells right of the titles are remarks: left out */
	const char *unreadable; /* what to say of a cell that is no text */
	enum fault fault;       /* the first that was met; nothing follows it */
};

/* sheet is empty but for its kind and file; the first row is row 1. */
void grid_start(struct grid *grid, struct sheet *sheet,
		struct findings *findings);

/* The next cell of the row. */
void grid_cell(struct grid *grid, const char *text, size_t length);
/* The cells up to this column, from 0, have nothing in them. */
void grid_skip_to(struct grid *grid, size_t column);
/* The row ends; the next is one below it. */
void grid_end_row(struct grid *grid);

/* The title above a column; NULL where there is none. */
const char *grid_title(const struct grid *grid, size_t column);

/* An error at the row that is being read; column may be NULL. */
void grid_complain(struct grid *grid, enum fault fault, const char *column,
		   const char *words);

/*
 * Understands the titles of what was read and gives up all but the sheet.
 *
 * FAULT_FORMAT: a cell is no text, a cell without a title. FAULT_LIMIT: a
 * limit of sheet.h. In either case the sheet is empty.
 */
MUST_CHECK enum fault grid_finish(struct grid *grid);
