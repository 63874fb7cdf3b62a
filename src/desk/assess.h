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

/* A need, a level and a kind of version in the staff's words; the caller frees
 * each. */
char *assess_domain(const struct desk *desk, enum domain domain);
char *assess_level(const struct desk *desk, const struct assess_level *level);
char *assess_title(const struct desk *desk, const struct assess *assess);

/* A level's colour: what presses stands out. */
enum canvas_colour assess_colour(enum need_level level);

/* The needs that have levels, in the order of the rows. */
#define ASSESS_ROWS 14
enum domain assess_row(size_t row);

extern const struct view_mark assess_marks[];
