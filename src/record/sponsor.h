#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "record/entity.h"

/*
 * The sponsor's path: a household is awaited, met before and after it comes,
 * and looked at again after 3, 6 and 12 months; who does what for it is agreed;
 * nothing reaches the sponsor but by agreement and the person's own consent.
 * The entities are kinds (record/kinds_sponsor.c); this is what they mean to
 * each other.
 */

/* --- what may reach a sponsor ----------------------------------------------
 */

/* Reasons against it, bits; 0: it may. */
enum share_bar {
	SHARE_PRIVATE = 1,       /* a private path is open */
	SHARE_ENDED = 2,         /* the sponsorship was withdrawn */
	SHARE_NOT_PARTNER = 4,   /* neither the sponsor nor its SAH */
	SHARE_NOT_MEMBER = 8,    /* the person is not of that household */
	SHARE_NO_AGREEMENT = 16, /* none is live, or not for this */
	SHARE_NO_CONSENT = 32,   /* the person gave none for this, or took it
				    back */
	SHARE_BARS = 6,
};
const char *share_bar_word(unsigned bar); /* "no-consent"; of one bit */

struct share {
	int64_t sponsorship, person;
	int64_t to;        /* a sponsor_group; 0: the sponsorship's own */
	const char *scope; /* "contact", "meetings", "tasks", "plan",
			      "progress"; NULL: anything at all */
};

/* Whether, on that day, it may reach them. FAULT_STORE alone. */
MUST_CHECK enum fault sponsor_may_share(struct record *record,
					const struct share *share,
					const char *today, unsigned *bars);

/*
 * Writes down that a text did reach them (kind "shared"), unless anything bars
 * it: then nothing is written, and *bars says what.
 */
MUST_CHECK enum fault sponsor_share(struct record *record,
				    const struct share *share, const char *text,
				    const struct record_who *who, int64_t now,
				    const char *today, unsigned *bars,
				    int64_t *id);

/* Whether the private path is open. The sponsor is not told, and no shared view
 * shows anything of it. */
bool sponsorship_is_private(const struct entity *sponsorship);

/* Opens it; why is "breakdown", "T310" or "asked". Opening it twice is fine. */
MUST_CHECK enum fault sponsor_go_private(struct record *record,
					 int64_t sponsorship, const char *why,
					 const struct record_who *who,
					 int64_t now,
					 enum entity_answer *answer);

/* Closes it, as a worker judges right alone with the person. */
MUST_CHECK enum fault sponsor_end_private(struct record *record,
					  int64_t sponsorship,
					  const struct record_who *who,
					  int64_t now,
					  enum entity_answer *answer);

/* A visit turned out to be this person's: where it fired T310, the private path
 * of their household's sponsorships is opened. */
MUST_CHECK enum fault sponsor_visit_known(struct record *record, int64_t visit,
					  int64_t person,
					  const struct record_who *who,
					  int64_t now);

/* --- who does what ---------------------------------------------------------
 */

/* What is doubtful about a task, bits. It is shown, and nothing is refused. */
enum task_doubt {
	TASK_NO_OWNER = 1,
	TASK_TWO_OWNERS = 2,
	TASK_TWICE = 4, /* agreed elsewhere, too, and with another owner */
	TASK_OVERDUE = 8,
	TASK_DOUBTS = 4,
};
const char *task_doubt_word(unsigned doubt); /* "no-owner"; of one bit */

struct matrix_row {
	int64_t id; /* of the responsibility */
	char *task, *detail, *owners, *agreed_on, *due, *state; /* "" unknown */
	unsigned doubts;
};
struct matrix {
	struct matrix_row *rows;
	size_t count;
};
void matrix_done(struct matrix *matrix);

enum matrix_view {
	MATRIX_OURS,
	MATRIX_SHARED, /* for everybody at the table: nothing private */
};

/* The tasks of a sponsorship, by due date. The caller releases *out with
 * matrix_done(). */
MUST_CHECK enum fault sponsor_matrix(struct record *record, int64_t sponsorship,
				     enum matrix_view view, const char *today,
				     const struct record_who *who,
				     struct matrix *out);

/* --- the path --------------------------------------------------------------
 */

enum path_step {
	PATH_PRE,
	PATH_ARRIVAL,
	PATH_POST,
	PATH_3_MONTHS,
	PATH_6_MONTHS,
	PATH_12_MONTHS,
	PATH_STEPS,
};
enum path_state {
	PATH_LATER,   /* not due yet */
	PATH_DUE,     /* and not done */
	PATH_OVERDUE, /* its day is over */
	PATH_PLANNED, /* for a day to come */
	PATH_DONE,
	PATH_NOT_HELD, /* too late for it */
};
struct path {
	struct {
		enum path_state state;
		char day[11]; /* when it was, is planned or due; "" unknown */
		int64_t meeting; /* 0: none */
	} steps[PATH_STEPS];
	/* POST was held, newcomer, sponsor and worker attended, and every check
	 * is made. */
	bool connection_complete;
	/* As the kiosk's rule T309 has it: arrived at most six months ago, and
	 * no POST was held. */
	bool post_missing;
};
const char *path_step_word(enum path_step step);    /* "PRE", "arrival" */
const char *path_state_word(enum path_state state); /* "overdue" */

MUST_CHECK enum fault sponsor_path(struct record *record, int64_t sponsorship,
				   const char *today, struct path *out);

/* How a group likes to meet: what it said, or what is usual for its kind. */
struct meeting_defaults {
	char mode[16];
	int post_days; /* from arrival to POST */
};
void sponsor_meeting_defaults(const struct entity *sponsor_group,
			      struct meeting_defaults *out);

/*
 * The awaited household is here: it, or the person's household (made where
 * there is none), is attached to the case, and so are the meetings that were
 * held for it. household is 0 where a person is given. ENTITY_NO_MOVE: nobody
 * is awaited there any more.
 */
MUST_CHECK enum fault sponsor_arrive(struct record *record, int64_t sponsorship,
				     int64_t household, int64_t person,
				     const char *day,
				     const struct record_who *who, int64_t now,
				     enum entity_answer *answer);

/* Whether a visit's tags say that a sponsor came about somebody else. */
bool sponsor_visit_is(const char *tags);

/* Lays a sponsor's visit with a case. */
MUST_CHECK enum fault sponsor_visit_at(struct record *record, int64_t visit,
				       int64_t sponsorship, const char *day,
				       const struct record_who *who,
				       int64_t now, enum entity_answer *answer);
