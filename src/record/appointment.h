#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/fault.h"
#include "record/entity.h"
#include "record/visit.h"

/*
 * What becomes of appointments. A person who comes for one, or to hand in a
 * paper, is through in seconds: one call ends the visit, too.
 */

/* Nobody came, it was cancelled, or it was attended after all; reason is a code
 * of the field, which no-show and cancelled need. */
MUST_CHECK enum fault appointment_end(struct record *record, int64_t id,
				      const char *state, const char *reason,
				      const struct record_who *who, int64_t now,
				      enum entity_answer *answer);

/* Another time: this one says why and names the new one, which is *moved. */
MUST_CHECK enum fault appointment_move(struct record *record, int64_t id,
				       int64_t at, const char *reason,
				       const struct record_who *who,
				       int64_t now, enum entity_answer *answer,
				       int64_t *moved);

/* The person is here: attended, and their visit ended as served; visit 0: they
 * took no ticket. All of it or nothing. *acted is what the visit said. */
MUST_CHECK enum fault
appointment_attend(struct record *record, int64_t id, int64_t visit,
		   const struct record_who *who, int64_t now,
		   enum entity_answer *answer, enum visit_acted *acted);

/* What a visit is for, as its person said at the kiosk. */
enum visit_errand {
	ERRAND_OTHER,
	ERRAND_APPOINTMENT, /* to keep one */
	ERRAND_PAPER,       /* to hand in or fetch a paper */
};
MUST_CHECK enum fault visit_errand(struct record *record, int64_t visit,
				   enum visit_errand *errand);

/* Walks what is booked between two moments (from them on, before until): for
 * the visit's person, or for everybody where nobody knows who it is or visit is
 * 0; earliest first. */
MUST_CHECK enum fault appointment_booked(struct record *record, int64_t visit,
					 int64_t from, int64_t until,
					 const struct record_who *who,
					 entity_visit *each, void *to);
