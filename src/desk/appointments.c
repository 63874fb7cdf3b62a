#include "desk/appointments.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "desk/action.h"
#include "desk/answer.h"
#include "desk/day.h"
#include "desk/frame.h"
#include "desk/retime.h"
#include "desk/rows.h"
#include "desk/value.h"
#include "record/appointment.h"

struct booked {
	struct desk *desk;
	struct appointments_about about;
	int days; /* from today, where it is everybody's */
	struct rows *rows;
	int64_t ending; /* while its reason is picked */
	const char *end;
	struct code why;
	struct retime retime;
};

static const struct kind *kind(void)
{
	return kind_find("appointment");
}

#define AT 2 /* the cell with the time */

/* --- rows ------------------------------------------------------------------
 */

/* The day of everybody's stands in the title. */
static char *time_of(const struct booked *booked, int64_t at)
{
	const time_t seconds = (time_t)(at / 1000);
	struct tm local;

	if (booked->about.person)
		return value_instant(booked->desk, at);
	localtime_r(&seconds, &local);
	return xasprintf("%02d:%02d", local.tm_hour, local.tm_min);
}

static bool add(void *to, const struct entity *appointment)
{
	struct booked *booked = to;
	const struct desk *desk = booked->desk;
	static const char *const fields[ROWS_CELLS] = { "person",
							"worker", [AT] = "at",
							"mode" };
	struct row row = { .tag = 0, .id = appointment->id };

	for (int i = 0; i < ROWS_CELLS; i++) {
		const char *value = entity_text(appointment, fields[i]);

		row.cells[i] =
		    value ? value_shown(desk, kind(),
					kind_field(kind(), fields[i]), value)
			  : NULL;
	}
	free(row.cells[AT]);
	row.cells[AT] = time_of(booked, entity_number(appointment, "at"));
	rows_add(booked->rows, &row);
	return true;
}

static void day_shown_of(const struct booked *booked, char day[DAY_BYTES])
{
	char today[DAY_BYTES];

	day_of(booked->desk->clock.now, today);
	day_after(today, booked->days, day);
}

static enum fault read_all(struct booked *booked)
{
	struct desk *desk = booked->desk;
	const int64_t person = booked->about.person;
	char day[DAY_BYTES], after[DAY_BYTES];
	enum fault fault;

	day_shown_of(booked, day);
	day_after(day, 1, after);
	rows_begin(booked->rows);
	fault = appointment_booked(
	    desk->record, person, day_begins(day),
	    person && !booked->about.visit ? INT64_MAX : day_begins(after),
	    &desk->staff.who, add, booked);
	rows_end(booked->rows);
	return fault;
}

static void refresh(void *state)
{
	struct booked *booked = state;

	if (read_all(booked))
		desk_say_trouble(booked->desk);
}

/* --- the screen ------------------------------------------------------------
 */

static void leave(void *state)
{
	struct booked *booked = state;

	rows_free(booked->rows);
	free(booked);
}

static enum fault enter(struct desk *desk, const void *about, void **state)
{
	static const char *const titles[ROWS_CELLS] = { NULL };
	struct booked *booked = xcalloc(1, sizeof *booked);
	int widths[ROWS_CELLS] = { 0, 20, 5, 10 };
	SCOPED(char_freep) char *empty = NULL;
	enum fault fault;

	booked->desk = desk;
	if (about)
		booked->about = *(const struct appointments_about *)about;
	if (booked->about.person)
		widths[AT] = value_instant_cells(desk);
	empty =
	    desk_word(desk, booked->about.person ? "desk.no_appointment_theirs"
						 : "desk.no_appointment");
	booked->rows = rows_new(desk, titles, widths, empty);
	if ((fault = read_all(booked))) {
		leave(booked);
		return fault;
	}
	*state = booked;
	return FAULT_NONE;
}

/* "Appointments · Mon 23 Nov 2026", or whose they are. */
static char *title_of(const struct booked *booked)
{
	const struct desk *desk = booked->desk;
	SCOPED(char_freep) char *word = desk_word(desk, "desk.appointments");
	SCOPED(char_freep) char *of = NULL;
	char day[DAY_BYTES];

	day_shown_of(booked, day);
	of = booked->about.person
		 ? value_called(desk, kind_find("person"), booked->about.person)
		 : day_shown(desk->staff.words, day);
	return xasprintf("%s · %s", word, of);
}

