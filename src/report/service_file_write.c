#include <stdlib.h>

#include "base/spreadsheet.h"
#include "report/service_file.h"
#include "report/workbook_file.h"

/* Both tables of a service file, as a spreadsheet and as a workbook. */

#define REFUSAL_COLUMNS 5
#define CELL_WIDTH 18

struct tables {
	const struct service_file *file;
	enum service_table table;
	const struct wording *staff;
};

static size_t width_of(const struct tables *tables)
{
	return tables->table == SERVICE_ROWS ? tables->file->funder->count
					     : REFUSAL_COLUMNS;
}

static size_t rows_of(const struct tables *tables)
{
	return tables->table == SERVICE_ROWS ? tables->file->rows
					     : tables->file->refusal_count;
}

/* The caller frees both. */
static char *head_of(const struct tables *tables, size_t column)
{
	static const char *const keys[REFUSAL_COLUMNS] = {
		"service.person", "service.day",   "service.visit",
		"service.column", "service.wrong",
	};

	if (tables->table == SERVICE_ROWS)
		return xstrdup(tables->file->funder->columns[column].from.name);
	return wording_or(tables->staff, keys[column], keys[column]);
}

static char *cell_of(const struct tables *tables, size_t row, size_t column)
{
	const struct service_file *file = tables->file;
	const struct service_refusal *refusal;

	if (tables->table == SERVICE_ROWS)
		return xstrdup(file->cells[row * file->funder->count + column]);
	refusal = &file->refusals[row];
	switch (column) {
	case 0:
		return xstrdup(refusal->who);
	case 1:
		return xstrdup(refusal->day);
	case 2:
		return xstrdup(refusal->visit);
	case 3:
		return xstrdup(refusal->column);
	default:
		return service_refusal_words(tables->staff, refusal);
	}
}

void service_file_csv(const struct service_file *file, enum service_table table,
		      const struct wording *staff, struct bytes *out)
{
	const struct tables tables = { file, table, staff };
	const size_t width = width_of(&tables), rows = rows_of(&tables);

	spreadsheet_begin(out);
	for (size_t i = 0; i < width; i++) {
		SCOPED(char_freep) char *head = head_of(&tables, i);

		spreadsheet_cell(out, head);
	}
	spreadsheet_end_row(out);
	for (size_t row = 0; row < rows; row++) {
		for (size_t i = 0; i < width; i++) {
			SCOPED(char_wipep)
			char *cell = cell_of(&tables, row, i);

			spreadsheet_cell(out, cell);
		}
		spreadsheet_end_row(out);
	}
}

/* Texts all: a number that begins with a zero, a day, stay as they are. */
static lxw_error write_book(const void *from, const char *path)
{
	const struct tables *tables = from;
	const size_t width = width_of(tables), rows = rows_of(tables);
	lxw_workbook *book = workbook_new(path);
	lxw_worksheet *sheet;
	lxw_format *bold;

	if (!book)
		return LXW_ERROR_MEMORY_MALLOC_FAILED;
	sheet = workbook_add_worksheet(book, NULL);
	bold = workbook_add_format(book);
	format_set_bold(bold);
	worksheet_set_column(sheet, 0, (lxw_col_t)(width - 1), CELL_WIDTH,
			     NULL);
	worksheet_freeze_panes(sheet, 1, 0);
	for (size_t i = 0; i < width; i++) {
		SCOPED(char_freep) char *head = head_of(tables, i);

		worksheet_write_string(sheet, 0, (lxw_col_t)i, head, bold);
	}
	for (size_t row = 0; row < rows; row++) {
		for (size_t i = 0; i < width; i++) {
			SCOPED(char_wipep)
			char *cell = cell_of(tables, row, i);

			worksheet_write_string(sheet, (lxw_row_t)(row + 1),
					       (lxw_col_t)i, cell, NULL);
		}
	}
	return workbook_close(book);
}

enum fault service_file_workbook(const struct service_file *file,
				 enum service_table table,
				 const struct wording *staff, const char *path)
{
	return workbook_file(path, write_book,
			     &(struct tables){ file, table, staff });
}
