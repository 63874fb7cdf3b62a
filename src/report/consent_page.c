#include "report/consent_page.h"

#include <assert.h>

static const char *const purposes[] = {
	[CONSENT_USE_TODAY] = "use_today", [CONSENT_KEEP] = "keep",
	[CONSENT_SHARE] = "share",         [CONSENT_SPONSOR] = "sponsor_talk",
	[CONSENT_COUNT] = "count",         [CONSENT_RESEARCH] = "research",
};

static_assert(COUNT(purposes) == CONSENT_PURPOSES, "every purpose has words");

static const char *const answers[] = {
	[CONSENT_GIVEN] = "given",
	[CONSENT_REFUSED] = "refused",
	[CONSENT_WITHDRAWN] = "withdrawn",
};

static void put_row(const struct about *about, struct page *page,
		    const struct consent_row *row)
{
	struct page_said cells[] = {
		tongues_say(about->tongues, purposes[row->purpose]),
		tongues_say(about->tongues, answers[row->answer]),
		tongues_day(about->tongues, row->day),
	};

	cells[0].typed = row->with;
	if (!cells[2].typed)
		cells[2].typed = row->by;
	page_row(page, cells);
}

struct page *consent_page(const struct about *about,
			  const struct consent_page *consent)
{
	struct page *page = about_page(about, PAGE_BESIDE, "consent");
	const struct page_column columns[] = {
		{ { 0 }, 5 },
		{ { 0 }, 4 },
		{ tongues_say(about->tongues, "date"), 4 },
	};

	about_person(about, page, consent->name, consent->number);
	page_table(page, columns, COUNT(columns));
	for (size_t i = 0; i < consent->count; i++)
		put_row(about, page, &consent->rows[i]);
	page_paragraph(page, tongues_say(about->tongues, "change"));
	about_call(about, page);
	return page;
}
