#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "base/memory.h"
#include "base/settings.h"
#include "record/entity.h"
#include "record/segment.h"

/*
 * Assessments as versions. Version 0 is what somebody said of themselves at a
 * kiosk; 1 is a worker's first, and so on. One that is signed never changes: a
 * correction is a new version. A person has at most one that is not signed
 * yet; whoever goes on with it finds it as it was left.
 */

/* How a domain stands in a version. Texts are NULL where nothing is written. */
struct assess_level {
	int64_t id; /* of the entity "level"; 0: nothing is said of it */
	enum need_level level;
	enum source source;
	char *note, *strengths;
	bool unchanged;        /* taken over from the version before */
	bool wanted, foremost; /* asked for help with it; and with it first */
};

struct assess {
	int64_t id, person;
	int number;
	char *what; /* "self", "first", "full", "reassessment", "exit" */
	char *day, *next_due;
	char *author; /* name; "" for a self-report */
	char *note, *strengths;
	char *form;        /* digest of its question set; NULL: asked by none */
	int64_t signed_at; /* 0: not yet */
	int64_t corrects;  /* the version it puts right; 0 */
	struct assess_level levels[DOMAIN_COUNT];
};
void assess_done(struct assess *assess);

/* The caller releases *out with assess_done() on ENTITY_DONE. Answers as for
 * entity_read(). */
MUST_CHECK enum fault assess_read(struct record *record, int64_t id,
				  const struct record_who *who, int64_t now,
				  enum entity_answer *answer,
				  struct assess *out);

/* A person's newest version (0: none), and the one before a version. */
MUST_CHECK enum fault assess_newest(struct record *record, int64_t person,
				    int64_t *id);
MUST_CHECK enum fault assess_before(struct record *record, int64_t id,
				    int64_t *before);

/* --- making them ---------------------------------------------------------- */

/*
 * The self-report of a visit as a version, signed by nobody at the visit's
 * arrival, with the levels that its form gave as the facts "level_HOU" and so
 * on. One that was made of this visit already is *id, as it is.
 * ENTITY_REFUSED: its answers are not to be kept, so nothing is made of them
 * until a worker has confirmed keeping. ENTITY_NOT_THERE: no such visit or
 * person, or its answers are erased. ENTITY_CLOSED: a version that is not
 * signed yet comes first.
 */
MUST_CHECK enum fault assess_self(struct record *record, int64_t visit,
				  int64_t person, const struct record_who *who,
				  int64_t now, enum entity_answer *answer,
				  int64_t *id);

/*
 * Begins a version: with every level of the newest one, each marked as
 * unchanged; corrects is the version that it puts right, whose levels it takes
 * instead, or 0. One that is not signed yet is *id, as it is.
 */
MUST_CHECK enum fault assess_begin(struct record *record, int64_t person,
				   const char *what, const char *today,
				   int64_t corrects,
				   const struct record_who *who, int64_t now,
				   enum entity_answer *answer, int64_t *id);

/* Says how a domain stands, which is no longer "unchanged" then; note and
 * strengths as they are where NULL. ENTITY_CLOSED: it is signed. */
struct assess_said {
	enum domain domain;
	enum need_level level;
	enum source source;
	const char *note, *strengths;
};
MUST_CHECK enum fault assess_say(struct record *record, int64_t id,
				 const struct assess_said *said,
				 const struct record_who *who, int64_t now,
				 enum entity_answer *answer);

#define ASSESS_DAYS 90 /* to the next one, unless settings say otherwise */

/* [record] reassess_days. */
int assess_days(const struct settings *settings);

/*
 * Signs it: what is in it stays for ever. The next one is due that many days
 * after it, unless it says itself when; an exit has none. A person without a
 * case stream is screened from then on.
 */
MUST_CHECK enum fault assess_sign(struct record *record, int64_t id, int days,
				  const struct record_who *who, int64_t now,
				  enum entity_answer *answer,
				  const char **wrong);

/* --- looking -------------------------------------------------------------- */

/* What became of a domain between two versions. Unknown is no level, so
 * nothing is better or worse than it. */
enum assess_change {
	ASSESS_SAME,
	ASSESS_BETTER,
	ASSESS_WORSE,
	ASSESS_LEARNT, /* it was not known before */
	ASSESS_LOST,   /* it is not known any more */
};
const char *assess_change_word(enum assess_change change); /* "better" */
enum assess_change assess_compare(enum need_level before,
				  enum need_level after);

/* How many domains changed; change has DOMAIN_COUNT of them. */
size_t assess_compare_all(const struct assess *before,
			  const struct assess *after,
			  enum assess_change change[DOMAIN_COUNT]);

/*
 * Whether the levels suggest the intensive case stream, to be screened for by
 * a worker: three domains in crisis or vulnerable of which one is in crisis,
 * or two in crisis. pressing gets those domains, count of them, whatever the
 * answer is. What a form suggested at the kiosk is by the same rule, its tag
 * SCREEN-CASE-MGMT.
 */
bool assess_suggests(const struct assess *assess,
		     enum domain pressing[DOMAIN_COUNT], size_t *count);
