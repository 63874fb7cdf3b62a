#pragma once

#include <stdint.h>

#include "base/settings.h"
#include "record/entity.h"

/*
 * Clocks of what is kept. One proposes what has reached its time (kind
 * proposal), a named person decides: entity_move() to "done" erases what it
 * names, to "kept" with a reason leaves it; a tombstone proves it. What the
 * person decided (today, no) is not here: record_expire() does that by itself.
 *
 * Days, from foyer.ini's [retention]; 0: this clock stands still. The usual
 * ones are starting points: what a law or a funder asks is the agency's to
 * find out.
 */
struct retention_clocks {
	int ticket_aside; /* 14: scanned, and never filed */
	int no_record;    /* 90: ended visits that became nobody's */
	int closed_case;  /* 0: people whose case is closed */
	int safety_note;  /* 365: notes that only two roles may read */
	int audit;        /* 0: rows of the audit, which stays longest */
};
struct retention_clocks retention_clocks(const struct settings *settings);

/* Looks for what has reached its time and proposes it, once; *count is how many
 * are new. What somebody decided to keep is not proposed again. */
MUST_CHECK enum fault retention_propose(struct record *record,
					const struct retention_clocks *clocks,
					const struct record_who *who,
					int64_t now, size_t *count);
