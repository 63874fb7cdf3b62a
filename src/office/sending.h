#pragma once

#include "filing/outgoing.h"
#include "office/desk.h"
#include "record/entity.h"

/*
 * What the record says of sending visits to another system: which may go there,
 * which went, and the handover that tells it. A handover is begun before
 * anything goes and stays so until the system said that it has it, so that an
 * erasure names whoever may.
 */
struct sending {
	struct record *record;
	struct filing *filing;
	const char *recipient; /* of handovers and of consents to share */
	struct record_who who;
	int64_t now;
	char today[DESK_DAY];
};

enum sendable {
	SENDABLE,
	SENDABLE_THERE,      /* it was sent */
	SENDABLE_NOT_KEPT,   /* its person did not agree to be kept */
	SENDABLE_NOBODYS,    /* so that nobody could agree */
	SENDABLE_NOT_AGREED, /* to share it with this recipient */
	SENDABLE_ERASED,     /* its answers are; or its form is not here */
	SENDABLES,
};

struct sending_visit {
	int64_t id;
	char *number; /* "K7-0412" */
};

/* Visits that were answered with the form of this id and whose answers are not
 * erased, in the order they came; the caller frees *out with
 * sending_visits_free(). */
MUST_CHECK enum fault sending_of_form(const struct sending *sending,
				      const char *form,
				      struct sending_visit **out,
				      size_t *count);
void sending_visits_free(struct sending_visit *visits, size_t count);

/* What would go of a visit, or, with VISIT_COUNTED, how much; the caller
 * releases *out with outgoing_done(). *person is whose it is, on SENDABLE. */
MUST_CHECK enum fault sending_look(const struct sending *sending, int64_t visit,
				   enum visit_look look,
				   enum sendable *sendable, int64_t *person,
				   struct outgoing *out);

/* One that is about to go: the handover begun for it, now or by an earlier
 * attempt of which nobody knows how it ended. */
struct sending_begun {
	struct entity *handover; /* NULL: the record does not take it */
	bool again;
};
void sending_begun_done(struct sending_begun *begun);

MUST_CHECK enum fault sending_begin(const struct sending *sending,
				    int64_t visit, int64_t person,
				    const struct outgoing *out,
				    struct sending_begun *begun);

enum sending_end {
	SENDING_THERE,
	SENDING_NOT_KNOWN,
	SENDING_NOT_THERE,
};

/* Writes down how it ended; *kept: whether the record took that. What an
 * earlier attempt began may be there whatever became of this one. */
MUST_CHECK enum fault sending_settle(const struct sending *sending,
				     struct sending_begun *begun,
				     enum sending_end end, bool *kept);
