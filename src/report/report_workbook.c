#include <string.h>
#include <unistd.h>
#include <xlsxwriter.h>

#include "base/file.h"
#include "base/log.h"
#include "base/memory.h"
#include "report/report_write.h"

#define WORKBOOK_MOST (64u << 20) /* bytes; far more than any report */

#define HEADS_ROW 3 /* below title, days and an empty row */
#define NAME_WIDTH 30
#define NUMBER_WIDTH 14

struct writing {
	lxw_workbook *book;
	lxw_format *title, *head, *total, *means, *mean;
	const struct report_about *about;
};

static void add_formats(struct writing *writing)
{
	lxw_workbook *book = writing->book;

	writing->title = workbook_add_format(book);
	format_set_bold(writing->title);
	format_set_font_size(writing->title, 14);
	writing->head = workbook_add_format(book);
	format_set_bold(writing->head);
	format_set_text_wrap(writing->head);
	format_set_bottom(writing->head, LXW_BORDER_THIN);
	writing->total = workbook_add_format(book);
	format_set_bold(writing->total);
	format_set_top(writing->total, LXW_BORDER_THIN);
	writing->means = workbook_add_format(book);
	format_set_italic(writing->means);
	writing->mean = workbook_add_format(book);
	format_set_num_format(writing->mean, "0.0");
}

/* What the table is called, where a sheet may be called so. */
static lxw_worksheet *add_sheet(struct writing *writing,
				const struct figures *figures)
{
	const char *name = figures->title;

	if (workbook_validate_sheet_name(writing->book, name))
		name = figures->tally->name;
	return workbook_add_worksheet(writing->book, name);
}

static void write_head(const struct writing *writing, lxw_worksheet *sheet,
		       const struct figures *figures)
{
	const struct period *period = writing->about->period;
	SCOPED(char_freep)
	char *under =
	    xasprintf("%s – %s%s%s", period->first, period->last,
		      writing->about->agency ? ", " : "",
		      writing->about->agency ? writing->about->agency : "");

	worksheet_write_string(sheet, 0, 0, figures->title, writing->title);
	worksheet_write_string(sheet, 1, 0, under, NULL);
	for (size_t i = 0; i < figures->width; i++) {
		const bool names =
		    figures->tally->columns[i].measure == TALLY_BY;
		const lxw_col_t column = (lxw_col_t)i;

		worksheet_set_column(sheet, column, column,
				     names ? NAME_WIDTH : NUMBER_WIDTH, NULL);
		worksheet_write_string(sheet, HEADS_ROW, column,
				       figures->heads[i], writing->head);
	}
	worksheet_freeze_panes(sheet, HEADS_ROW + 1, 0);
}

static void write_cell(const struct writing *writing, lxw_worksheet *sheet,
		       const struct figures *figures, size_t row, size_t column)
{
	const struct figure *figure = figures_at(figures, row, column);
	const lxw_row_t at = (lxw_row_t)(HEADS_ROW + 1 + row);
	const lxw_col_t to = (lxw_col_t)column;

	switch (figures->tally->columns[column].measure) {
	case TALLY_BY:
		worksheet_write_string(sheet, at, to, figure->words, NULL);
		break;
	case TALLY_MEAN:
		if (figure->value)
			worksheet_write_number(sheet, at, to,
					       (double)figure->number / 10,
					       writing->mean);
		break;
	default:
		if (figure->value)
			worksheet_write_number(sheet, at, to,
					       (double)figure->number, NULL);
	}
}

/* Numbers that were added up here: they stay right whatever is cut out. */
static void write_foot(const struct writing *writing, lxw_worksheet *sheet,
		       const struct figures *figures)
{
	SCOPED(char_freep)
	char *word =
	    wording_or(writing->about->wording, "report.total", "total");
	lxw_row_t at = (lxw_row_t)(HEADS_ROW + 1 + figures->rows);
	int64_t sum;

	if (figures->tally->rows_add && figures->rows) {
		worksheet_write_string(sheet, at, 0, word, writing->total);
		for (size_t i = 1; i < figures->width; i++) {
			if (figures_total(figures, i, &sum))
				worksheet_write_number(sheet, at, (lxw_col_t)i,
						       (double)sum,
						       writing->total);
		}
		at++;
	}
	worksheet_write_string(sheet, at + 1, 0, figures->means,
			       writing->means);
}

