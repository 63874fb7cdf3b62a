#include "report/read_list.h"

#include "report/list_page.h"

#define DAY_MS (24LL * 60 * 60 * 1000)

struct counts {
	size_t rows;
	int64_t oldest; /* 0: age says nothing */
};

static bool count_row(void *to, const struct listing_row *row)
{
	struct counts *counts = to;

	counts->rows++;
	if (row->since && (!counts->oldest || row->since < counts->oldest))
		counts->oldest = row->since;
	return true;
}

struct filling {
	const struct wording *wording;
	const struct listing *listing;
	struct page *page;
};

static bool add_row(void *to, const struct listing_row *row)
{
	struct filling *filling = to;
	const struct listing *listing = filling->listing;
	const size_t width = listing_width(listing);
	struct page_said cells[LISTING_COLUMNS] = { 0 };
	char *texts[LISTING_COLUMNS] = { 0 };

	for (size_t i = 0; i < width; i++) {
		const struct kind *kind;
		const struct field *field =
		    listing_field(listing, i, row->values, &kind);

		texts[i] = wording_value(filling->wording, kind, field,
					 row->values[i]);
		cells[i] = PAGE_TYPED(texts[i]);
	}
	page_row(filling->page, cells);
	for (size_t i = 0; i < width; i++)
		char_wipe(texts[i]);
	return true;
}

static char *number_said(const struct wording *wording, const char *key,
			 int64_t number)
{
	const struct catalogue_argument count = { "count", NULL,
						  (double)number };

	return catalogue_say(wording->words, key, &count, 1);
}

static struct page *begin(const struct about *about,
			  const struct wording *wording,
			  const struct listing *listing,
			  const struct counts *counts, int64_t now)
{
	SCOPED(char_freep) char *key = xasprintf("list.%s", listing->name);
	SCOPED(char_freep)
	char *title = wording_or(wording, key, listing->name);
	SCOPED(char_freep)
	char *rows = number_said(wording, "print.rows", (int64_t)counts->rows);
	SCOPED(char_freep)
	char *oldest = counts->oldest
			   ? number_said(wording, "print.oldest",
					 (now - counts->oldest) / DAY_MS)
			   : NULL;
	char *heads[LISTING_COLUMNS];
	struct list_page list = { .title = title,
				  .heads = (const char *const *)heads,
				  .columns = listing_width(listing),
				  .number = rows,
				  .oldest = oldest };
	struct page *page;

	for (size_t i = 0; i < list.columns; i++) {
		const char *name = listing->columns[i].name;
		SCOPED(char_freep)
		char *head = xasprintf("list.%s.%s", listing->name, name);

		heads[i] = wording_or(wording, head, name);
	}
	page = list_page(about, &list);
	for (size_t i = 0; i < list.columns; i++)
		char_free(heads[i]);
	return page;
}

enum fault read_list(const struct about *about, const struct wording *wording,
		     const struct listing *listing, int64_t now,
		     struct page **out)
{
	const struct listing_day day = { now, about->day };
	struct counts counts = { 0 };
	SCOPED(page_freep) struct page *page = NULL;
	struct filling filling = { wording, listing, NULL };
	enum fault fault = listing_each(wording->record, listing, &day,
					wording->who, count_row, &counts);

	if (fault)
		return fault;
	page = begin(about, wording, listing, &counts, now);
	filling.page = page;
	if ((fault = listing_each(wording->record, listing, &day, wording->who,
				  add_row, &filling)))
		return fault;
	*out = page;
	page = NULL;
	return FAULT_NONE;
}
