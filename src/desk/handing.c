#include "desk/handing.h"

#include "desk/open.h"
#include "desk/sheet.h"
#include "record/entity.h"
#include "record/people_visit.h"
#include "record/visit.h"

/* Whether its person agreed to be kept; says so where they did not. */
static bool is_kept(struct desk *desk)
{
	enum visit_found found;
	struct visit visit;
	bool kept;

	if (visit_read(desk->record, desk->selected, &found, &visit)) {
		desk_say_trouble(desk);
		return false;
	}
	if (found == VISIT_NOT_THERE) {
		desk_say_key(desk, "desk.gone");
		return false;
	}
	kept = visit.keep == VISIT_KEEP_KEPT && !visit.erased;
	if (!kept)
		desk_say_key(desk, "desk.hand_over_not_kept");
	visit_done(&visit);
	return kept;
}

void handing_open(struct desk *desk)
{
	SCOPED(char_freep)
	char *visit = xasprintf("%lld", (long long)desk->selected);
	SCOPED(char_freep) char *person = NULL;
	struct entity_match given[3] = { { "visit", visit } };
	int64_t id;

	if (!is_kept(desk))
		return;
	if (people_of_visit(desk->record, desk->selected, &id)) {
		desk_say_trouble(desk);
		return;
	}
	if (id) {
		person = xasprintf("%lld", (long long)id);
		given[1] = (struct entity_match){ "person", person };
	}
	open_new(desk, &(struct sheet_about){ .kind = kind_find("handover"),
					      .given = given });
}

struct telling {
	struct desk *desk;
	void (*say)(void *to, const char *line);
	void *to;
};

static bool tell(void *to, const struct entity *handover)
{
	const struct telling *telling = to;
	const struct catalogue_argument arguments[] = {
		{ .name = "system", .text = entity_text(handover, "system") },
		{ .name = "id", .text = entity_text(handover, "their_id") },
	};
	SCOPED(char_freep)
	char *line = desk_words(telling->desk, "desk.handed", arguments,
				COUNT(arguments));

	telling->say(telling->to, line);
	return true;
}

void handing_each(struct desk *desk, int64_t visit, handing_say *say, void *to)
{
	SCOPED(char_freep) char *id = xasprintf("%lld", (long long)visit);
	const struct entity_match matches[] = { { "visit", id },
						{ NULL, NULL } };
	struct telling telling = { desk, say, to };

	if (entity_each(desk->record, kind_find("handover"), matches, NULL, 0,
			&desk->staff.who, tell, &telling))
		desk_say_trouble(desk);
}
