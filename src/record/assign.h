#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "record/entity.h"

/*
 * One primary worker for each household: who would fit, best first. What the
 * people themselves would like stands beside it, and nobody is ruled out.
 * Whoever had the household before stays in its history.
 */
enum assign_match {
	ASSIGN_NO_LANGUAGE, /* an interpreter is needed */
	ASSIGN_LANGUAGE,
	ASSIGN_DIALECT, /* the same dialect, too */
};
const char *assign_match_word(enum assign_match match); /* "language" */

struct assign_offer {
	int64_t user;
	char *name, *languages; /* "" unknown */
	enum assign_match match;
	int64_t households; /* that they are the one contact of already */
};

struct assign {
	char *languages, *dialects; /* the household speaks, BCP 47 */
	char *prefers;              /* a line a member who said so; "" */
	int64_t worker;             /* as it is now; 0: nobody */
	struct assign_offer *offers;
	size_t count;
};
void assign_done(struct assign *assign);

/* Everybody who works here. The caller releases *out with assign_done(). */
MUST_CHECK enum fault assign_read(struct record *record, int64_t household,
				  struct assign *out);

/* Hands the household over. */
MUST_CHECK enum fault assign_worker(struct record *record, int64_t household,
				    int64_t user, const struct record_who *who,
				    int64_t now, enum entity_answer *answer);
