#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/fault.h"
#include "record/entity.h"

/*
 * Meetings and who came, appointments and what became of them. The entities are
 * kinds (record/kinds_meeting.c); their rules are kept at every save: no
 * newcomer is a party of a PRE meeting; a POST meeting is held when it says of
 * newcomer, sponsor (or its SAH) and worker who came; at a conference whoever
 * came from outside may hear it.
 */

/* The checks of a first meeting of all three; made is made, however long ago.
 */
#define MEETING_CHECKS                                        \
	"one-contact knows-sponsor knows-worker roles-agreed" \
	" services-known consent-asked emergency-known next-day"

/* Whether all three attended it and every check was made. */
MUST_CHECK enum fault meeting_is_complete(struct record *record,
					  int64_t meeting, bool *complete);

/* What keeps it from being held, bits; 0: nothing. */
enum meeting_lack {
	MEETING_NEWCOMER = 1, /* nobody said yet whether they came */
	MEETING_SPONSOR = 2,  /* the same of the sponsor, or its SAH */
	MEETING_WORKER = 4,
	MEETING_CONSENT = 8, /* the newcomer's, to one who came from outside */
	MEETING_LACKS = 4,
};
const char *meeting_lack_word(unsigned lack); /* "newcomer"; of one bit */
MUST_CHECK enum fault meeting_lacks(struct record *record,
				    const struct entity *meeting,
				    unsigned *lacks);

/* Says of a party who came, and adds it where it is not there yet. */
MUST_CHECK enum fault meeting_attend(struct record *record, int64_t meeting,
				     const char *who_came, bool attended,
				     const struct record_who *who, int64_t now,
				     enum entity_answer *answer);
