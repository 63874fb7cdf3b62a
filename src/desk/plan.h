#pragma once

#include "desk/desk.h"
#include "record/plan.h"

/*
 * A person's plan: each goal with its steps below it, the next one marked.
 * about is a struct entity_name: the person, or a goal or step of theirs, which
 * is selected then.
 */
extern const struct view desk_plan_screen;

/* A goal that is being written down. */
struct plan_wish {
	int64_t person, assessment; /* assessment 0: of none */
	enum domain domain;
	int64_t goal; /* once it is there: its first step is written */
};

/* Asks for the words, opens the goal, and asks for its first step; Escape
 * there leaves that for later. wish must outlive it: in the state of the screen
 * below. */
void plan_write_goal(struct desk *desk, struct plan_wish *wish);
