#include "desk/errand.h"

#include "desk/answer.h"
#include "desk/appointments.h"
#include "desk/day.h"
#include "desk/lookup.h"
#include "desk/screens.h"
#include "record/appointment.h"
#include "record/people_visit.h"
#include "record/sponsor.h"

static enum visit_errand errand_of(const struct desk *desk)
{
	enum visit_errand errand = ERRAND_OTHER;

	if (desk->selected && desk_row(desk) &&
	    visit_errand(desk->record, desk->selected, &errand))
		return ERRAND_OTHER;
	return errand;
}

bool errand_offered(const struct desk *desk, const void *state)
{
	(void)state;
	return errand_of(desk) != ERRAND_OTHER;
}

/* Theirs, or everybody's where nobody knows who it is. */
static void keep_appointment(struct desk *desk)
{
	struct appointments_about about = { .visit = desk->selected };

	if (people_of_visit(desk->record, desk->selected, &about.person))
		desk_say_trouble(desk);
	else
		desk_open(desk, &desk_appointments_screen, &about);
}

void errand_do(struct desk *desk, void *state)
{
	enum visit_acted acted;

	(void)state;
	if (errand_of(desk) == ERRAND_APPOINTMENT) {
		keep_appointment(desk);
		return;
	}
	if (visit_act(desk->record, desk->selected, VISIT_END, VISIT_SERVED,
		      &desk->staff.who, desk->clock.now, &acted)) {
		desk_say_trouble(desk);
		return;
	}
	desk->ended = acted == VISIT_ACTED ? desk->selected : 0;
	(void)desk_to_waiting(desk);
	desk_refresh(desk);
	desk_say_key(desk, acted == VISIT_ACTED ? "desk.paper_taken"
						: "desk.quicker");
}

bool sponsor_ticket_offered(const struct desk *desk, const void *state)
{
	enum visit_found found;
	struct visit visit;
	bool is;

	(void)state;
	if (!desk->selected ||
	    visit_read(desk->record, desk->selected, &found, &visit) ||
	    found != VISIT_FOUND)
		return false;
	is = sponsor_visit_is(visit.tags);
	visit_done(&visit);
	return is;
}

static void lay(struct desk *desk, void *to, int64_t sponsorship)
{
	enum entity_answer answer;
	char today[DAY_BYTES];

	(void)to;
	if (!sponsorship)
		return;
	day_of(desk->clock.now, today);
	if (sponsor_visit_at(desk->record, desk->selected, sponsorship, today,
			     &desk->staff.who, desk->clock.now, &answer))
		desk_say_trouble(desk);
	else if (answer != ENTITY_DONE)
		answer_say(desk, answer);
	else
		desk_say_key(desk, "desk.laid_with_case");
}

void sponsor_ticket_do(struct desk *desk, void *state)
{
	SCOPED(char_freep) char *title = desk_word(desk, "desk.which_case");

	(void)state;
	lookup_open(desk, &(struct lookup){ .title = title,
					    .kind = kind_find("sponsorship"),
					    .done = lay });
}
