#include "report/matrix_page.h"

struct page *matrix_page(const struct about *about,
			 const struct matrix_page *matrix)
{
	struct page *page = about_page(about, PAGE_BESIDE, "matrix");
	const struct {
		const char *key, *name;
	} parties[] = {
		{ "you", matrix->household },
		{ "sponsor", matrix->sponsor },
		{ "sah", matrix->sah },
		{ "worker", matrix->worker },
	};

	for (size_t i = 0; i < COUNT(parties); i++)
		page_pair(page, tongues_say(about->tongues, parties[i].key),
			  PAGE_TYPED(parties[i].name));
	about_call(about, page);
	task_heads(about, page);
	for (size_t i = 0; i < matrix->task_count; i++)
		task_row(about, page, &matrix->tasks[i]);
	page_sign(page, tongues_say(about->tongues, "signature"));
	return page;
}
