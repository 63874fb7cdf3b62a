#include "base/memory.h"
#include "report/report_write.h"

static struct page_said words(const char *text)
{
	return (struct page_said){ .staff = text };
}

static void total_row(const struct figures *figures,
		      const struct report_about *about, struct page *page)
{
	SCOPED(char_freep)
	char *word = wording_or(about->wording, "report.total", "total");
	struct page_said cells[TALLY_COLUMNS] = { 0 };
	char *texts[TALLY_COLUMNS] = { 0 };
	int64_t sum;

	if (!figures->tally->rows_add || figures->rows < 2)
		return;
	cells[0] = words(word);
	for (size_t i = 1; i < figures->width; i++) {
		if (figures_total(figures, i, &sum))
			texts[i] = xasprintf("%lld", (long long)sum);
		cells[i] = words(texts[i]);
	}
	page_marked_row(page, cells);
	for (size_t i = 1; i < figures->width; i++)
		char_free(texts[i]);
}

/* What a row is called has more room than its numbers. */
#define NAME_SHARE 2

static void table(const struct figures *figures,
		  const struct report_about *about, struct page *page)
{
	SCOPED(char_freep)
	char *none = wording_or(about->wording, "report.none", "none");
	struct page_column columns[TALLY_COLUMNS];
	struct page_said cells[TALLY_COLUMNS];

	page_heading(page, words(figures->title));
	for (size_t i = 0; i < figures->width; i++)
		columns[i] = (struct page_column){
			.head = words(figures->heads[i]),
			.share = figures->tally->columns[i].measure == TALLY_BY
				     ? NAME_SHARE
				     : 1,
		};
	if (figures->rows)
		page_table(page, columns, figures->width);
	else
		page_paragraph(page, words(none));
	for (size_t row = 0; row < figures->rows; row++) {
		for (size_t i = 0; i < figures->width; i++)
			cells[i] =
			    PAGE_TYPED(figures_at(figures, row, i)->words);
		page_row(page, cells);
	}
	total_row(figures, about, page);
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
	for (size_t i = 0; i < reported->count; i++)
		table(&reported->tables[i], report, page);
	return page;
}
