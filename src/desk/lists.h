#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "record/alert.h"
#include "record/queue.h"

/*
 * What a desk has in sight: who waits, below them who is with somebody (their
 * visits are still to be ended), and the quiet flags that are not closed;
 * calls: one of those has to be shown here, also to whoever may not see whose
 * it is; gone_to: somebody goes to each of them. Zeros are nobody.
 */
struct lists {
	struct queue queue;
	struct alert *alerts;
	size_t alert_count;
	bool calls, gone_to;
	int64_t at; /* when it was read; 0: nothing was */
};

/*
 * Reads all anew; limit is the waiting limit in ms. Faults are those of the
 * record, and leave what was in sight as it was.
 */
MUST_CHECK enum fault lists_read(struct lists *lists, struct record *record,
				 const struct record_who *who, int64_t now,
				 int64_t limit);
/* Reads only whether a quiet flag calls; nobody else comes in sight. */
MUST_CHECK enum fault lists_call(struct lists *lists, struct record *record,
				 const struct record_who *who, int64_t now);
void lists_forget(struct lists *lists);

/* Puts somebody who has just come among those who wait, where the order of the
 * queue has them; what row points to is copied. */
void lists_add(struct lists *lists, const struct queue_row *row);

/* The row of a visit, or NULL. */
const struct queue_row *lists_row(const struct lists *lists, int64_t visit);

/* The alert of a visit that is not closed, or NULL. */
const struct alert *lists_alert(const struct lists *lists, int64_t visit);
