#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "desk/action.h"
#include "desk/answer.h"
#include "desk/day.h"
#include "desk/frame.h"
#include "desk/lookup.h"
#include "desk/open.h"
#include "desk/pick.h"
#include "desk/printing.h"
#include "desk/rows.h"
#include "desk/screens.h"
#include "desk/sheet.h"
#include "desk/value.h"
#include "record/assign.h"
#include "record/sponsor.h"
#include "report/read_matrix.h"

/*
 * A sponsorship: its path from the meeting before arrival to the check at
 * twelve months, and below it who does what, with what is doubtful.
 */
enum tag { STEP, TASK };

struct sponsoring {
	struct desk *desk;
	int64_t id;
	struct entity *entity;
	struct path path;
	struct rows *rows;
	struct assign assign; /* while a worker is picked */
};

static const struct kind *kind(void)
{
	return kind_find("sponsorship");
}

/* --- what is on it ---------------------------------------------------------
 */

static char *word_of(const struct desk *desk, const char *family,
		     const char *name)
{
	SCOPED(char_freep) char *key = xasprintf("desk.%s_%s", family, name);

	return desk_word(desk, key);
}

static void add_heading(struct sponsoring *it, const char *key)
{
	rows_add(it->rows, &(struct row){
			       .tag = -1,
			       .heading = true,
			       .cells = { desk_word(it->desk, key) },
			   });
}

static void add_steps(struct sponsoring *it)
{
	struct desk *desk = it->desk;

	add_heading(it, "desk.path");
	for (int i = 0; i < PATH_STEPS; i++) {
		const enum path_state state = it->path.steps[i].state;

		rows_add(
		    it->rows,
		    &(struct row){
			.tag = STEP,
			.id = i,
			.cells = { word_of(desk, "path",
					   path_step_word((enum path_step)i)),
				   NULL,
				   day_shown(desk->staff.words,
					     it->path.steps[i].day),
				   word_of(desk, "path_is",
					   path_state_word(state)) },
			.doubtful = state == PATH_OVERDUE,
		    });
	}
}

static char *doubts_of(const struct desk *desk, const struct matrix_row *row)
{
	const struct kind *task = kind_find("responsibility");
	struct bytes text = { 0 };

	for (unsigned bit = 0; bit < TASK_DOUBTS; bit++) {
		SCOPED(char_freep) char *word = NULL;

		if (!(row->doubts & 1u << bit))
			continue;
		word = word_of(desk, "task", task_doubt_word(1u << bit));
		bytes_add_format(&text, "%s%s", text.length ? ", " : "", word);
	}
	if (text.length)
		return bytes_take_text(&text);
	return value_code(desk, task, kind_field(task, "state"), row->state);
}

static void add_task(struct sponsoring *it, const struct matrix_row *row)
{
	const struct desk *desk = it->desk;
	const struct kind *task = kind_find("responsibility");
	SCOPED(char_freep)
	char *what =
	    value_code(desk, task, kind_field(task, "task"), row->task);

	rows_add(
	    it->rows,
	    &(struct row){
		.tag = TASK,
		.id = row->id,
		.cells = { row->detail[0]
			       ? xasprintf("%s: %s", what, row->detail)
			       : xstrdup(what),
			   value_shown(desk, task, kind_field(task, "owners"),
				       row->owners[0] ? row->owners : NULL),
			   day_shown(desk->staff.words, row->due),
			   doubts_of(desk, row) },
		.doubtful = row->doubts != 0,
	    });
}

static enum fault add_tasks(struct sponsoring *it, const char *today)
{
	struct matrix matrix;
	enum fault fault = sponsor_matrix(it->desk->record, it->id, MATRIX_OURS,
					  today, &it->desk->staff.who, &matrix);

	if (fault)
		return fault;
	add_heading(it, "desk.matrix");
	for (size_t i = 0; i < matrix.count; i++)
		add_task(it, &matrix.rows[i]);
	matrix_done(&matrix);
	return FAULT_NONE;
}

static enum fault read_all(struct sponsoring *it)
{
	struct desk *desk = it->desk;
	struct entity *entity = NULL;
	enum entity_answer answer;
	char today[DAY_BYTES];
	enum fault fault =
	    entity_read(desk->record, kind(), it->id, &desk->staff.who,
			desk->clock.now, &answer, &entity);

	if (fault)
		return fault;
	if (!entity)
		return FAULT_FORMAT;
	entity_free(it->entity);
	it->entity = entity;
	day_of(desk->clock.now, today);
	if ((fault = sponsor_path(desk->record, it->id, today, &it->path)))
		return fault;
	rows_begin(it->rows);
	add_steps(it);
	fault = add_tasks(it, today);
	rows_end(it->rows);
	return fault;
}

static void refresh(void *state)
{
	struct sponsoring *it = state;

	if (read_all(it))
		desk_say_trouble(it->desk);
}

static void leave(void *state)
{
	struct sponsoring *it = state;

	entity_free(it->entity);
	assign_done(&it->assign);
	rows_free(it->rows);
	free(it);
}

