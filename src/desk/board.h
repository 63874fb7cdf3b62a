#pragma once

#include "desk/desk.h"
#include "ui/term.h"

/* The lobby's board: numbers only, until a key is pressed. Faults are those of
 * the record. */
MUST_CHECK enum fault board_run(struct desk *desk, struct term *term);
