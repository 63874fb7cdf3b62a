#pragma once

#include "base/fault.h"
#include "kiosk/hall.h"

/*
 * Draws a ticket's paper, as the settings have it, before anybody comes: one
 * that cannot be drawn (no font has a letter of the agency's name) would only
 * be noticed when somebody's answers are sealed. In a process of its own, for
 * drawing starts threads that no visitor's process would have; what that logs
 * is logged here. Faults as issue_paper(), and FAULT_SYSTEM: it came to a bad
 * end, or there is no process.
 */
MUST_CHECK enum fault trial_run(struct hall *hall);
