#include "desk/visit_actions.h"

#include "desk/desk.h"
#include "desk/errand.h"
#include "desk/handing.h"
#include "desk/open.h"
#include "desk/screens.h"
#include "desk/ticket.h"
#include "desk/undo.h"
#include "record/people_visit.h"
#include "record/visit.h"

static bool may(const struct desk *desk, enum visit_act act)
{
	const struct queue_row *row = desk_row(desk);

	return row && visit_may(row->state, act);
}

void visit_say_answer(struct desk *desk, enum visit_acted answer)
{
	static const char *const keys[] = {
		[VISIT_UNKNOWN] = "desk.gone",
		[VISIT_WRONG_STATE] = "desk.quicker",
		[VISIT_NO_REASON] = "desk.needs_reason",
		[VISIT_NOTHING] = "desk.nothing_to_undo",
		[VISIT_REFUSED] = "desk.said_no",
		[VISIT_NOT_YOURS] = "desk.not_yours",
		[VISIT_NO_TICKET] = "typing.no_ticket",
		[VISIT_CALLS] = "desk.call_open",
	};

	if (answer != VISIT_ACTED)
		desk_say_key(desk, keys[answer]);
	desk_refresh(desk);
}

static void act(struct desk *desk, enum visit_act what)
{
	enum visit_acted answer;

	if (visit_act(desk->record, desk->selected, what, VISIT_NO_OUTCOME,
		      &desk->staff.who, desk->clock.now, &answer))
		desk_say_trouble(desk);
	else
		visit_say_answer(desk, answer);
}

static bool may_open(const struct desk *desk, const void *state)
{
	(void)state;
	return desk->selected != 0 &&
	       stack_top(&desk->stack) == &desk_waiting_screen;
}

static void open_ticket(struct desk *desk, void *state)
{
	(void)state;
	desk_open(desk, &desk_ticket_screen, NULL);
}

static bool may_call(const struct desk *desk, const void *state)
{
	(void)state;
	return may(desk, VISIT_CALL) || may(desk, VISIT_RECALL);
}

static void call(struct desk *desk, void *state)
{
	(void)state;
	act(desk, may(desk, VISIT_CALL) ? VISIT_CALL : VISIT_RECALL);
}

static bool may_miss(const struct desk *desk, const void *state)
{
	(void)state;
	return may(desk, VISIT_MISS);
}

static void miss(struct desk *desk, void *state)
{
	(void)state;
	act(desk, VISIT_MISS);
}

static bool may_take_in(const struct desk *desk, const void *state)
{
	(void)state;
	return may(desk, VISIT_TAKE_IN);
}

static void take_in(struct desk *desk, void *state)
{
	(void)state;
	act(desk, VISIT_TAKE_IN);
}

static bool may_end(const struct desk *desk, const void *state)
{
	(void)state;
	return may(desk, VISIT_END);
}

static void end(struct desk *desk, void *state)
{
	(void)state;
	desk_open(desk, &desk_outcome_screen, NULL);
}

static bool has_selected(const struct desk *desk, const void *state)
{
	(void)state;
	return desk->selected != 0;
}

static void other_level(struct desk *desk, void *state)
{
	(void)state;
	desk_open(desk, &desk_level_screen, NULL);
}

/* Whose visit it is: 0 nobody's yet. */
static int64_t person_of(struct desk *desk)
{
	int64_t person = 0;

	if (people_of_visit(desk->record, desk->selected, &person))
		desk_say_trouble(desk);
	return person;
}

static void show_person(struct desk *desk, void *state)
{
	int64_t person = person_of(desk);

	(void)state;
	if (person)
		open_entity(desk, kind_find("person"), person);
	else
		desk_open(desk, &desk_who_screen, &desk->selected);
}

static void detach(struct desk *desk, void *state)
{
	enum people_answer answer;

	(void)state;
	if (people_detach(desk->record, desk->selected, &desk->staff.who,
			  desk->clock.now, &answer))
		desk_say_trouble(desk);
	else
		desk_say_key(desk, answer == PEOPLE_DONE ? "desk.detached"
				   : answer == PEOPLE_REFUSED
				       ? "desk.refused"
				       : "desk.nobody_attached");
}

static bool may_undo(const struct desk *desk, const void *state)
{
	(void)state;
	return desk->selected || desk->ended;
}

/* What is back again, and what of it is not. */
static void say_undone(struct desk *desk, int64_t id)
{
	enum visit_found found;
	struct visit visit;
	struct catalogue_argument number = { .name = "number" };

	if (visit_read(desk->record, id, &found, &visit)) {
		desk_say_trouble(desk);
		return;
	}
	if (found == VISIT_NOT_THERE)
		return;
	number.text = visit.number;
	desk_say(desk,
		 desk_words(desk,
			    visit.erased ? "desk.undone_erased" : "desk.undone",
			    &number, 1),
		 false);
	visit_done(&visit);
}

