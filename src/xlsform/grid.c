#include "xlsform/grid.h"

#include <libxml/xmlstring.h>
#include <stdlib.h>
#include <string.h>

void grid_start(struct grid *grid, struct sheet *sheet,
		struct findings *findings)
{
	*grid = (struct grid){ .sheet = sheet, .findings = findings, .row = 1 };
}

void grid_complain(struct grid *grid, enum fault fault, const char *column,
		   const char *words)
{
	grid->fault = fault;
	findings_add(
	    grid->findings, FINDING_ERROR,
	    (struct finding_place){ grid->sheet->file, grid->row, column },
	    "%s", words);
}

const char *grid_title(const struct grid *grid, size_t column)
{
	return column < grid->sheet->column_count
		   ? grid->sheet->columns[column].title
		   : NULL;
}

/* XML 1.0 has no place for control characters and two others. */
static bool xml_text(const char *text, size_t length)
{
	if (!xmlCheckUTF8((const xmlChar *)text) || strlen(text) != length)
		return false;
	for (const char *c = text; *c; c++)
		if ((unsigned char)*c < 0x20 && !strchr("\t\n\r", *c))
			return false;
	return !strstr(text, "\xef\xbf\xbe") && !strstr(text, "\xef\xbf\xbf");
}

/* Trimmed of blanks, tabs, line ends and no-break spaces. */
static char *trimmed(const char *text, size_t length)
{
	static const char nbsp[] = "\xc2\xa0";

	for (;;) {
		if (length && strchr(" \t\r\n", *text))
			text++, length--;
		else if (length > 1 && !memcmp(text, nbsp, 2))
			text += 2, length -= 2;
		else
			break;
	}
	for (;;) {
		if (length && strchr(" \t\r\n", text[length - 1]))
			length--;
		else if (length > 1 && !memcmp(text + length - 2, nbsp, 2))
			length -= 2;
		else
			break;
	}
	return xstrndup(text, length);
}

void grid_cell(struct grid *grid, const char *text, size_t length)
{
	if (grid->fault)
		return;
	grid->bytes += length;
	if (grid->count >= SHEET_COLUMNS_LIMIT)
		grid_complain(grid, FAULT_LIMIT, NULL, "more than 500 columns");
	else if (length > SHEET_CELL_LIMIT)
		grid_complain(grid, FAULT_LIMIT, grid_title(grid, grid->count),
			      "more than 64 KiB in one cell");
	else if (grid->bytes > SHEET_BYTES_LIMIT)
		grid_complain(grid, FAULT_LIMIT, NULL,
			      "more than 8 MiB of text up to here");
	else if (!xml_text(text, length))
		grid_complain(grid, FAULT_FORMAT, grid_title(grid, grid->count),
			      grid->unreadable);
	if (grid->fault)
		return;
	if (grid->count == grid->room) {
		grid->room = grid->room ? 2 * grid->room : 16;
		grid->cells =
		    xreallocarray(grid->cells, grid->room, sizeof *grid->cells);
	}
	grid->cells[grid->count++] = trimmed(text, length);
}

void grid_skip_to(struct grid *grid, size_t column)
{
	while (grid->count < column && !grid->fault)
		grid_cell(grid, "", 0);
}

static bool blank_row(const struct grid *grid)
{
	for (size_t i = 0; i < grid->count; i++)
		if (*grid->cells[i])
			return false;
	return true;
}

static void forget_cells(struct grid *grid)
{
	for (size_t i = 0; i < grid->count; i++)
		free(grid->cells[i]);
	grid->count = 0;
}

static void take_titles(struct grid *grid)
{
	struct sheet *sheet = grid->sheet;

	sheet->columns = xcalloc(grid->count, sizeof *sheet->columns);
	for (size_t i = 0; i < grid->count; i++)
		sheet->columns[i].title = grid->cells[i];
	sheet->column_count = grid->count;
	grid->count = 0;
}

/* Cells that stand under no title. */
static void check_astray(struct grid *grid)
{
	for (size_t i = grid->sheet->column_count;
	     i < grid->count && !grid->fault; i++)
		if (*grid->cells[i] && !grid->remarks)
			grid_complain(grid, FAULT_FORMAT, NULL,
				      "more cells than there are titles; "
				      "put a text with a comma in it in "
				      "double quotes");
}

static void take_row(struct grid *grid)
{
	struct sheet *sheet = grid->sheet;
	char **cells = xcalloc(sheet->column_count, sizeof *cells);

	if ((sheet->row_count & (sheet->row_count - 1)) == 0)
		sheet->rows = xreallocarray(
		    sheet->rows, sheet->row_count ? 2 * sheet->row_count : 1,
		    sizeof *sheet->rows);
	for (size_t i = 0; i < sheet->column_count; i++) {
		cells[i] = i < grid->count ? grid->cells[i] : xstrdup("");
		if (i < grid->count)
			grid->cells[i] = NULL;
	}
	sheet->rows[sheet->row_count++] =
	    (struct sheet_row){ grid->row, cells };
}

static bool too_large(const struct sheet *sheet)
{
	return sheet->row_count >= SHEET_ROWS_LIMIT ||
	       (sheet->row_count + 1) * sheet->column_count > SHEET_CELLS_LIMIT;
}

void grid_end_row(struct grid *grid)
{
	if (!grid->fault && !blank_row(grid)) {
		if (!grid->sheet->columns) {
			take_titles(grid);
		} else if (too_large(grid->sheet)) {
			grid_complain(grid, FAULT_LIMIT, NULL,
				      "more than 60,000 rows or 3,000,000 "
				      "cells");
		} else {
			check_astray(grid);
			take_row(grid);
		}
	}
	forget_cells(grid);
	grid->row++;
}

enum fault grid_finish(struct grid *grid)
{
	forget_cells(grid);
	free(grid->cells);
	if (grid->fault)
		sheet_done(grid->sheet);
	else
		sheet_name_columns(grid->sheet, grid->findings);
	return grid->fault;
}
