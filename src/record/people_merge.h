#pragma once

#include "record/people.h"

/*
 * One person, recorded twice. Nothing is ever merged but by a worker, and not
 * while names are locked (record/names.h): PEOPLE_LOCKED.
 */

/*
 * What refers to the person merged (visits, goals, notes ...) refers to kept
 * from now on, and merged is found as kept. What kept does not know of itself
 * is taken from merged; where both know something, kept's stays, and merged
 * keeps its own. An entity of the kind "merge" holds the map of what was moved.
 * Who may: the roles that may write that kind.
 */
MUST_CHECK enum fault people_merge(struct record *record, int64_t kept,
				   int64_t merged, const char *reason,
				   const struct record_who *who, int64_t now,
				   enum people_answer *answer);

/*
 * Takes a merge back by its map, however long ago: what was moved refers to
 * merged again, and what came afterwards stays with kept. PEOPLE_CLOSED: kept
 * was merged into somebody else since; take that back first.
 */
MUST_CHECK enum fault people_unmerge(struct record *record, int64_t merged,
				     const char *reason,
				     const struct record_who *who, int64_t now,
				     enum people_answer *answer);
