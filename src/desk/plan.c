#include "desk/plan.h"

#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "desk/action.h"
#include "desk/answer.h"
#include "desk/assess.h"
#include "desk/day.h"
#include "desk/frame.h"
#include "desk/need.h"
#include "desk/pick.h"
#include "desk/plan_inside.h"
#include "desk/printing.h"
#include "desk/sheet.h"
#include "desk/titled.h"
#include "desk/value.h"
#include "desk/write.h"
#include "report/read_plan.h"
#include "ui/table.h"

enum column { MARK, WORDS, STATE, DUE, WHO, COLUMNS };

/* --- rows -----------------------------------------------------------------
 */

static const char *code_of(const struct plan_row_shown *row, const char *field)
{
	return entity_text(row->entity, field);
}

static bool is_step(const struct plan_row_shown *row)
{
	return row->goal != NULL;
}

static bool is_ended(const struct entity *entity)
{
	const char *state = entity_text(entity, "state");

	return strcmp(state, "open") != 0 && strcmp(state, "blocked") != 0;
}

static bool is_next(const struct plan_row_shown *row)
{
	return is_step(row) && !is_ended(row->goal) && !is_ended(row->entity) &&
	       entity_number(row->goal, "next") == row->entity->id;
}

/* "A place to live: a home where my children can sleep — no place free"; steps
 * stand in. */
static char *words_of(const struct planning *view,
		      const struct plan_row_shown *row)
{
	enum domain domain = DOMAIN_OTH;
	const char *reason = code_of(row, "reason");
	SCOPED(char_freep) char *need = NULL;
	SCOPED(char_freep) char *words = NULL;

	if (is_step(row)) {
		words = xasprintf("   %s", code_of(row, "action"));
	} else {
		(void)domain_of(code_of(row, "domain"), &domain);
		need = need_word(view->desk, domain);
		const struct catalogue_argument parts[] = {
			{ .name = "need", .text = need },
			{ .name = "words", .text = code_of(row, "words") },
		};

		words = desk_words(view->desk, "plan.goal_line", parts,
				   COUNT(parts));
	}
	return xasprintf("%s%s%s", words, reason ? " — " : "", reason ?: "");
}

static char *state_of(const struct planning *view,
		      const struct plan_row_shown *row)
{
	const struct kind *kind = row->entity->kind;

	return value_code(view->desk, kind, kind_field(kind, "state"),
			  code_of(row, "state"));
}

static char *who_of(const struct planning *view,
		    const struct plan_row_shown *row)
{
	const struct kind *kind = row->entity->kind;
	const char *field = is_step(row) ? "by" : "owner";
	const char *who = code_of(row, field);

	return who ? value_code(view->desk, kind, kind_field(kind, field), who)
		   : xstrdup("");
}

static bool is_late(const struct planning *view,
		    const struct plan_row_shown *row)
{
	const char *due = code_of(row, "due");
	char today[DAY_BYTES];

	day_of(view->desk->clock.now, today);
	return due && !is_ended(row->entity) && strcmp(due, today) < 0;
}

static struct table_cell fill(void *to, size_t at, int column)
{
	struct planning *view = to;
	const struct plan_row_shown *row = &view->rows[at];
	const char *due = code_of(row, "due");

	free(view->cells[column]);
	view->cells[column] =
	    column == MARK    ? xstrdup(is_next(row) ? "→" : "")
	    : column == WORDS ? words_of(view, row)
	    : column == STATE ? state_of(view, row)
	    : column == WHO
		? who_of(view, row)
		: (due ? day_shown(view->desk->staff.words, due) : xstrdup(""));
	return (struct table_cell){
		.text = view->cells[column],
		.colour =
		    column == MARK || (column == DUE && is_late(view, row))
			? CANVAS_ACCENT
		    : is_ended(row->entity) ? CANVAS_QUIET
					    : CANVAS_INK,
		.bold =
		    column == WORDS && !is_step(row) && !is_ended(row->entity),
	};
}

/* --- reading --------------------------------------------------------------
 */

static void forget_rows(struct planning *view)
{
	for (size_t i = 0; i < view->count; i++)
		entity_free(view->rows[i].entity);
	free(view->rows);
	view->rows = NULL;
	view->count = 0;
}

struct gathering {
	struct planning *view;
	int64_t *ids;
	size_t count;
	bool ended; /* which goals are gathered now */
};

static bool take_id(void *to, const struct entity *entity)
{
	struct gathering *gathering = to;
	const bool goal = strcmp(entity->kind->name, "goal") == 0;

	if (goal && is_ended(entity) != gathering->ended)
		return true;
	gathering->ids = xreallocarray(gathering->ids, gathering->count + 1,
				       sizeof *gathering->ids);
	gathering->ids[gathering->count++] = entity->id;
	return true;
}

static struct entity *read_entity(struct planning *view, const char *kind,
				  int64_t id)
{
	struct desk *desk = view->desk;
	struct entity *entity = NULL;
	enum entity_answer answer;

	if (entity_read(desk->record, kind_find(kind), id, &desk->staff.who,
			desk->clock.now, &answer, &entity))
		desk_say_trouble(desk);
	return entity;
}

