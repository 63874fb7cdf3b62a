#pragma once

#include <stddef.h>
#include <stdint.h>

#include "record/record.h"

/*
 * A paper form that somebody is typing in: what they typed lies here from one
 * answer to the next, so that neither a crash nor a locked desk loses it. It is
 * theirs alone: nobody else reads or drops it, and no list shows it. Where the
 * names lie apart the answers are sealed as a visit's are. It goes once the
 * paper is filed or given up, else DRAFT_DAYS after it was last touched: the
 * paper still holds everything.
 */
#define DRAFT_DAYS 14
#define DRAFT_LIMIT 50 /* of one person; more are not listed */

struct draft {
	int64_t id; /* 0: not saved yet */
	uint8_t form[8];
	char *language; /* of the paper, BCP 47 */
	char *code;     /* its own printed number; "": it has none */
	int64_t filled; /* noon of the day it was filled in; 0: not told */
	int64_t begun, changed;
	char *answers; /* as whoever saves it writes them */
};
void draft_done(struct draft *draft); /* wipes */

/* Saves it as it is now, on the disk when this returns; sets id at the first
 * time. FAULT_LIMIT: its answers are longer than RECORD_TEXT_LIMIT. */
MUST_CHECK enum fault draft_save(struct record *record, struct draft *draft,
				 const struct record_who *who, int64_t now);

/* Whose who is, the last one touched first. The caller releases each of them,
 * then *out with free(). */
MUST_CHECK enum fault draft_read(struct record *record,
				 const struct record_who *who,
				 struct draft **out, size_t *count);

/* Given up: erased, and the audit says so. Another's stays. */
MUST_CHECK enum fault draft_drop(struct record *record, int64_t id,
				 const struct record_who *who, int64_t now);
