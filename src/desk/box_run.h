#pragma once

#include "desk/box.h"

/*
 * Shows the screens of a box on the terminal until the desk may open or the
 * box is switched off (box->over, box->off). FAULT_SYSTEM: no terminal.
 */
MUST_CHECK enum fault box_run(struct box *box);
