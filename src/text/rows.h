#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"
#include "base/findings.h"
#include "base/memory.h"

/*
 * A table from a spreadsheet: the first row names the columns, the others have
 * a cell for each. Read from CSV (RFC 4180) in UTF-8, with or without a byte
 * order mark, parted by commas, semicolons or tabs, whichever the first row
 * has most of; base/spreadsheet.h writes what this reads. An apostrophe that
 * was put before a cell lest a spreadsheet program runs it (OWASP "CSV
 * injection") is taken away again.
 */
struct rows {
	char **columns; /* names, as they are written */
	size_t column_count;
	char **cells; /* count * column_count of them, "" where empty */
	size_t count;
};

#define ROWS_COLUMNS 500
#define ROWS_LIMIT 1000000        /* cells */
#define ROWS_CELL_LIMIT (1 << 20) /* bytes in one */

/*
 * file is what findings call it. The caller releases *out with rows_done().
 * FAULT_FORMAT, FAULT_LIMIT: the findings say where; *out is empty.
 */
MUST_CHECK enum fault rows_read(const char *file, const void *bytes,
				size_t length, struct findings *findings,
				struct rows *out);
void rows_done(struct rows *rows); /* wipes */

bool rows_has(const struct rows *rows, const char *column);

/* The cell of a row; "" where there is no such column. */
const char *rows_cell(const struct rows *rows, size_t row, const char *column);

/* The row as a spreadsheet counts it: the heading is row 1. */
#define ROWS_SHEET_ROW(row) ((int)(row) + 2)
