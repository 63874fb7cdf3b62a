#pragma once

#include "record/record.h"

/* Inside the room: what the kinds of a plan keep by themselves. */

/* The number of a person's next assessment: one more than the highest; the
 * first is 0 where it is what they said themselves ("self"), else 1. */
MUST_CHECK enum fault plan_next_number(struct record *record, int64_t person,
				       const char *what, int64_t *number);

/*
 * Sees that an open goal has its next step: where the one it had is ended or
 * taken away, the open step that is due first; none where none is open. Inside
 * the caller's transaction.
 */
MUST_CHECK enum fault plan_settle(struct record *record, int64_t goal,
				  const struct record_who *who, int64_t now);
