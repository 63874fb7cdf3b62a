#pragma once

#include "desk/desk.h"

/*
 * A person's plan: each goal with its steps below it, the next one marked.
 * about is a struct entity_name: the person, or a goal or step of theirs, which
 * is selected then.
 */
extern const struct view desk_plan_screen;