static void undo(struct desk *desk, void *state)
{
	(void)state;
	int64_t id = desk->ended ? desk->ended : desk->selected;
	enum visit_acted answer;

	desk->ended = 0;
	if (visit_undo(desk->record, id, &desk->staff.who, desk->clock.now,
		       &answer)) {
		desk_say_trouble(desk);
		return;
	}
	if (answer == VISIT_NOTHING) { /* what was changed last is no visit */
		undo_last(desk);
		return;
	}
	visit_say_answer(desk, answer);
	if (answer == VISIT_ACTED) {
		desk->selected = id;
		say_undone(desk, id);
	}
}

static bool may_requeue(const struct desk *desk, const void *state)
{
	(void)state;
	return may(desk, VISIT_REQUEUE);
}

static void requeue(struct desk *desk, void *state)
{
	(void)state;
	act(desk, VISIT_REQUEUE);
}

static bool may_unfile(const struct desk *desk, const void *state)
{
	(void)state;
	const struct queue_row *row = desk_row(desk);

	return row && row->state == VISIT_WAITING;
}

/* It cannot be taken back, so one key alone does not do it. */
static void not_this_person(struct desk *desk, void *state)
{
	(void)state;
	desk_open(desk, &desk_unfile_screen, NULL);
}

/* Nor can this. */
static void confirm_keep(struct desk *desk, void *state)
{
	(void)state;
	enum visit_found found;
	struct visit visit;

	if (visit_read(desk->record, desk->selected, &found, &visit)) {
		desk_say_trouble(desk);
		return;
	}
	if (found == VISIT_NOT_THERE) {
		desk_say_key(desk, "desk.gone");
		return;
	}
	if (visit.keep == VISIT_KEEP_NO)
		desk_say_key(desk, "desk.said_no");
	else if (visit.keep == VISIT_KEEP_KEPT || visit.erased)
		desk_say_key(desk, "desk.keep_nothing");
	else
		desk_open(desk, &desk_keep_screen, NULL);
	visit_done(&visit);
}

/* An opened ticket's own flag; from the list, the oldest of all. */
static bool has_alert(const struct desk *desk, const void *state)
{
	(void)state;
	return stack_top(&desk->stack) == &desk_ticket_screen
		   ? lists_alert(&desk->lists, desk->selected) != NULL
		   : desk->lists.alert_count > 0;
}

static void answer_alert(struct desk *desk, void *state)
{
	(void)state;
	if (!lists_alert(&desk->lists, desk->selected))
		desk->selected = desk->lists.alerts[0].visit;
	desk_open(desk, &desk_alert_screen, NULL);
}

static void hand_over(struct desk *desk, void *state)
{
	(void)state;
	handing_open(desk);
}

const struct action visit_actions[] = {
	{ '\r', "desk.open", "desk.open_about", may_open, open_ticket },
	{ '\r', "desk.read", "desk.read_about", ticket_may_read, ticket_read },
	{ 'c', "desk.call", "desk.call_about", may_call, call },
	{ 'b', "desk.errand", "desk.errand_about", errand_offered, errand_do },
	{ 'j', "desk.sponsor_ticket", "desk.sponsor_ticket_about",
	  sponsor_ticket_offered, sponsor_ticket_do },
	{ 'n', "desk.miss", "desk.miss_about", may_miss, miss },
	{ 't', "desk.take_in", "desk.take_in_about", may_take_in, take_in },
	{ 'w', "desk.requeue", "desk.requeue_about", may_requeue, requeue },
	{ 'e', "desk.end", "desk.end_about", may_end, end },
	{ 'p', "desk.person", "desk.person_about", has_selected, show_person },
	{ 'o', "desk.level", "desk.level_about", has_selected, other_level },
	{ 'a', "desk.alert", "desk.alert_about", has_alert, answer_alert },
	{ 'x', "desk.unfile", "desk.unfile_about", may_unfile,
	  not_this_person },
	{ 'k', "desk.keep", "desk.keep_about", has_selected, confirm_keep },
	{ '-', "desk.detach", "desk.detach_about", has_selected, detach },
	{ 'v', "desk.hand_over", "desk.hand_over_about", has_selected,
	  hand_over },
	{ 'u', "desk.undo", "desk.undo_about", may_undo, undo },
	{ 0 },
};

const struct view_mark visit_marks[] = {
	{ "▸", "desk.mark_called" },
	{ "…", "desk.mark_no_answer" },
	{ "■", "desk.mark_in_service" },
	{ "◇", "reach.mark_kept" },
	{ "U3*", "desk.mark_staff" },
	{ "U3+", "desk.mark_lifted" },
	{ "☎", "desk.mark_quiet" },
	{ "☎✓", "desk.mark_going" },
	{ NULL, NULL },
};