static enum fault enter(struct desk *desk, const void *about, void **state)
{
	static const char *const titles[ROWS_CELLS] = { NULL };
	const int widths[ROWS_CELLS] = { 0, 15, day_cells(desk->staff.words),
					 19 };
	const struct entity_name *name = about;
	struct sponsoring *it = xcalloc(1, sizeof *it);
	enum fault fault;

	it->desk = desk;
	it->id = name->id;
	it->rows = rows_new(desk, titles, widths, NULL);
	if ((fault = read_all(it))) {
		leave(it);
		return fault;
	}
	*state = it;
	return FAULT_NONE;
}

static char *head_of(const struct sponsoring *it)
{
	static const char *const fields[] = { "state", "household", "worker" };

	return value_head(it->desk, it->entity, fields, COUNT(fields));
}

static const char *mark_key(const struct sponsoring *it)
{
	if (sponsorship_is_private(it->entity))
		return "desk.private_path";
	if (it->path.connection_complete)
		return "desk.connection_complete";
	return it->path.post_missing ? "desk.post_missing" : NULL;
}

static void draw(void *state, struct canvas *canvas)
{
	struct sponsoring *it = state;
	struct desk *desk = it->desk;
	SCOPED(char_freep) char *title = value_called(desk, kind(), it->id);
	SCOPED(char_freep) char *head = head_of(it);
	struct canvas_area area = frame_draw(desk, canvas, title);
	const char *key = mark_key(it);

	frame_line(canvas, area.y, 2, area.w - 3, head, desk->staff.language,
		   CANVAS_BOLD, CANVAS_INK);
	area.y++;
	area.h--;
	if (key) {
		SCOPED(char_freep) char *mark = desk_word(desk, key);

		frame_line(canvas, area.y, 2, area.w - 3, mark,
			   desk->staff.language, CANVAS_PLAIN, CANVAS_ACCENT);
		area.y++;
		area.h--;
	}
	rows_draw(it->rows, canvas, area);
}

/* --- what is done ----------------------------------------------------------
 */

static void new_of(struct sponsoring *it, const char *kind_name,
		   const char *what, const char *months)
{
	SCOPED(char_freep) char *id = xasprintf("%lld", (long long)it->id);
	const struct entity_match given[] = {
		{ "sponsorship", id },
		{ what ? "what" : NULL, what },
		{ months ? "months" : NULL, months },
		{ NULL, NULL },
	};

	open_new(it->desk, &(struct sheet_about){ .kind = kind_find(kind_name),
						  .given = given });
}

static void open_step(struct sponsoring *it, enum path_step step)
{
	static const struct {
		const char *what, *months;
	} steps[PATH_STEPS] = {
		[PATH_PRE] = { "PRE", NULL },
		[PATH_POST] = { "POST", NULL },
		[PATH_3_MONTHS] = { "FOLLOW", "3" },
		[PATH_6_MONTHS] = { "FOLLOW", "6" },
		[PATH_12_MONTHS] = { "FOLLOW", "12" },
	};
	const int64_t meeting = it->path.steps[step].meeting;

	if (meeting)
		open_entity(it->desk, kind_find("meeting"), meeting);
	else if (steps[step].what)
		new_of(it, "meeting", steps[step].what, steps[step].months);
}

static void open_row(struct desk *desk, void *state)
{
	struct sponsoring *it = state;
	const struct row *row = rows_selected(it->rows);

	if (row && row->tag == STEP)
		open_step(it, (enum path_step)row->id);
	else if (row)
		open_entity(desk, kind_find("responsibility"), row->id);
}

static bool has_row(const struct desk *desk, const void *state)
{
	(void)desk;
	return rows_selected(((const struct sponsoring *)state)->rows) != NULL;
}

static void new_task(struct desk *desk, void *state)
{
	(void)desk;
	new_of(state, "responsibility", NULL, NULL);
}

static void new_meeting(struct desk *desk, void *state)
{
	(void)desk;
	new_of(state, "meeting", "FOLLOW", NULL);
}

static void edit(struct desk *desk, void *state)
{
	const struct sponsoring *it = state;

	desk_open(desk, &desk_sheet_screen,
		  &(struct sheet_about){ .kind = kind(), .id = it->id });
}

static void said(struct sponsoring *it, enum fault fault,
		 enum entity_answer answer)
{
	if (fault)
		desk_say_trouble(it->desk);
	else if (answer != ENTITY_DONE)
		answer_say(it->desk, answer);
	refresh(it);
}

static bool is_awaited(const struct desk *desk, const void *state)
{
	const struct sponsoring *it = state;

	(void)desk;
	return strcmp(entity_text(it->entity, "state"), "expected") == 0;
}

static void arrived(struct desk *desk, void *to, int64_t person)
{
	struct sponsoring *it = to;
	enum entity_answer answer = ENTITY_DONE;
	char today[DAY_BYTES];
	enum fault fault;

	if (!person)
		return;
	day_of(desk->clock.now, today);
	fault = sponsor_arrive(desk->record, it->id, 0, person, today,
			       &desk->staff.who, desk->clock.now, &answer);
	said(it, fault, answer);
}

