#include <stdlib.h>
#include <string.h>

#include "desk/answer.h"
#include "desk/day.h"
#include "desk/need.h"
#include "desk/pick.h"
#include "desk/plan_inside.h"
#include "desk/value.h"
#include "desk/write.h"

/* What is written down and moved on the plan's screen. */

/* --- steps ----------------------------------------------------------------
 */

void planning_add_step(struct desk *desk, void *state)
{
	struct planning *view = state;
	const struct plan_row_shown *row = planning_selected(view);

	view->wish = (struct goal_wish){
		.person = view->person,
		.goal = row->goal ? row->goal->id : row->entity->id,
	};
	goal_write_step(desk, &view->wish);
}

/* --- goals ----------------------------------------------------------------
 */

static void take_domain(struct desk *desk, void *to, const size_t *rows,
			size_t count)
{
	struct planning *view = to;

	if (!count)
		return;
	view->wish = (struct goal_wish){
		.person = view->person,
		.domain = (enum domain)rows[0],
	};
	goal_write(desk, &view->wish);
}

void planning_add_goal(struct desk *desk, void *state)
{
	SCOPED(char_freep) char *title = desk_word(desk, "plan.need_title");
	char *rows[DOMAIN_COUNT];

	for (int i = 0; i < DOMAIN_COUNT; i++)
		rows[i] = need_word(desk, (enum domain)i);
	pick_open(desk, &(struct pick){ .title = title,
					.rows = (const char *const *)rows,
					.count = DOMAIN_COUNT,
					.done = take_domain,
					.to = state });
	for (int i = 0; i < DOMAIN_COUNT; i++)
		free(rows[i]);
}

/* --- moving ---------------------------------------------------------------
 */

/* The step that comes next now, or that none does. */
static void say_next(struct desk *desk, int64_t goal)
{
	SCOPED(entity_freep) struct entity *entity = NULL;
	SCOPED(entity_freep) struct entity *step = NULL;
	enum entity_answer answer;
	struct catalogue_argument value = { .name = "step" };

	if (entity_read(desk->record, kind_find("goal"), goal, &desk->staff.who,
			desk->clock.now, &answer, &entity) ||
	    !entity || strcmp(entity_text(entity, "state"), "open") != 0)
		return;
	if (!entity_text(entity, "next")) {
		desk_say_key(desk, "plan.no_next");
		return;
	}
	if (entity_read(desk->record, kind_find("step"),
			entity_number(entity, "next"), &desk->staff.who,
			desk->clock.now, &answer, &step) ||
	    !step)
		return;
	value.text = entity_text(step, "action");
	desk_say(desk, desk_words(desk, "plan.next_is", &value, 1), false);
}

static void move(struct desk *desk, void *to, const char *reason)
{
	struct planning *view = to;
	const struct plan_row_shown *row = planning_selected(view);
	const int64_t goal = row && row->goal ? row->goal->id : 0;
	enum entity_answer answer;

	if (!row)
		return;
	if (entity_move(desk->record, row->entity->kind, row->entity->id,
			view->to, reason, &desk->staff.who, desk->clock.now,
			&answer))
		desk_say_trouble(desk);
	else if (answer != ENTITY_DONE)
		answer_say(desk, answer);
	desk_changed(desk);
	if (goal && answer == ENTITY_DONE)
		say_next(desk, goal);
}

static bool wants_reason(const char *state)
{
	return strcmp(state, "done") != 0 && strcmp(state, "open") != 0;
}

static void take_move(struct desk *desk, void *to, const size_t *rows,
		      size_t count)
{
	struct planning *view = to;
	SCOPED(char_freep) char *title = desk_word(desk, "plan.reason_title");

	if (!count)
		return;
	free(view->to);
	view->to = xstrdup(view->moves[rows[0]]);
	if (!wants_reason(view->to)) {
		move(desk, view, "");
		return;
	}
	write_open(desk, &(struct write){
			     .title = title,
			     .check = strcmp(view->to, "blocked") == 0
					  ? goal_has_words
					  : NULL,
			     .done = move,
			     .to = view,
			 });
}

void planning_move(struct desk *desk, void *state)
{
	struct planning *view = state;
	const struct entity *entity = planning_selected(view)->entity;
	const struct field *field = kind_field(entity->kind, "state");
	SCOPED(char_freep) char *title = desk_word(desk, "desk.move_title");
	char *rows[PLAN_MOVES];
	size_t count = 0;

	for (const struct kind_move *one = entity->kind->moves;
	     one->from && count < PLAN_MOVES; one++) {
		if (strcmp(one->from, entity_text(entity, "state")) != 0)
			continue;
		view->moves[count] = one->to;
		rows[count++] = value_code(desk, entity->kind, field, one->to);
	}
	pick_open(desk, &(struct pick){ .title = title,
					.rows = (const char *const *)rows,
					.count = count,
					.done = take_move,
					.to = view });
	for (size_t i = 0; i < count; i++)
		free(rows[i]);
}

/* --- templates ------------------------------------------------------------
 */

void planning_use_template(struct desk *desk, void *state)
{
	const struct planning *view = state;
	SCOPED(char_freep) char *path = plan_template_path("first-30-days");
	struct catalogue_argument opened = { .name = "count" };
	struct plan_template template;
	enum entity_answer answer;
	char today[DAY_BYTES];
	size_t count = 0;

	day_of(desk->clock.now, today);
	if (plan_template_read(path, desk->staff.language, &template)) {
		desk_say_key(desk, "plan.no_template");
		return;
	}
	if (plan_template_use(desk->record, &template, view->person, today,
			      &desk->staff.who, desk->clock.now, &answer,
			      &count))
		desk_say_trouble(desk);
	else if (answer != ENTITY_DONE)
		answer_say(desk, answer);
	plan_template_done(&template);
	desk_changed(desk);
	opened.number = (double)count;
	if (answer == ENTITY_DONE)
		desk_say(desk, desk_words(desk, "plan.opened", &opened, 1),
			 false);
}
