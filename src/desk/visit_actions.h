#pragma once

#include "desk/action.h"
#include "desk/view.h"

/* What can be done with the selected visit, on the waiting list and on its
 * ticket alike; a row without a key ends them. */
extern const struct action visit_actions[];

/* The signs beside a visit. */
extern const struct view_mark visit_marks[];
