#pragma once

#include "report/report.h"
#include "seal/key.h"

/*
 * A report as it may leave the agency: of each table that may be shared
 * (record/tally.h) the counts, protected as report/protect.h does; lengths of
 * time, means and every other table stay. Its note says what was hidden. A site
 * of fewer than SHARED_PEOPLE people shares nothing, nor does anybody share
 * more than two things at once that a count is by.
 */
#define SHARED_PEOPLE 40

enum shared_answer {
	SHARED_MADE,
	SHARED_TOO_FEW, /* fewer than SHARED_PEOPLE people came */
	SHARED_NOTHING, /* none of the report's tables may be shared */
};

/*
 * seed is the site's own secret: the same figures are always rounded the same
 * way, of whichever days they are, and nobody else knows which. On SHARED_MADE
 * *out is released with reported_done().
 */
MUST_CHECK enum fault
shared_read(const struct wording *wording, const struct report *report,
	    const struct period *period, const uint8_t seed[KEY_BYTES],
	    enum shared_answer *answer, struct reported *out);

/* Of a table that was read: what is hidden of it, how often, is added to
 * *hidden. */
void shared_protect(const struct wording *wording,
		    const uint8_t seed[KEY_BYTES], struct figures *figures,
		    size_t *hidden);
