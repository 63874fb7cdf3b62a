#include "desk/print_person.h"

#include <assert.h>

#include "desk/printing.h"
#include "report/read_consent.h"
#include "report/read_plan.h"
#include "report/read_summary.h"

const char *const print_words[PRINT_WHATS] = {
	[PRINT_PLAN] = "desk.print_plan",
	[PRINT_CONSENT] = "desk.print_consent",
	[PRINT_SUMMARY] = "desk.print_summary",
};

static enum fault read_page(const struct desk *desk, const struct about *about,
			    int64_t person, enum print_what what,
			    struct page **out)
{
	const struct wording wording = { desk->record, desk->staff.words,
					 &desk->staff.who };

	switch (what) {
	case PRINT_PLAN:
		return read_plan(about, &wording, person, desk->clock.now, out);
	case PRINT_CONSENT:
		return read_consent(about, &wording, person, out);
	default:
		return read_summary(about, &wording, person, desk->clock.now,
				    out);
	}
}

void print_person(struct desk *desk, int64_t person, const char *language,
		  enum print_what what)
{
	static const char *const names[] = { "plan", "consent", "summary" };
	SCOPED(printing_about_done) struct about about = { 0 };
	SCOPED(page_freep) struct page *page = NULL;

	static_assert(COUNT(names) == PRINT_WHATS, "every page has a name");
	if (printing_about(desk, what == PRINT_SUMMARY ? NULL : language,
			   &about)) {
		desk_say_key(desk, "desk.print_failed");
		return;
	}
	if (read_page(desk, &about, person, what, &page))
		desk_say_trouble(desk);
	else
		printing_put(desk, page, names[what]);
}
