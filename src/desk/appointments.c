#include "desk/appointments.h"

#include <stdlib.h>
#include <string.h>

#include "desk/action.h"
#include "desk/answer.h"
#include "desk/day.h"
#include "desk/frame.h"
#include "desk/lookup.h"
#include "desk/pick.h"
#include "desk/rows.h"
#include "desk/screens.h"
#include "desk/value.h"
#include "record/appointment.h"
#include "record/sponsor.h"

/*
 * The appointments of today. Opened from a ticket, they are its person's, or
 * everybody's where nobody knows who it is; one key says that they came, and
 * ends the visit.
 */
#define DAY_MS ((int64_t)24 * 60 * 60 * 1000)

struct today {
	struct desk *desk;
	int64_t visit; /* 0: opened without a ticket */
	struct rows *rows;
	int64_t missed; /* while its reason is picked */
};

static const struct kind *kind(void)
{
	return kind_find("appointment");
}

static bool add(void *to, const struct entity *appointment)
{
	struct today *today = to;
	const struct desk *desk = today->desk;
	static const char *const fields[ROWS_CELLS] = { "person", "worker",
							"at", "mode" };
	struct row row = { .tag = 0, .id = appointment->id };

	for (int i = 0; i < ROWS_CELLS; i++) {
		const char *value = entity_text(appointment, fields[i]);

		row.cells[i] =
		    value ? value_shown(desk, kind(),
					kind_field(kind(), fields[i]), value)
			  : NULL;
	}
	rows_add(today->rows, &row);
	return true;
}

static enum fault read_all(struct today *today)
{
	struct desk *desk = today->desk;
	const int64_t until = record_midnight_after(
	    desk->clock.now,
	    settings_text(desk->settings, "kiosk", "zone", NULL));
	enum fault fault;

	rows_begin(today->rows);
	fault = appointment_booked(desk->record, today->visit, until - DAY_MS,
				   until, &desk->staff.who, add, today);
	rows_end(today->rows);
	return fault;
}

static void refresh(void *state)
{
	struct today *today = state;

	if (read_all(today))
		desk_say_trouble(today->desk);
}

static void leave(void *state)
{
	struct today *today = state;

	rows_free(today->rows);
	free(today);
}

static enum fault enter(struct desk *desk, const void *about, void **state)
{
	static const char *const titles[ROWS_CELLS] = { NULL };
	static const int widths[ROWS_CELLS] = { 0, 18, 24, 14 };
	SCOPED(char_freep) char *empty = desk_word(desk, "desk.no_appointment");
	struct today *today = xcalloc(1, sizeof *today);
	enum fault fault;

	today->desk = desk;
	today->visit = about ? *(const int64_t *)about : 0;
	today->rows = rows_new(desk, titles, widths, empty);
	if ((fault = read_all(today))) {
		leave(today);
		return fault;
	}
	*state = today;
	return FAULT_NONE;
}

static void draw(void *state, struct canvas *canvas)
{
	struct today *today = state;
	SCOPED(char_freep)
	char *title = desk_word(today->desk, "list.appointments-today");
	struct canvas_area area = frame_draw(today->desk, canvas, title);

	rows_draw(today->rows, canvas, area);
}

static bool has_row(const struct desk *desk, const void *state)
{
	(void)desk;
	return rows_selected(((const struct today *)state)->rows) != NULL;
}

static void attend(struct desk *desk, void *state)
{
	struct today *today = state;
	const struct row *row = rows_selected(today->rows);
	const int64_t visit = today->visit;
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
		refresh(today);
	} else if (acted != VISIT_ACTED) {
		desk_say_key(desk, "desk.quicker");
	} else if (visit) {
		desk->ended = visit;
		(void)desk_to_waiting(desk);
		desk_refresh(desk);
		desk_say_key(desk, "desk.attended_and_ended");
	} else {
		refresh(today);
		desk_say_key(desk, "desk.attended");
	}
}

static void because(struct desk *desk, void *to, const size_t *rows,
		    size_t count)
{
	struct today *today = to;
	const char *at = kind_field(kind(), "reason")->codes;
	SCOPED(char_freep) char *code = NULL;
	enum entity_answer answer;

	if (!count)
		return;
	for (size_t i = 0; i < rows[0]; i++)
		at += strcspn(at, " ") + 1;
	code = xstrndup(at, strcspn(at, " "));
	if (appointment_end(desk->record, today->missed, "no-show", code,
			    &desk->staff.who, desk->clock.now, &answer))
		desk_say_trouble(desk);
	else if (answer != ENTITY_DONE)
		answer_say(desk, answer);
	refresh(today);
}

#define REASONS_MOST 20

static void miss(struct desk *desk, void *state)
{
	struct today *today = state;
	const struct row *row = rows_selected(today->rows);
	const struct field *field = kind_field(kind(), "reason");
	SCOPED(char_freep) char *title = desk_word(desk, "desk.why_missed");
	char *words[REASONS_MOST];
	size_t count = 0;

	if (!row)
		return;
	today->missed = row->id;
	for (const char *at = field->codes; *at && count < REASONS_MOST;
	     at += strspn(at, " ")) {
		SCOPED(char_freep)
		char *code = xstrndup(at, strcspn(at, " "));

		words[count++] = value_code(desk, kind(), field, code);
		at += strlen(code);
	}
	pick_open(desk, &(struct pick){ .title = title,
					.rows = (const char *const *)words,
					.count = count,
					.done = because,
					.to = today });
	while (count)
		free(words[--count]);
}

static enum screen_next key(void *state, const struct ui_event *event)
{
	struct today *today = state;

	if (action_key(today->desk, event))
		return SCREEN_STAY;
	if (rows_key(today->rows, event) == TABLE_OPENED)
		attend(today->desk, today);
	return SCREEN_STAY;
}

static const struct action actions[] = {
	{ '\r', "desk.attend", "desk.attend_about", has_row, attend },
	{ 'm', "desk.missed_it", "desk.missed_it_about", has_row, miss },
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

/* --- from a ticket ---------------------------------------------------------
 */

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

void errand_do(struct desk *desk, void *state)
{
	enum visit_acted acted;

	(void)state;
	if (errand_of(desk) == ERRAND_APPOINTMENT) {
		desk_open(desk, &desk_appointments_screen, &desk->selected);
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
