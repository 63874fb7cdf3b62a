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

static void totals(const struct figures *figures,
		   const struct report_about *about, struct bytes *out)
{
	SCOPED(char_freep)
	char *word = wording_or(about->wording, "report.total", "total");
	int64_t sum;

	if (!figures->tally->rows_add || !figures->rows)
		return;
	spreadsheet_cell(out, word);
	for (size_t i = 1; i < figures->width; i++) {
		SCOPED(char_freep)
		char *text = figures_total(figures, i, &sum)
				 ? xasprintf("%lld", (long long)sum)
				 : NULL;

		spreadsheet_cell(out, text);
	}
	spreadsheet_end_row(out);
}

static void table(const struct figures *figures,
		  const struct report_about *about, struct bytes *out)
{
	line(out, figures->title, NULL);
	for (size_t i = 0; i < figures->width; i++)
		spreadsheet_cell(out, figures->heads[i]);
	spreadsheet_end_row(out);
	for (size_t row = 0; row < figures->rows; row++) {
		for (size_t i = 0; i < figures->width; i++)
			spreadsheet_cell(out,
					 figures_at(figures, row, i)->words);
		spreadsheet_end_row(out);
	}
	totals(figures, about, out);
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
	spreadsheet_end_row(out);
	for (size_t i = 0; i < reported->count; i++)
		table(&reported->tables[i], about, out);
}
