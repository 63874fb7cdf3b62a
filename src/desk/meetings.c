#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "desk/action.h"
#include "desk/answer.h"
#include "desk/day.h"
#include "desk/frame.h"
#include "desk/open.h"
#include "desk/rows.h"
#include "desk/screens.h"
#include "desk/sheet.h"
#include "desk/value.h"
#include "record/meeting.h"

/*
 * A meeting: who came, and what was made sure of. Enter on a party says that
 * they came, once more that they did not; on a check, that it is made.
 */
enum tag { PARTY, CHECK };

struct meeting_view {
	struct desk *desk;
	int64_t id;
	struct entity *entity;
	struct rows *rows;
	char **checks; /* the codes; rows have their place as id */
	size_t check_count;
};

static const struct kind *kind(void)
{
	return kind_find("meeting");
}

/* --- what is on it ---------------------------------------------------------
 */

static void add_heading(struct meeting_view *view, const char *key)
{
	rows_add(view->rows, &(struct row){
				 .tag = -1,
				 .heading = true,
				 .cells = { desk_word(view->desk, key) },
			     });
}

static bool add_party(void *to, const struct entity *party)
{
	struct meeting_view *view = to;
	const struct desk *desk = view->desk;
	const struct kind *kinds = party->kind;
	const char *attended = entity_text(party, "attended");
	const char *name = entity_text(party, "name");
	const char *consent = entity_text(party, "consent_on");

	rows_add(
	    view->rows,
	    &(struct row){
		.tag = PARTY,
		.id = party->id,
		.cells = { value_shown(desk, kinds, kind_field(kinds, "who"),
				       entity_text(party, "who")),
			   name ? xstrdup(name) : NULL,
			   consent ? day_shown(desk->staff.words, consent)
				   : NULL,
			   desk_word(desk, !attended ? "desk.came_unknown"
					   : attended[0] == '1'
					       ? "desk.came"
					       : "desk.came_not") },
		.doubtful = !attended,
	    });
	return true;
}

static void add_checks(struct meeting_view *view)
{
	const struct field *field = kind_field(kind(), "checklist");
	const char *made = entity_text(view->entity, "checklist") ?: "";

	add_heading(view, "desk.connection");
	for (size_t i = 0; i < view->check_count; i++) {
		const char *code = view->checks[i];
		const bool is = codes_have(made, code, strlen(code));

		rows_add(
		    view->rows,
		    &(struct row){
			.tag = CHECK,
			.id = (int64_t)i,
			.cells = { value_code(view->desk, kind(), field, code),
				   NULL, NULL,
				   desk_word(view->desk, is ? "desk.yes"
							    : "desk.not_yet") },
		    });
	}
}

static enum fault read_all(struct meeting_view *view)
{
	struct desk *desk = view->desk;
	SCOPED(char_freep) char *id = xasprintf("%lld", (long long)view->id);
	const struct entity_match matches[] = { { "meeting", id },
						{ NULL, NULL } };
	struct entity *entity = NULL;
	enum entity_answer answer;
	enum fault fault =
	    entity_read(desk->record, kind(), view->id, &desk->staff.who,
			desk->clock.now, &answer, &entity);

	if (fault)
		return fault;
	if (!entity)
		return FAULT_FORMAT;
	entity_free(view->entity);
	view->entity = entity;
	rows_begin(view->rows);
	add_heading(view, "desk.parties");
	fault = entity_each(desk->record, kind_find("party"), matches, NULL, 0,
			    &desk->staff.who, add_party, view);
	if (strcmp(entity_text(entity, "what"), "POST") == 0)
		add_checks(view);
	rows_end(view->rows);
	return fault;
}

static void refresh(void *state)
{
	struct meeting_view *view = state;

	if (read_all(view))
		desk_say_trouble(view->desk);
}

static void said(struct meeting_view *view, enum fault fault,
		 enum entity_answer answer)
{
	if (fault)
		desk_say_trouble(view->desk);
	else if (answer != ENTITY_DONE)
		answer_say(view->desk, answer);
	refresh(view);
}

static void split_checks(struct meeting_view *view)
{
	SCOPED(char_freep) char *codes = xstrdup(MEETING_CHECKS);
	char *rest = NULL;

	for (char *code = strtok_r(codes, " ", &rest); code;
	     code = strtok_r(NULL, " ", &rest)) {
		view->checks = xreallocarray(
		    view->checks, view->check_count + 1, sizeof *view->checks);
		view->checks[view->check_count++] = xstrdup(code);
	}
}

