#pragma once

#include "form/run.h"

/*
 * Prints every node of a run as a line, and then of each step in the file at
 * path a line { "step": N }, each node's line that is not as it was before,
 * { "gone": PATH } for each that is no more, and { "note": WHY } where the
 * step was not taken. The file has a step a line, as in a list of answers
 * (form/answers.h).
 *
 * FAULT_*: those of answers_apply().
 */
MUST_CHECK enum fault form_walk(const char *path, struct run *run);
