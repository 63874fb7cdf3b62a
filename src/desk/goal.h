#pragma once

#include "desk/desk.h"
#include "record/plan.h"

/* A goal that is being written down. */
struct goal_wish {
	int64_t person, assessment; /* assessment 0: of none */
	enum domain domain;
	int64_t goal; /* once it is there: its first step is written */
};

/* Asks for the words, opens the goal, and asks for its first step; Escape
 * there leaves that for later. wish must outlive it: in the state of the screen
 * below. */
void goal_write(struct desk *desk, struct goal_wish *wish);

/* A step of wish->goal. */
void goal_write_step(struct desk *desk, struct goal_wish *wish);

/* For what somebody writes: nothing but blanks is nothing, and it says so. */
bool goal_has_words(struct desk *desk, void *to, const char *text);