static void leave(void *state)
{
	struct meeting_view *view = state;

	for (size_t i = 0; i < view->check_count; i++)
		free(view->checks[i]);
	free(view->checks);
	entity_free(view->entity);
	rows_free(view->rows);
	free(view);
}

static enum fault enter(struct desk *desk, const void *about, void **state)
{
	static const char *const titles[ROWS_CELLS] = { NULL };
	const int widths[ROWS_CELLS] = { 0, 14, day_cells(desk->staff.words),
					 14 };
	const struct entity_name *name = about;
	struct meeting_view *view = xcalloc(1, sizeof *view);
	enum fault fault;

	view->desk = desk;
	view->id = name->id;
	view->rows = rows_new(desk, titles, widths, NULL);
	split_checks(view);
	if ((fault = read_all(view))) {
		leave(view);
		return fault;
	}
	*state = view;
	return FAULT_NONE;
}

static char *head_of(const struct meeting_view *view)
{
	static const char *const fields[] = { "state", "day", "mode",
					      "sponsorship", "household" };

	return value_head(view->desk, view->entity, fields, COUNT(fields));
}

static void draw(void *state, struct canvas *canvas)
{
	struct meeting_view *view = state;
	struct desk *desk = view->desk;
	SCOPED(char_freep) char *title = value_called(desk, kind(), view->id);
	SCOPED(char_freep) char *head = head_of(view);
	struct canvas_area area = frame_draw(desk, canvas, title);

	frame_line(canvas, area.y, 2, area.w - 3, head, desk->staff.language,
		   CANVAS_BOLD, CANVAS_INK);
	area.y++;
	area.h--;
	rows_draw(view->rows, canvas, area);
}

/* --- what is done ----------------------------------------------------------
 */

static enum fault turn_party(struct meeting_view *view, int64_t id,
			     enum entity_answer *answer)
{
	struct desk *desk = view->desk;
	SCOPED(entity_freep) struct entity *party = NULL;
	const char *was;
	enum fault fault =
	    entity_read(desk->record, kind_find("party"), id, &desk->staff.who,
			desk->clock.now, answer, &party);

	if (fault || !party)
		return fault;
	was = entity_text(party, "attended");
	(void)entity_set(party, "attended", was && was[0] == '1' ? "0" : "1");
	return entity_save(desk->record, party, SOURCE_SEEN, &desk->staff.who,
			   desk->clock.now, answer, NULL);
}

static enum fault turn_check(struct meeting_view *view, const char *turned,
			     enum entity_answer *answer)
{
	struct desk *desk = view->desk;
	const char *made = entity_text(view->entity, "checklist") ?: "";
	struct bytes text = { 0 };

	for (size_t i = 0; i < view->check_count; i++) {
		const char *code = view->checks[i];
		const bool is = codes_have(made, code, strlen(code));

		if (is != (strcmp(code, turned) == 0))
			bytes_add_format(&text, "%s%s", text.length ? " " : "",
					 code);
	}
	(void)entity_set(view->entity, "checklist",
			 text.length ? (char *)text.data : NULL);
	bytes_done(&text);
	return entity_save(desk->record, view->entity, SOURCE_SEEN,
			   &desk->staff.who, desk->clock.now, answer, NULL);
}

static void turn(struct desk *desk, void *state)
{
	struct meeting_view *view = state;
	const struct row *row = rows_selected(view->rows);
	enum entity_answer answer = ENTITY_DONE;
	enum fault fault;

	(void)desk;
	if (!row)
		return;
	fault = row->tag == PARTY
		    ? turn_party(view, row->id, &answer)
		    : turn_check(view, view->checks[row->id], &answer);
	said(view, fault, answer);
}

static bool has_row(const struct desk *desk, const void *state)
{
	(void)desk;
	return rows_selected(((const struct meeting_view *)state)->rows) !=
	       NULL;
}

static bool is_planned(const struct desk *desk, const void *state)
{
	const struct meeting_view *view = state;

	(void)desk;
	return strcmp(entity_text(view->entity, "state"), "planned") == 0;
}

