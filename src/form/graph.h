#pragma once

#include "base/fault.h"
#include "form/model.h"

/*
 * Works out what depends on what: fills every field's dependents and ranks.
 * Evaluated by rank, lowest first, each expression is evaluated once after a
 * change, with what it reads already settled.
 *
 * FAULT_FORMAT: expressions need each other in a circle; the log names its
 * nodes. Reading the same question of another instance of its repeat (the
 * previous one's total), or what a node held before, is no circle.
 */
MUST_CHECK enum fault graph_build(struct form *form);
