#include "desk/open.h"

#include <string.h>

#include "desk/assess.h"
#include "desk/directory.h"
#include "desk/plan.h"
#include "desk/screens.h"
#include "desk/sheet.h"

/* Kinds that have a screen of their own. Its about is a struct entity_name, but
 * for a service's. */
static const struct {
	const char *kind;
	const struct view *view;
} screens[] = {
	{ "person", &desk_person_screen },
	{ "household", &desk_household_screen },
	{ "service", &desk_service_screen },
	{ "sponsorship", &desk_sponsorship_screen },
	{ "meeting", &desk_meeting_screen },
	{ "assessment", &desk_assess_screen },
	{ "goal", &desk_plan_screen },
	{ "step", &desk_plan_screen },
	{ NULL, NULL },
};

static const struct view *screen_of(const struct kind *kind)
{
	for (size_t i = 0; screens[i].kind; i++) {
		if (strcmp(screens[i].kind, kind->name) == 0)
			return screens[i].view;
	}
	return NULL;
}

/* What both sides changed, laid on what it is about: closing the one shows the
 * other. What this desk may not read is not opened, and said so there. */
static void open_under(struct desk *desk, int64_t id)
{
	SCOPED(entity_freep) struct entity *conflict = NULL;
	SCOPED(char_freep) char *name = NULL;
	enum entity_answer answer;
	const char *what;

	if (entity_read(desk->record, kind_find("conflict"), id,
			&desk->staff.who, desk->clock.now, &answer,
			&conflict)) {
		desk_say_trouble(desk);
		return;
	}
	if (answer != ENTITY_DONE)
		return;
	what = entity_text(conflict, "what");
	name = xstrndup(what, strcspn(what, "."));
	if (kind_find(name))
		open_entity(desk, kind_find(name),
			    entity_number(conflict, "subject"));
}

void open_entity(struct desk *desk, const struct kind *kind, int64_t id)
{
	const struct view *own = screen_of(kind);
	const struct entity_name name = { kind, id };
	const struct directory_referral service = { .service = id };
	const struct sheet_about sheet = { .kind = kind, .id = id };

	if (strcmp(kind->name, "conflict") == 0)
		open_under(desk, id);
	if (own == &desk_service_screen)
		desk_open(desk, own, &service);
	else if (own)
		desk_open(desk, own, &name);
	else
		desk_open(desk, &desk_sheet_screen, &sheet);
}

void open_new(struct desk *desk, const struct sheet_about *about)
{
	desk_open(desk, &desk_sheet_screen, about);
}
