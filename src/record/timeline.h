#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "record/entity.h"

/*
 * What happened with a person, of every kind that refers to them or to a
 * household that they belong to, and their visits: newest first. What somebody
 * may not see is not in it; what is watched is in it without its contents.
 */
struct timeline_event {
	int64_t at; /* when it happened; of a day its local noon,
		     * but when it was written, if on that day */
	char of[8]; /* the month or year that alone is told, ISO 8601; or "" */
	const struct kind *kind; /* NULL: a visit */
	int64_t id;
	char state[32];    /* of its life-cycle; "" without one */
	bool of_household; /* it refers to the household, not the person */
};

#define TIMELINE_MOST 1000 /* events of one person */

/* The caller frees *out; the last ones where there are more. */
MUST_CHECK enum fault timeline_read(struct record *record, int64_t person,
				    const struct record_who *who,
				    struct timeline_event **out, size_t *count);

/* The same of a household: what refers to it itself. */
MUST_CHECK enum fault timeline_of_household(struct record *record,
					    int64_t household,
					    const struct record_who *who,
					    struct timeline_event **out,
					    size_t *count);