static void draw(void *state, struct canvas *canvas)
{
	struct booked *booked = state;
	SCOPED(char_freep) char *title = title_of(booked);
	struct canvas_area area = frame_draw(booked->desk, canvas, title);

	rows_draw(booked->rows, canvas, area);
}

/* --- what became of it -----------------------------------------------------
 */

static bool has_row(const struct desk *desk, const void *state)
{
	(void)desk;
	return rows_selected(((const struct booked *)state)->rows) != NULL;
}

static void attend(struct desk *desk, void *state)
{
	struct booked *booked = state;
	const struct row *row = rows_selected(booked->rows);
	const int64_t visit = booked->about.visit;
	enum visit_acted acted = VISIT_ACTED;
	enum entity_answer answer = ENTITY_DONE;

	if (!row)
		return;
	if (appointment_attend(desk->record, row->id, visit, &desk->staff.who,
			       desk->clock.now, &answer, &acted)) {
		desk_say_trouble(desk);
		return;
	}
	if (answer != ENTITY_DONE) {
		answer_say(desk, answer);
		refresh(booked);
	} else if (acted != VISIT_ACTED) {
		desk_say_key(desk, "desk.quicker");
	} else if (visit) {
		desk->ended = visit;
		(void)desk_to_waiting(desk);
		desk_refresh(desk);
		desk_say_key(desk, "desk.attended_and_ended");
	} else {
		refresh(booked);
		desk_say_key(desk, "desk.attended");
	}
}

static void take_end(struct desk *desk, void *to, const char *reason)
{
	struct booked *booked = to;
	enum entity_answer answer;

	if (appointment_end(desk->record, booked->ending, booked->end, reason,
			    &desk->staff.who, desk->clock.now, &answer))
		desk_say_trouble(desk);
	else if (answer != ENTITY_DONE)
		answer_say(desk, answer);
	else
		desk_say_key(desk, "desk.appointment_ended");
	refresh(booked);
}

static void end(struct desk *desk, struct booked *booked, const char *state,
		const char *title)
{
	booked->ending = rows_selected(booked->rows)->id;
	booked->end = state;
	booked->why = (struct code){ .title = title,
				     .kind = kind(),
				     .field = "reason",
				     .done = take_end,
				     .to = booked };
	code_pick(desk, &booked->why);
}

static void miss(struct desk *desk, void *state)
{
	end(desk, state, "no-show", "desk.why_missed");
}

static void call_off(struct desk *desk, void *state)
{
	end(desk, state, "cancelled", "desk.why_called_off");
}

static void retime(struct desk *desk, void *state)
{
	struct booked *booked = state;

	retime_open(desk, &booked->retime, rows_selected(booked->rows)->id);
}

/* --- days ------------------------------------------------------------------
 */

static bool has_days(const struct desk *desk, const void *state)
{
	(void)desk;
	return !((const struct booked *)state)->about.person &&
	       !((const struct booked *)state)->about.visit;
}

static void day_before(struct desk *desk, void *state)
{
	(void)desk;
	((struct booked *)state)->days--;
	refresh(state);
}

static void next_day(struct desk *desk, void *state)
{
	(void)desk;
	((struct booked *)state)->days++;
	refresh(state);
}

static enum screen_next key(void *state, const struct ui_event *event)
{
	struct booked *booked = state;

	if (action_key(booked->desk, event))
		return SCREEN_STAY;
	if (rows_key(booked->rows, event) == TABLE_OPENED)
		attend(booked->desk, booked);
	return SCREEN_STAY;
}

static const struct action actions[] = {
	{ '\r', "desk.attend", "desk.attend_about", has_row, attend },
	{ 'm', "desk.missed_it", "desk.missed_it_about", has_row, miss },
	{ 'w', "retime.key", "retime.about", has_row, retime },
	{ 'x', "desk.call_off", "desk.call_off_about", has_row, call_off },
	{ '<', "desk.day_before", "desk.day_before_about", has_days,
	  day_before },
	{ '>', "desk.next_day", "desk.next_day_about", has_days, next_day },
	{ 0 },
};

const struct view desk_appointments_screen = {
	.name = "appointments",
	.actions = actions,
	.enter = enter,
	.draw = draw,
	.key = key,
	.refresh = refresh,
	.leave = leave,
};
