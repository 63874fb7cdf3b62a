#include "base/spreadsheet.h"
#include "report/service_file_table.h"
#include "report/workbook_file.h"

/* Both tables of a service file, as a spreadsheet and as a workbook. */

#define CELL_WIDTH 18

void service_file_csv(const struct service_file *file, enum service_table table,
		      const struct wording *staff, struct bytes *out)
{
	const struct service_written tables = { file, table, staff };
	const size_t width = service_width(&tables),
		     rows = service_rows(&tables);

	spreadsheet_begin(out);
	for (size_t i = 0; i < width; i++) {
		SCOPED(char_freep) char *head = service_head(&tables, i);

		spreadsheet_cell(out, head);
	}
	spreadsheet_end_row(out);
	for (size_t row = 0; row < rows; row++) {
		for (size_t i = 0; i < width; i++) {
			SCOPED(char_wipep)
			char *cell = service_cell(&tables, row, i);

			spreadsheet_cell(out, cell);
		}
		spreadsheet_end_row(out);
	}
}

/* Texts all: a number that begins with a zero, a day, stay as they are. */
static lxw_error write_book(const void *from, const char *path)
{
	const struct service_written *tables = from;
	const size_t width = service_width(tables), rows = service_rows(tables);
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
		SCOPED(char_freep) char *head = service_head(tables, i);

		worksheet_write_string(sheet, 0, (lxw_col_t)i, head, bold);
	}
	for (size_t row = 0; row < rows; row++) {
		for (size_t i = 0; i < width; i++) {
			SCOPED(char_wipep)
			char *cell = service_cell(tables, row, i);

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
			     &(struct service_written){ file, table, staff });
}
