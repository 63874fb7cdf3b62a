#include "base/memory.h"
#include "report/report_write.h"

static struct page_said words(const char *text)
{
	return (struct page_said){ .staff = text };
}

/* A total is marked, and says nothing new of a single row. */
static void add_row(struct page *page, const struct figures *figures,
		    const struct figure *row, bool total)
{
	struct page_said cells[TALLY_COLUMNS];

	for (size_t i = 0; i < figures->width; i++)
		cells[i] = PAGE_TYPED(row[i].words);
	if (total)
		page_marked_row(page, cells);
	else
		page_row(page, cells);
}

/* What a row is called has more room than its numbers. */
#define NAME_SHARE 2

static void table(const struct figures *figures,
		  const struct report_about *about, struct page *page)
{
	SCOPED(char_freep)
	char *none = wording_or(about->wording, "report.none", "none");
	const struct tally_period period = period_tally(about->period);
	SCOPED(char_freep)
	char *days = figures_days(about->wording, figures, &period);
	struct page_column columns[TALLY_COLUMNS];

	page_heading(page, words(figures->title));
	if (figures->tally->as_of_now)
		page_paragraph(page, words(days));
	for (size_t i = 0; i < figures->width; i++)
		columns[i] = (struct page_column){
			.head = words(figures->heads[i]),
			.share = figures->columns[i]->measure == TALLY_BY
				     ? NAME_SHARE
				     : 1,
		};
	if (figures->rows)
		page_table(page, columns, figures->width);
	else
		page_paragraph(page, words(none));
	for (size_t row = 0; row < figures->rows; row++)
		add_row(page, figures, figures_at(figures, row, 0), false);
	if (figures->totals && figures->rows > 1)
		add_row(page, figures, figures->totals, true);
	page_paragraph(page, words(figures->means));
}

struct page *report_page(const struct reported *reported,
			 const struct report_about *report,
			 const struct about *about)
{
	struct page *page = about_blank_page(about, PAGE_UNDER);
	SCOPED(char_freep)
	char *days =
	    xasprintf("%s – %s", report->period->first, report->period->last);

	page_title(page, words(reported->title));
	page_paragraph(page, words(days));
	page_paragraph(page, words(reported->note));
	for (size_t i = 0; i < reported->count; i++)
		table(&reported->tables[i], report, page);
	return page;
}
