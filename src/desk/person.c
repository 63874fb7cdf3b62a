#include <stdlib.h>
#include <string.h>

#include "desk/action.h"
#include "desk/add.h"
#include "desk/answer.h"
#include "desk/appointments.h"
#include "desk/assess.h"
#include "desk/directory.h"
#include "desk/events.h"
#include "desk/frame.h"
#include "desk/open.h"
#include "desk/person_card.h"
#include "desk/pick.h"
#include "desk/plan.h"
#include "desk/print_person.h"
#include "desk/retime.h"
#include "desk/screens.h"
#include "desk/sheet.h"
#include "desk/value.h"
#include "record/appointment.h"

/*
 * A person: the card, and beside it, or below in a narrow window, all that
 * happened with them.
 */
#define SIDE_BY_SIDE 120

struct person {
	struct desk *desk;
	struct entity_name of;
	struct entity *entity;
	struct person_card *card;
	struct events *events;
	struct retime retime;
};

static void leave(void *state)
{
	struct person *person = state;

	entity_free(person->entity);
	person_card_free(person->card);
	events_free(person->events);
	free(person);
}

static enum fault read_entity(struct person *person, int64_t id)
{
	struct desk *desk = person->desk;
	enum entity_answer answer;
	struct entity *entity;
	enum fault fault =
	    entity_read(desk->record, kind_find("person"), id, &desk->staff.who,
			desk->clock.now, &answer, &entity);

	if (fault)
		return fault;
	if (answer != ENTITY_DONE) {
		answer_say(desk, answer);
		return FAULT_NONE;
	}
	entity_free(person->entity);
	person->entity = entity;
	return FAULT_NONE;
}

static enum fault read_card(struct person *person)
{
	struct person_card *card;
	enum fault fault = person_card_read(person->desk, person->entity,
					    person->events, &card);

	if (fault)
		return fault;
	person_card_free(person->card);
	person->card = card;
	return FAULT_NONE;
}

static enum fault enter(struct desk *desk, const void *about, void **state)
{
	const struct entity_name *of = about;
	struct person *person = xcalloc(1, sizeof *person);
	enum fault fault;

	person->desk = desk;
	person->of = *of;
	if ((fault = read_entity(person, of->id)) || !person->entity ||
	    (fault = events_read(desk, of, &person->events)) ||
	    (fault = read_card(person))) {
		leave(person);
		return fault;
	}
	*state = person;
	return FAULT_NONE;
}

static void refresh(void *state)
{
	struct person *person = state;

	if (read_entity(person, person->entity->id) ||
	    events_refresh(person->events) || read_card(person))
		desk_say_trouble(person->desk);
}

static void draw(void *state, struct canvas *canvas)
{
	struct person *person = state;
	struct desk *desk = person->desk;
	SCOPED(char_freep)
	char *title =
	    value_called(desk, person->entity->kind, person->entity->id);
	struct canvas_area area = frame_draw(desk, canvas, title);
	struct canvas_area card = area, events = area;

	card.x = 2;
	if (area.w >= SIDE_BY_SIDE) {
		card.w = area.w / 2 - 3;
		events.x = area.w / 2 + 1;
		events.w = area.w - events.x;
		canvas_rule_down(canvas, area.y, area.w / 2, area.h);
	} else {
		card.w = area.w - 4;
		card.h = person_card_rows(person->card);
		if (card.h > area.h - 4)
			card.h = area.h - 4;
		events.y += card.h + 1;
		events.h -= card.h + 1;
		canvas_rule(canvas, events.y - 1, 0, area.w);
	}
	person_card_draw(person->card, canvas, card);
	events_draw(person->events, canvas, events, true);
}

static enum screen_next key(void *state, const struct ui_event *event)
{
	struct person *person = state;

	if (action_key(person->desk, event))
		return SCREEN_STAY;
	if (events_key(person->events, event) == TABLE_OPENED)
		events_open(person->events);
	return SCREEN_STAY;
}

/* --- actions ---------------------------------------------------------------
 */

static bool has_events(const struct desk *desk, const void *state)
{
	(void)desk;
	return events_count(((const struct person *)state)->events) > 0;
}

static void open_event(struct desk *desk, void *state)
{
	(void)desk;
	events_open(((struct person *)state)->events);
}

static void open_details(struct desk *desk, void *state)
{
	const struct person *person = state;
	const struct sheet_about about = { .kind = person->entity->kind,
					   .id = person->entity->id };

	desk_open(desk, &desk_sheet_screen, &about);
}

static char *id_text(const struct person *person)
{
	return xasprintf("%lld", (long long)person->entity->id);
}

static bool take_id(void *to, const struct entity *entity)
{
	*(int64_t *)to = entity->id;
	return false;
}

/* Their names are an entity of their own; a new one where there is none. */
static void open_names(struct desk *desk, void *state)
{
	const struct person *person = state;
	SCOPED(char_freep) char *id = id_text(person);
	const struct entity_match given[] = { { "person", id },
					      { NULL, NULL } };
	struct sheet_about about = { .kind = kind_find("name"),
				     .given = given };

	if (entity_each(desk->record, about.kind, given, NULL, 1,
			&desk->staff.who, take_id, &about.id))
		desk_say_trouble(desk);
	else
		desk_open(desk, &desk_sheet_screen, &about);
}