/* What is still to be said before it was held; true where something is. */
static bool say_lacks(struct meeting_view *view)
{
	struct desk *desk = view->desk;
	struct bytes list = { 0 };
	struct catalogue_argument argument = { .name = "who" };
	unsigned lacks = 0;

	if (meeting_lacks(desk->record, view->entity, &lacks) || !lacks)
		return false;
	for (unsigned bit = 0; bit < MEETING_LACKS; bit++) {
		SCOPED(char_freep) char *key = NULL;
		SCOPED(char_freep) char *word = NULL;

		if (!(lacks & 1u << bit))
			continue;
		key = xasprintf("desk.lacks_%s", meeting_lack_word(1u << bit));
		word = desk_word(desk, key);
		bytes_add_format(&list, "%s%s", list.length ? ", " : "", word);
	}
	argument.text = (char *)list.data;
	desk_say(desk, desk_words(desk, "desk.meeting_lacks", &argument, 1),
		 false);
	bytes_done(&list);
	return true;
}

static void move_to(struct meeting_view *view, const char *to)
{
	struct desk *desk = view->desk;
	enum entity_answer answer;
	enum fault fault =
	    entity_move(desk->record, kind(), view->id, to, "",
			&desk->staff.who, desk->clock.now, &answer);

	said(view, fault, answer);
}

static void hold(struct desk *desk, void *state)
{
	(void)desk;
	if (!say_lacks(state))
		move_to(state, "held");
}

static void miss(struct desk *desk, void *state)
{
	(void)desk;
	move_to(state, "missed");
}

static const char *const sides[] = { "newcomer", "sponsor", "SAH", "worker" };

/* A side that is not on the list yet came. */
static void came(struct meeting_view *view, size_t side)
{
	struct desk *desk = view->desk;
	enum entity_answer answer;
	enum fault fault =
	    meeting_attend(desk->record, view->id, sides[side], true,
			   &desk->staff.who, desk->clock.now, &answer);

	said(view, fault, answer);
}

static void newcomer_came(struct desk *desk, void *state)
{
	(void)desk;
	came(state, 0);
}

static void sponsor_came(struct desk *desk, void *state)
{
	(void)desk;
	came(state, 1);
}

static void sah_came(struct desk *desk, void *state)
{
	(void)desk;
	came(state, 2);
}

static void worker_came(struct desk *desk, void *state)
{
	(void)desk;
	came(state, 3);
}

static void new_party(struct desk *desk, void *state)
{
	const struct meeting_view *view = state;
	SCOPED(char_freep) char *id = xasprintf("%lld", (long long)view->id);
	const struct entity_match given[] = { { "meeting", id },
					      { "who", "other" },
					      { NULL, NULL } };

	open_new(desk, &(struct sheet_about){ .kind = kind_find("party"),
					      .given = given });
}

static void edit(struct desk *desk, void *state)
{
	const struct meeting_view *view = state;

	desk_open(desk, &desk_sheet_screen,
		  &(struct sheet_about){ .kind = kind(), .id = view->id });
}

static enum screen_next key(void *state, const struct ui_event *event)
{
	struct meeting_view *view = state;

	if (action_key(view->desk, event))
		return SCREEN_STAY;
	if (rows_key(view->rows, event) == TABLE_OPENED)
		turn(view->desk, view);
	return SCREEN_STAY;
}

static bool not_before_arrival(const struct desk *desk, const void *state)
{
	const struct meeting_view *view = state;

	(void)desk;
	return strcmp(entity_text(view->entity, "what"), "PRE") != 0;
}

static const struct action actions[] = {
	{ '\r', "desk.turn_it", "desk.turn_it_about", has_row, turn },
	{ '1', "desk.newcomer", "desk.newcomer_came", not_before_arrival,
	  newcomer_came },
	{ '2', "desk.sponsor", "desk.sponsor_came", NULL, sponsor_came },
	{ '3', "desk.sah", "desk.sah_came", NULL, sah_came },
	{ '4', "desk.worker", "desk.worker_came", NULL, worker_came },
	{ 'n', "desk.party", "desk.party_about", NULL, new_party },
	{ 'h', "desk.hold", "desk.hold_about", is_planned, hold },
	{ 'x', "desk.meeting_missed", "desk.meeting_missed_about", is_planned,
	  miss },
	{ 'e', "desk.all_fields", "desk.all_fields_about", NULL, edit },
	{ 0 },
};

const struct view desk_meeting_screen = {
	.name = "meeting",
	.actions = actions,
	.enter = enter,
	.draw = draw,
	.key = key,
	.refresh = refresh,
	.leave = leave,
};
