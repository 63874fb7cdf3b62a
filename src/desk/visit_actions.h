#pragma once

#include "desk/action.h"
#include "desk/view.h"
#include "record/visit.h"

/* What can be done with the selected visit, on the waiting list and on its
 * ticket alike; a row without a key ends them. */
extern const struct action visit_actions[];

/* Says why a visit stayed as it is, if it did, and reads the lists anew. */
void visit_say_answer(struct desk *desk, enum visit_acted answer);

/* The signs beside a visit. */
extern const struct view_mark visit_marks[];
