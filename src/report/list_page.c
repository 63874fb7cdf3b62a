#include "report/list_page.h"

#include "base/memory.h"

struct page *list_page(const struct about *about, const struct list_page *list)
{
	struct page *page = about_blank_page(about, PAGE_UNDER);
	struct page_column columns[PAGE_COLUMNS];
	SCOPED(char_freep)
	char *counts =
	    xasprintf("%s%s%s", list->number, list->oldest ? ". " : "",
		      list->oldest ? list->oldest : "");

	page_title(page, (struct page_said){ .staff = list->title });
	page_paragraph(page, (struct page_said){ .staff = counts });
	for (size_t i = 0; i < list->columns; i++)
		columns[i] =
		    (struct page_column){ .head = { .staff = list->heads[i] },
					  .share = 1 };
	page_table(page, columns, list->columns);
	return page;
}