static void arrive(struct desk *desk, void *state)
{
	SCOPED(char_freep) char *title = desk_word(desk, "desk.who_arrived");

	lookup_open(desk, &(struct lookup){ .title = title,
					    .kind = kind_find("person"),
					    .done = arrived,
					    .to = state });
}

static void turn_private(struct desk *desk, void *state)
{
	struct sponsoring *it = state;
	enum entity_answer answer;
	enum fault fault =
	    entity_text(it->entity, "private")
		? sponsor_end_private(desk->record, it->id, &desk->staff.who,
				      desk->clock.now, &answer)
		: sponsor_go_private(desk->record, it->id, "asked",
				     &desk->staff.who, desk->clock.now,
				     &answer);

	said(it, fault, answer);
}

static bool has_household(const struct desk *desk, const void *state)
{
	const struct sponsoring *it = state;

	(void)desk;
	return entity_number(it->entity, "household") != 0;
}

static void picked(struct desk *desk, void *to, const size_t *rows,
		   size_t count)
{
	struct sponsoring *it = to;
	enum entity_answer answer;
	enum fault fault;

	if (!count || rows[0] >= it->assign.count)
		return;
	fault =
	    assign_worker(desk->record, entity_number(it->entity, "household"),
			  it->assign.offers[rows[0]].user, &desk->staff.who,
			  desk->clock.now, &answer);
	said(it, fault, answer);
}

static char *offer_words(const struct desk *desk,
			 const struct assign_offer *offer)
{
	SCOPED(char_freep)
	char *match = word_of(desk, "match", assign_match_word(offer->match));

	return xasprintf("%s · %s · %s · %lld", offer->name, match,
			 offer->languages, (long long)offer->households);
}

/* What the people would like stands above the names. */
static void pick_worker(struct desk *desk, void *state)
{
	struct sponsoring *it = state;
	SCOPED(char_freep) char *word = desk_word(desk, "desk.pick_worker");
	SCOPED(char_freep) char *title = NULL;
	char **rows;

	assign_done(&it->assign);
	if (assign_read(desk->record, entity_number(it->entity, "household"),
			&it->assign)) {
		desk_say_trouble(desk);
		return;
	}
	if (!it->assign.count)
		return;
	for (char *at = it->assign.prefers; (at = strchr(at, '\n')); at++)
		*at = ';';
	title = xasprintf("%s (%s) %s", word, it->assign.languages,
			  it->assign.prefers);
	rows = xcalloc(it->assign.count, sizeof *rows);
	for (size_t i = 0; i < it->assign.count; i++)
		rows[i] = offer_words(desk, &it->assign.offers[i]);
	pick_open(desk, &(struct pick){ .title = title,
					.rows = (const char *const *)rows,
					.count = it->assign.count,
					.done = picked,
					.to = it });
	for (size_t i = 0; i < it->assign.count; i++)
		free(rows[i]);
	free(rows);
}

static void print(struct desk *desk, void *state)
{
	struct sponsoring *it = state;
	SCOPED(page_freep) struct page *page = NULL;
	struct wording wording = { desk->record, desk->staff.words,
				   &desk->staff.who };
	struct about about;

	if (printing_about(desk, entity_text(it->entity, "language"), &about)) {
		desk_say_key(desk, "desk.print_failed");
		return;
	}
	if (read_matrix(&about, &wording, it->id, desk->clock.now, &page))
		desk_say_trouble(desk);
	else if (page)
		printing_put(desk, page, "matrix");
	printing_about_done(&about);
}

static enum screen_next key(void *state, const struct ui_event *event)
{
	struct sponsoring *it = state;

	if (action_key(it->desk, event))
		return SCREEN_STAY;
	if (rows_key(it->rows, event) == TABLE_OPENED)
		open_row(it->desk, it);
	return SCREEN_STAY;
}

static const struct action actions[] = {
	{ '\r', "desk.open", "desk.open_step_about", has_row, open_row },
	{ 'n', "desk.new_task", "desk.new_task_about", NULL, new_task },
	{ 'm', "desk.new_meeting", "desk.new_meeting_about", NULL,
	  new_meeting },
	{ 'a', "desk.arrive", "desk.arrive_about", is_awaited, arrive },
	{ 'w', "desk.worker", "desk.worker_about", has_household, pick_worker },
	{ 'v', "desk.private", "desk.private_about", NULL, turn_private },
	{ 'e', "desk.all_fields", "desk.all_fields_about", NULL, edit },
	{ 'p', "desk.print", "desk.print_matrix_about", NULL, print },
	{ 0 },
};

const struct view desk_sponsorship_screen = {
	.name = "sponsorship",
	.actions = actions,
	.enter = enter,
	.draw = draw,
	.key = key,
	.refresh = refresh,
	.leave = leave,
};
