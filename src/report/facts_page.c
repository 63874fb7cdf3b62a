#include "report/facts_page.h"

#include "base/memory.h"

static void put_part(struct page *page, const struct facts *part)
{
	page_heading(page, (struct page_said){ .staff = part->heading });
	for (size_t i = 0; i < part->count; i++)
		page_pair(page,
			  (struct page_said){ .staff = part->facts[i].label },
			  PAGE_TYPED(part->facts[i].value));
}

struct page *facts_page(const struct about *about, const char *title,
			const struct facts *parts, size_t count)
{
	struct page *page = about_blank_page(about, PAGE_UNDER);

	page_title(page, (struct page_said){ .staff = title });
	for (size_t i = 0; i < count; i++)
		put_part(page, &parts[i]);
	return page;
}