static bool take_household(void *to, const struct entity *member)
{
	*(int64_t *)to = entity_number(member, "household");
	return entity_text(member, "until") != NULL;
}

static void open_household(struct desk *desk, void *state)
{
	const struct person *person = state;
	SCOPED(char_freep) char *id = id_text(person);
	const struct entity_match matches[] = { { "person", id },
						{ NULL, NULL } };
	int64_t household = 0;

	if (entity_each(desk->record, kind_find("member"), matches, "-id", 0,
			&desk->staff.who, take_household, &household))
		desk_say_trouble(desk);
	else if (household)
		open_entity(desk, kind_find("household"), household);
	else
		desk_say_key(desk, "desk.no_household");
}

static void add(struct desk *desk, void *state)
{
	add_open(desk, &((struct person *)state)->of);
}

static void print_picked(struct desk *desk, void *to, const size_t *rows,
			 size_t count)
{
	const struct person *person = to;

	if (count)
		print_person(desk, person->of.id,
			     entity_text(person->entity, "language"),
			     (enum print_what)rows[0]);
}

static void print(struct desk *desk, void *state)
{
	SCOPED(char_freep) char *title = desk_word(desk, "desk.print_what");
	char *rows[PRINT_WHATS];

	for (int i = 0; i < PRINT_WHATS; i++)
		rows[i] = desk_word(desk, print_words[i]);
	pick_open(desk, &(struct pick){ .title = title,
					.rows = (const char *const *)rows,
					.count = PRINT_WHATS,
					.done = print_picked,
					.to = state });
	for (int i = 0; i < PRINT_WHATS; i++)
		char_free(rows[i]);
}

static void open_directory(struct desk *desk, void *state)
{
	directory_open_for(desk, ((struct person *)state)->entity->id, NULL);
}

static void open_assessment(struct desk *desk, void *state)
{
	assess_open(desk, ((struct person *)state)->entity->id);
}

/* --- another time ----------------------------------------------------------
 */

/* What is booked from now on: how much, and the first. */
struct ahead {
	size_t count;
	int64_t first;
};

static bool take_booked(void *to, const struct entity *appointment)
{
	struct ahead *ahead = to;

	if (!ahead->count++)
		ahead->first = appointment->id;
	return ahead->count < 2;
}

/* The appointment that the cursor is on; 0: it is on none. */
static int64_t selected_appointment(const struct person *person)
{
	const struct timeline_event *event =
	    events_count(person->events) ? events_selected(person->events)
					 : NULL;

	return event && event->kind == kind_find("appointment") ? event->id : 0;
}

/* Of the one that the cursor is on, or the only one ahead; else all that are
 * booked are shown. */
static void retime(struct desk *desk, void *state)
{
	struct person *person = state;
	const struct appointments_about about = { .person = person->of.id };
	const int64_t selected = selected_appointment(person);
	struct ahead ahead = { 0 };

	if (appointment_booked(desk->record, about.person, desk->clock.now,
			       INT64_MAX, &desk->staff.who, take_booked,
			       &ahead))
		desk_say_trouble(desk);
	else if (selected || ahead.count == 1)
		retime_open(desk, &person->retime, selected ?: ahead.first);
	else
		desk_open(desk, &desk_appointments_screen, &about);
}

static void open_appointments(struct desk *desk, void *state)
{
	const struct appointments_about about = {
		.person = ((struct person *)state)->of.id
	};

	desk_open(desk, &desk_appointments_screen, &about);
}

static void open_plan(struct desk *desk, void *state)
{
	const struct entity_name name = {
		kind_find("person"), ((struct person *)state)->entity->id
	};

	desk_open(desk, &desk_plan_screen, &name);
}

static const struct action actions[] = {
	{ '\r', "desk.open", "desk.open_event_about", has_events, open_event },
	{ '+', "desk.add", "desk.add_about", NULL, add },
	{ 'i', "desk.details", "desk.details_about", NULL, open_details },
	{ 'n', "desk.names", "desk.names_about", NULL, open_names },
	{ 'h', "desk.household_key", "desk.household_about", NULL,
	  open_household },
	{ 'p', "desk.print", "desk.print_person_about", NULL, print },
	{ 'd', "desk.directory", "directory.for_person_about", NULL,
	  open_directory },
	{ 'v', "assess.assessment", "assess.assessment_about", NULL,
	  open_assessment },
	{ 'y', "plan.plan", "plan.plan_about", NULL, open_plan },
	{ 'a', "desk.appointments_key", "desk.appointments_theirs_about", NULL,
	  open_appointments },
	{ 'w', "retime.key", "retime.person_about", NULL, retime },
	{ 0 },
};

const struct view desk_person_screen = {
	.name = "person",
	.actions = actions,
	.enter = enter,
	.draw = draw,
	.key = key,
	.refresh = refresh,
	.leave = leave,
};
