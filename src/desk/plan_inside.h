#pragma once

#include "desk/goal.h"
#include "desk/plan.h"
#include "record/assess.h"
#include "record/entity.h"
#include "ui/table.h"

/* Inside the plan's screen: its state, and what is done to goals and steps. */

struct plan_row_shown {
	struct entity *entity;     /* a goal or a step */
	const struct entity *goal; /* of a step; NULL for a goal */
};

#define PLAN_MOVES 8

struct planning {
	struct desk *desk;
	int64_t person;
	struct plan_row_shown *rows;
	size_t count;
	char *cells[5];
	struct table *table;
	struct assess newest; /* its strengths are shown; id 0: there is none */
	struct goal_wish wish; /* what is being written */
	char *to;              /* the state something is moved to */
	const char *moves[PLAN_MOVES];
};

/* NULL where there is none. */
static inline const struct plan_row_shown *
planning_selected(const struct planning *view)
{
	return view->count ? &view->rows[table_selected(view->table)] : NULL;
}

/* Each is an action's run. */
void planning_add_goal(struct desk *desk, void *state);
void planning_add_step(struct desk *desk, void *state);
void planning_move(struct desk *desk, void *state);
void planning_use_template(struct desk *desk, void *state);
