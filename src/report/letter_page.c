#include "report/letter_page.h"

#include <string.h>

#include "base/memory.h"

struct page *letter_page(const struct about *about,
			 const struct letter_page *letter)
{
	struct page *page = about_blank_page(about, PAGE_UNDER);
	const char *rest = letter->text;

	page_title(page, PAGE_TYPED(about->agency));
	page_paragraph(page, PAGE_TYPED(about->phone));
	page_paragraph(page, tongues_day(about->tongues, about->day));
	page_paragraph(page, PAGE_TYPED(letter->to));
	page_paragraph(page, PAGE_TYPED(letter->number));
	while (*rest) {
		size_t length = strcspn(rest, "\n");
		SCOPED(char_wipep) char *line = xstrndup(rest, length);

		page_paragraph(page, PAGE_TYPED(line));
		rest += length + (rest[length] == '\n');
	}
	page_sign(page, PAGE_TYPED(letter->from));
	return page;
}
