#include "base/memory.h"
#include "base/spreadsheet.h"
#include "report/report_write.h"

static void line(struct bytes *out, const char *first, const char *second)
{
	spreadsheet_cell(out, first);
	if (second)
		spreadsheet_cell(out, second);
	spreadsheet_end_row(out);
}

static void row_of(const struct figure *figures, size_t width,
		   struct bytes *out)
{
	for (size_t i = 0; i < width; i++)
		spreadsheet_cell(out, figures[i].words);
	spreadsheet_end_row(out);
}

static void table(const struct figures *figures,
		  const struct report_about *about, struct bytes *out)
{
	const struct tally_period period = period_tally(about->period);
	SCOPED(char_freep)
	char *days = figures_days(about->wording, figures, &period);

	line(out, figures->title, figures->tally->as_of_now ? days : NULL);
	for (size_t i = 0; i < figures->width; i++)
		spreadsheet_cell(out, figures->heads[i]);
	spreadsheet_end_row(out);
	for (size_t row = 0; row < figures->rows; row++)
		row_of(figures_at(figures, row, 0), figures->width, out);
	if (figures->totals)
		row_of(figures->totals, figures->width, out);
	line(out, figures->means, NULL);
	spreadsheet_end_row(out);
}

void report_csv(const struct reported *reported,
		const struct report_about *about, struct bytes *out)
{
	SCOPED(char_freep)
	char *days =
	    xasprintf("%s – %s", about->period->first, about->period->last);

	line(out, reported->title, days);
	if (about->agency)
		line(out, about->agency, NULL);
	if (reported->note)
		line(out, reported->note, NULL);
	spreadsheet_end_row(out);
	for (size_t i = 0; i < reported->count; i++)
		table(&reported->tables[i], about, out);
}