static void add_row(struct planning *view, struct entity *entity,
		    const struct entity *goal)
{
	if (!entity)
		return;
	view->rows =
	    xreallocarray(view->rows, view->count + 1, sizeof *view->rows);
	view->rows[view->count++] = (struct plan_row_shown){ entity, goal };
}

static void gather(struct gathering *gathering, const char *kind,
		   const char *field, int64_t of)
{
	SCOPED(char_freep) char *id = xasprintf("%lld", (long long)of);
	const struct entity_match matches[] = { { field, id }, { NULL, NULL } };
	struct desk *desk = gathering->view->desk;

	if (entity_each(desk->record, kind_find(kind), matches, NULL, 0,
			&desk->staff.who, take_id, gathering))
		desk_say_trouble(desk);
}

static void add_goal(struct planning *view, int64_t id)
{
	struct gathering steps = { .view = view };
	struct entity *goal = read_entity(view, "goal", id);

	add_row(view, goal, NULL);
	if (!goal)
		return;
	gather(&steps, "step", "goal", id);
	for (size_t i = 0; i < steps.count; i++)
		add_row(view, read_entity(view, "step", steps.ids[i]), goal);
	free(steps.ids);
}

static void read_rows(struct planning *view)
{
	forget_rows(view);
	for (int ended = 0; ended < 2; ended++) {
		struct gathering goals = { .view = view, .ended = ended };

		gather(&goals, "goal", "person", view->person);
		for (size_t i = 0; i < goals.count; i++)
			add_goal(view, goals.ids[i]);
		free(goals.ids);
	}
	table_set_count(view->table, view->count);
}

/* What goes well stands beside what is to be done; for whoever may see it. */
static void read_strengths(struct planning *view)
{
	struct desk *desk = view->desk;
	enum entity_answer answer;
	int64_t id = 0;

	assess_done(&view->newest);
	view->newest = (struct assess){ 0 };
	if (assess_newest(desk->record, view->person, &id) ||
	    (id && assess_read(desk->record, id, &desk->staff.who,
			       desk->clock.now, &answer, &view->newest)))
		desk_say_trouble(desk);
}

static void select_entity(struct planning *view, const struct kind *kind,
			  int64_t id)
{
	for (size_t i = 0; i < view->count; i++) {
		if (view->rows[i].entity->kind == kind &&
		    view->rows[i].entity->id == id)
			table_select(view->table, i);
	}
}

static void refresh(void *state)
{
	struct planning *view = state;
	const struct plan_row_shown *row = planning_selected(view);
	const struct kind *kind = row ? row->entity->kind : NULL;
	const int64_t id = row ? row->entity->id : 0;

	read_rows(view);
	read_strengths(view);
	select_entity(view, kind, id);
}

/* --- the screen -----------------------------------------------------------
 */

static void leave(void *state)
{
	struct planning *view = state;

	forget_rows(view);
	assess_done(&view->newest);
	for (size_t i = 0; i < COLUMNS; i++)
		free(view->cells[i]);
	free(view->to);
	table_free(view->table);
	free(view);
}

#define DUE_MORE 2 /* cells beside a day: what is over stands bold */

static struct table *make_table(struct planning *view)
{
	const int due = day_cells(view->desk->staff.words) + DUE_MORE;
	const struct titled_column columns[COLUMNS] = {
		[MARK] = { NULL, 1, 0 },
		[WORDS] = { "plan.words", 0, 0 },
		[STATE] = { "plan.state", 11, 0 },
		[DUE] = { "plan.due", due, 1 },
		[WHO] = { "plan.who", 12, 2 },
	};

	return titled_table(view->desk, columns, COLUMNS, "plan.empty", fill,
			    view);
}

/* The person, or whose goal or step it is. */
static int64_t person_of(struct planning *view, const struct entity_name *name)
{
	SCOPED(entity_freep) struct entity *entity = NULL;

	if (strcmp(name->kind->name, "person") == 0)
		return name->id;
	entity = read_entity(view, name->kind->name, name->id);
	return entity ? entity_number(entity, "person") : 0;
}

static enum fault enter(struct desk *desk, const void *about, void **state)
{
	const struct entity_name *name = about;
	struct planning *view = xcalloc(1, sizeof *view);

	view->desk = desk;
	view->table = make_table(view);
	view->person = person_of(view, name);
	read_rows(view);
	read_strengths(view);
	select_entity(view, name->kind, name->id);
	*state = view;
	return FAULT_NONE;
}

/* "2 open goals · 1 without a next step". */
static char *head_words(const struct planning *view)
{
	size_t open = 0, without = 0, next = 0;

	for (size_t i = 0; i < view->count; i++) {
		const struct plan_row_shown *row = &view->rows[i];

		open += !is_step(row) && !is_ended(row->entity);
		next += is_next(row);
	}
	without = open - next;
	const struct catalogue_argument counts[] = {
		{ .name = "open", .number = (double)open },
		{ .name = "without", .number = (double)without },
	};

	return desk_words(view->desk, "plan.head", counts, COUNT(counts));
}

