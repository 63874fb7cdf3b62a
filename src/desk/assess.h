#pragma once

#include "desk/desk.h"
#include "record/assess.h"

/*
 * An assessment: needs as rows, each with what the person said, what the
 * version before has, and how it stands now; levels by one key each. A signed
 * one is only looked at.
 */
extern const struct view desk_assess_screen; /* about: struct entity_name */

/* Opens a person's newest version; where they have none, asks whether to begin
 * the first. */
void assess_open(struct desk *desk, int64_t person);

/* Two versions of one person beside each other; < and > change the older. */
extern const struct view desk_compare_screen; /* about: int64_t, the newer */

extern const struct view_mark assess_marks[];
