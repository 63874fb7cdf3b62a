#include <string.h>
#include <xlsxwriter.h>

#include "base/memory.h"
#include "report/report_write.h"
#include "report/workbook_file.h"

#define HEADS_ROW 4 /* below title, days, a note and an empty row */
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
		       const struct figures *figures, const char *note)
{
	const struct tally_period period = period_tally(writing->about->period);
	SCOPED(char_freep)
	char *days = figures_days(writing->about->wording, figures, &period);
	SCOPED(char_freep)
	char *under =
	    xasprintf("%s%s%s", days, writing->about->agency ? ", " : "",
		      writing->about->agency ? writing->about->agency : "");

	worksheet_write_string(sheet, 0, 0, figures->title, writing->title);
	worksheet_write_string(sheet, 1, 0, under, NULL);
	if (note)
		worksheet_write_string(sheet, 2, 0, note, writing->means);
	for (size_t i = 0; i < figures->width; i++) {
		const bool names = figures->columns[i]->measure == TALLY_BY;
		const lxw_col_t column = (lxw_col_t)i;

		worksheet_set_column(sheet, column, column,
				     names ? NAME_WIDTH : NUMBER_WIDTH, NULL);
		worksheet_write_string(sheet, HEADS_ROW, column,
				       figures->heads[i], writing->head);
	}
	worksheet_freeze_panes(sheet, HEADS_ROW + 1, 0);
}

static void write_figure(const struct writing *writing, lxw_worksheet *sheet,
			 const struct figure *figure,
			 enum tally_measure measure, lxw_row_t row,
			 lxw_col_t column, lxw_format *format)
{
	const bool mean = measure == TALLY_MEAN;

	if (measure == TALLY_BY || !figure->value ||
	    figure->kind == FIGURE_LEAST)
		worksheet_write_string(sheet, row, column, figure->words,
				       format);
	else
		worksheet_write_number(sheet, row, column,
				       mean ? (double)figure->number / 10
					    : (double)figure->number,
				       mean ? writing->mean : format);
}

static void write_row(const struct writing *writing, lxw_worksheet *sheet,
		      const struct figures *figures, const struct figure *row,
		      size_t index, lxw_format *format)
{
	for (size_t i = 0; i < figures->width; i++)
		write_figure(
		    writing, sheet, &row[i], figures->columns[i]->measure,
		    (lxw_row_t)(HEADS_ROW + 1 + index), (lxw_col_t)i, format);
}

/* Totals were added up here: they stay right whatever is cut out. */
static void write_rows(const struct writing *writing, lxw_worksheet *sheet,
		       const struct figures *figures)
{
	const size_t count = figures->rows + (figures->totals ? 1 : 0);

	for (size_t row = 0; row < figures->rows; row++)
		write_row(writing, sheet, figures, figures_at(figures, row, 0),
			  row, NULL);
	if (figures->totals)
		write_row(writing, sheet, figures, figures->totals,
			  figures->rows, writing->total);
	worksheet_write_string(sheet, (lxw_row_t)(HEADS_ROW + 2 + count), 0,
			       figures->means, writing->means);
}

/* --- the chart ------------------------------------------------------------
 */

/* How many columns say what is counted by; they come first. */
static size_t names_of(const struct figures *figures)
{
	size_t count = 0;

	while (count < figures->width &&
	       figures->columns[count]->measure == TALLY_BY)
		count++;
	return count;
}

/* Where counts are parts of one, they are drawn and the whole is not. */
static bool is_drawn(const struct figures *figures, size_t column)
{
	const bool stacked = figures->tally->chart == TALLY_STACKED;

	return figures->columns[column]->measure ==
	       (stacked ? TALLY_PART : TALLY_COUNT);
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
	for (size_t i = names; i < figures->width; i++) {
		const lxw_col_t column = (lxw_col_t)i;
		lxw_chart_series *series;

		if (!is_drawn(figures, i))
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

static void write_table(struct writing *writing, const struct figures *figures,
			const char *note)
{
	lxw_worksheet *sheet = add_sheet(writing, figures);

	write_head(writing, sheet, figures, note);
	write_rows(writing, sheet, figures);
	add_chart(writing, sheet, figures);
}

struct book {
	const struct reported *reported;
	size_t count;
	const struct report_about *about;
};

static lxw_error write_book(const void *from, const char *path)
{
	const struct book *book = from;
	struct writing writing = { .book = workbook_new(path),
				   .about = book->about };

	if (!writing.book)
		return LXW_ERROR_MEMORY_MALLOC_FAILED;
	add_formats(&writing);
	for (size_t i = 0; i < book->count; i++) {
		const struct reported *reported = &book->reported[i];

		for (size_t j = 0; j < reported->count; j++)
			write_table(&writing, &reported->tables[j],
				    reported->note);
	}
	return workbook_close(writing.book);
}

enum fault report_workbook(const struct reported *reported, size_t count,
			   const struct report_about *about, const char *path)
{
	return workbook_file(path, write_book,
			     &(struct book){ reported, count, about });
}