/* --- the chart ------------------------------------------------------------
 */

/* How many columns say what is counted by; they come first. */
static size_t names_of(const struct figures *figures)
{
	size_t count = 0;

	while (count < figures->width &&
	       figures->tally->columns[count].measure == TALLY_BY)
		count++;
	return count;
}

/* Where counts are parts of one, the first count is the whole of them. */
static size_t first_drawn(const struct figures *figures)
{
	const size_t first = names_of(figures);

	return figures->tally->chart == TALLY_STACKED ? first + 1 : first;
}

static void add_chart(struct writing *writing, lxw_worksheet *sheet,
		      const struct figures *figures)
{
	static const lxw_chart_type types[] = {
		[TALLY_BARS] = LXW_CHART_BAR,
		[TALLY_STACKED] = LXW_CHART_BAR_STACKED,
		[TALLY_LINE] = LXW_CHART_LINE,
	};
	const size_t names = names_of(figures);
	const lxw_row_t first = HEADS_ROW + 1;
	const lxw_row_t last = (lxw_row_t)(HEADS_ROW + figures->rows);
	lxw_chart *chart;

	if (figures->tally->chart == TALLY_NO_CHART || !figures->rows)
		return;
	chart = workbook_add_chart(writing->book, types[figures->tally->chart]);
	chart_title_set_name(chart, figures->title);
	for (size_t i = first_drawn(figures); i < figures->width; i++) {
		const lxw_col_t column = (lxw_col_t)i;
		lxw_chart_series *series;

		if (figures->tally->columns[i].measure != TALLY_COUNT)
			continue;
		series = chart_add_series(chart, NULL, NULL);
		chart_series_set_categories(series, sheet->name, first, 0, last,
					    (lxw_col_t)(names - 1));
		chart_series_set_values(series, sheet->name, first, column,
					last, column);
		chart_series_set_name_range(series, sheet->name, HEADS_ROW,
					    column);
	}
	worksheet_insert_chart(sheet, HEADS_ROW,
			       (lxw_col_t)(figures->width + 1), chart);
}

/* --- the book -------------------------------------------------------------
 */

static void write_table(struct writing *writing, const struct figures *figures)
{
	lxw_worksheet *sheet = add_sheet(writing, figures);

	write_head(writing, sheet, figures);
	for (size_t row = 0; row < figures->rows; row++) {
		for (size_t i = 0; i < figures->width; i++)
			write_cell(writing, sheet, figures, row, i);
	}
	write_foot(writing, sheet, figures);
	add_chart(writing, sheet, figures);
}

static lxw_error write_book(const struct reported *reported, size_t count,
			    const struct report_about *about, const char *path)
{
	struct writing writing = { .book = workbook_new(path), .about = about };

	if (!writing.book)
		return LXW_ERROR_MEMORY_MALLOC_FAILED;
	add_formats(&writing);
	for (size_t i = 0; i < count; i++) {
		for (size_t j = 0; j < reported[i].count; j++)
			write_table(&writing, &reported[i].tables[j]);
	}
	return workbook_close(writing.book);
}

enum fault report_workbook(const struct reported *reported, size_t count,
			   const struct report_about *about, const char *path)
{
	SCOPED(char_freep) char *beside = xasprintf("%s.part", path);
	struct bytes bytes = { 0 };
	lxw_error error;
	enum fault fault;

	/* Made first, so that nobody else may read it. */
	if ((fault = file_write(beside, "", 0, 0600)))
		return fault;
	error = write_book(reported, count, about, beside);
	if (error) {
		log_error("%s: cannot be written: %s. Is there room on the "
			  "disk?",
			  path, lxw_strerror(error));
		fault = FAULT_SYSTEM;
	} else if (!(fault = file_read(beside, WORKBOOK_MOST, &bytes))) {
		fault = file_write(path, bytes.data, bytes.length, 0600);
	}
	(void)unlink(beside);
	bytes_done(&bytes);
	return fault;
}
