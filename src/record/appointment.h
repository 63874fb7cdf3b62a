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

/*
 * What is booked for the same time as another one would be: the worker's and
 * the person's own (0: nobody's), whoever may see whom. Earliest first; false
 * stops. The walk must not change the record.
 */
#define APPOINTMENT_MINUTES 30 /* one that does not say how long it takes */
struct appointment_time {
	int64_t worker, person;
	int64_t at;
	int64_t minutes; /* 0: APPOINTMENT_MINUTES */
	int64_t but;     /* this one does not count; 0 */
};
typedef bool appointment_visit(void *to, int64_t id,
			       const struct appointment_time *time);
MUST_CHECK enum fault appointment_clashing(struct record *record,
					   const struct appointment_time *with,
					   appointment_visit *each, void *to);

/* Whether saving an appointment books it for a time, a worker or a length that
 * it did not have; *time is what it would be, either way. */
bool appointment_books(const struct entity *entity,
		       struct appointment_time *time);

/* What a visit is for, as its person said at the kiosk. */
enum visit_errand {
	ERRAND_OTHER,
	ERRAND_APPOINTMENT, /* to keep one */
	ERRAND_PAPER,       /* to hand in or fetch a paper */
};
MUST_CHECK enum fault visit_errand(struct record *record, int64_t visit,
				   enum visit_errand *errand);

/* Walks what is booked between two moments (from them on, before until): for a
 * person, or 0 for everybody; earliest first. */
MUST_CHECK enum fault appointment_booked(struct record *record, int64_t person,
					 int64_t from, int64_t until,
					 const struct record_who *who,
					 entity_visit *each, void *to);
