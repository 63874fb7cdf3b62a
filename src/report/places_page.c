#include "report/places_page.h"

static void put_place(const struct about *about, struct page *page,
		      const struct place *place)
{
	struct tongues *tongues = about->tongues;
	const struct {
		const char *key, *value;
	} pairs[] = {
		{ "address", place->address },
		{ "phone", place->phone },
		{ "hours", place->hours },
		{ "languages", place->languages },
		{ "bring", place->bring },
	};

	page_heading(page, PAGE_TYPED(place->name));
	page_paragraph(page, PAGE_TYPED(place->what_for));
	if (place->walk_in)
		page_check(page, tongues_say(tongues, "walk_in"), true);
	for (size_t i = 0; i < COUNT(pairs); i++)
		page_pair(page, tongues_say(tongues, pairs[i].key),
			  PAGE_TYPED(pairs[i].value));
	page_pair(page, tongues_say(tongues, "cost"),
		  place->free ? tongues_say(tongues, "free")
			      : PAGE_TYPED(place->cost));
}

struct page *places_page(const struct about *about, const struct place *places,
			 size_t count)
{
	struct page *page = about_page(about, PAGE_BESIDE, "places");

	for (size_t i = 0; i < count; i++)
		put_place(about, page, &places[i]);
	about_call(about, page);
	return page;
}
