#include "report/about.h"

#include "base/memory.h"

struct page *about_blank_page(const struct about *about, enum page_order order)
{
	struct page *page = tongues_page(about->tongues, order);
	struct page_foot foot = { .agency = about->agency,
				  .phone = about->phone,
				  .date = about->day };

	if (about->made_up)
		foot.made_up = tongues_say(about->tongues, "made_up");
	page_set_foot(page, &foot);
	return page;
}

struct page *about_page(const struct about *about, enum page_order order,
			const char *key)
{
	struct page *page = about_blank_page(about, order);

	page_title(page, tongues_say(about->tongues, key));
	return page;
}

void about_person(const struct about *about, struct page *page,
		  const char *name, const char *number)
{
	SCOPED(char_freep)
	char *both =
	    xasprintf("%s%s%s", name ? name : "", name && number ? " · " : "",
		      number ? number : "");

	page_pair(page, tongues_say(about->tongues, "name"), PAGE_TYPED(both));
}

void about_call(const struct about *about, struct page *page)
{
	page_pair(page, tongues_say(about->tongues, "call_us"),
		  PAGE_TYPED(about->phone));
}