/* Of the need that the selected goal, or its step, is about. */
static const char *strengths_here(const struct planning *view)
{
	const struct plan_row_shown *row = planning_selected(view);
	enum domain domain;

	return row && domain_of(entity_text(row->goal ?: row->entity, "domain"),
				&domain)
		   ? view->newest.levels[domain].strengths
		   : NULL;
}

static void draw(void *state, struct canvas *canvas)
{
	struct planning *view = state;
	SCOPED(char_freep) char *plan = desk_word(view->desk, "plan.title");
	SCOPED(char_freep)
	char *who = value_called(view->desk, kind_find("person"), view->person);
	SCOPED(char_freep) char *title = xasprintf("%s · %s", plan, who);
	SCOPED(char_freep) char *head = head_words(view);
	struct canvas_area area = frame_draw(view->desk, canvas, title);

	frame_line(canvas, area.y, 2, area.w - 3, head,
		   view->desk->staff.language, CANVAS_BOLD, CANVAS_INK);
	area.y++;
	area.h--;
	need_strengths(view->desk, canvas, &area, "assess.strengths_whole",
		       view->newest.strengths, NEED_ABOVE);
	need_strengths(view->desk, canvas, &area, "assess.strengths_here",
		       strengths_here(view), NEED_BELOW);
	table_draw(view->table, canvas, area, true);
}

static bool has_rows(const struct desk *desk, const void *state)
{
	(void)desk;
	return ((const struct planning *)state)->count > 0;
}

/* Another open step than the one that is next. */
static bool may_be_next(const struct desk *desk, const void *state)
{
	const struct plan_row_shown *row = planning_selected(state);

	(void)desk;
	return row && is_step(row) && !is_next(row) && !is_ended(row->goal) &&
	       !is_ended(row->entity);
}

static bool may_have_step(const struct desk *desk, const void *state)
{
	const struct plan_row_shown *row = planning_selected(state);

	(void)desk;
	return row && !is_ended(row->goal ?: row->entity);
}

static void open_selected(struct desk *desk, void *state)
{
	const struct plan_row_shown *row = planning_selected(state);
	const struct sheet_about sheet = { .kind = row->entity->kind,
					   .id = row->entity->id };

	desk_open(desk, &desk_sheet_screen, &sheet);
}

static void make_next(struct desk *desk, void *state)
{
	const struct plan_row_shown *row = planning_selected(state);
	enum entity_answer answer;

	if (plan_make_next(desk->record, row->entity->id, &desk->staff.who,
			   desk->clock.now, &answer))
		desk_say_trouble(desk);
	else if (answer != ENTITY_DONE)
		answer_say(desk, answer);
	desk_changed(desk);
}

static void show_assessment(struct desk *desk, void *state)
{
	assess_open(desk, ((struct planning *)state)->person);
}

static void print(struct desk *desk, void *state)
{
	const struct planning *view = state;
	const struct wording wording = { desk->record, desk->staff.words,
					 &desk->staff.who };
	SCOPED(page_freep) struct page *page = NULL;
	SCOPED(entity_freep)
	struct entity *person =
	    read_entity((struct planning *)view, "person", view->person);
	struct about about;

	if (printing_about(desk,
			   person ? entity_text(person, "language") : NULL,
			   &about)) {
		desk_say_key(desk, "desk.print_failed");
		return;
	}
	if (read_plan(&about, &wording, view->person, desk->clock.now, &page))
		desk_say_trouble(desk);
	else
		printing_put(desk, page, "plan");
	printing_about_done(&about);
}

static enum screen_next key(void *state, const struct ui_event *event)
{
	struct planning *view = state;

	if (action_key(view->desk, event))
		return SCREEN_STAY;
	if (table_key(view->table, event) == TABLE_OPENED && view->count)
		open_selected(view->desk, view);
	return SCREEN_STAY;
}

static const struct action actions[] = {
	{ '\r', "desk.open", "plan.open_about", has_rows, open_selected },
	{ '+', "plan.goal", "plan.goal_about", NULL, planning_add_goal },
	{ 'j', "plan.step", "plan.step_about", may_have_step,
	  planning_add_step },
	{ '>', "plan.next", "plan.next_about", may_be_next, make_next },
	{ 'm', "desk.move", "desk.move_about", has_rows, planning_move },
	{ 'T', "plan.template", "plan.template_about", NULL,
	  planning_use_template },
	{ 'v', "assess.assessment", "assess.assessment_about", NULL,
	  show_assessment },
	{ 'p', "desk.print", "plan.print_about", NULL, print },
	{ 0 },
};

static const struct view_mark marks[] = {
	{ "→", "plan.mark_next" },
	{ NULL, NULL },
};

const struct view desk_plan_screen = {
	.name = "plan",
	.actions = actions,
	.marks = marks,
	.enter = enter,
	.draw = draw,
	.key = key,
	.refresh = refresh,
	.leave = leave,
};
