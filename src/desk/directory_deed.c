#include <stdlib.h>

#include "desk/directory.h"
#include "desk/lookup.h"
#include "desk/open.h"
#include "desk/screens.h"
#include "desk/sheet.h"
#include "report/read_places.h"

void directory_open_for(struct desk *desk, int64_t person, const char *need)
{
	desk_open(desk, &desk_directory_screen,
		  &(struct directory_about){ person, need });
}

struct directory_rules directory_rules_of(const struct desk *desk)
{
	return directory_rules(desk->settings, desk->clock.now);
}

void directory_check(struct desk *desk, int64_t service)
{
	const struct directory_rules rules = directory_rules_of(desk);
	enum directory_answer answer;

	if (directory_checked(desk->record, service, &rules, &desk->staff.who,
			      &answer)) {
		desk_say_trouble(desk);
		return;
	}
	desk_say_key(desk, answer == DIRECTORY_DONE ? "directory.checked_now"
			   : answer == DIRECTORY_REFUSED ? "desk.refused"
							 : "directory.gone");
	desk_changed(desk);
}

void directory_print(struct desk *desk, int64_t service, const char *language)
{
	const struct directory_rules rules = directory_rules_of(desk);
	SCOPED(page_freep) struct page *page = NULL;
	struct about about;
	size_t left_out = 0;

	if (printing_about(desk, language, &about)) {
		desk_say_key(desk, "desk.print_failed");
		return;
	}
	if (read_places(&about, desk->record, &rules, &service, 1, &left_out,
			&page))
		desk_say_trouble(desk);
	else if (left_out)
		desk_say_key(desk, "directory.not_printed");
	else
		printing_put(desk, page, "places");
	printing_about_done(&about);
}

static void open_sheet(struct desk *desk,
		       const struct directory_referral *referral,
		       int64_t person)
{
	SCOPED(char_freep) char *who = xasprintf("%lld", (long long)person);
	SCOPED(char_freep)
	char *where = xasprintf("%lld", (long long)referral->service);
	const struct entity_match given[] = {
		{ "person", who },
		{ "direction", "out" },
		{ "service", where },
		{ referral->need ? "need" : NULL, referral->need },
		{ NULL, NULL },
	};

	open_new(desk, &(struct sheet_about){ .kind = kind_find("referral"),
					      .given = given });
}

static void take_person(struct desk *desk, void *to, int64_t id)
{
	open_sheet(desk, to, id);
}

void directory_refer(struct desk *desk, struct directory_referral *referral)
{
	SCOPED(char_freep) char *title = NULL;

	if (referral->person) {
		open_sheet(desk, referral, referral->person);
		return;
	}
	title = desk_word(desk, "directory.refer_whom");
	lookup_open(desk, &(struct lookup){ .title = title,
					    .kind = kind_find("person"),
					    .done = take_person,
					    .to = referral });
}
