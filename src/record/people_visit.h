#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "record/people.h"

/*
 * Whose a visit is: made of what it tells, attached to somebody who is known,
 * and detached again. A worker asks for each; record/people.h says who it may
 * be.
 */

/*
 * Makes a person of what a visit's facts tell, each with the source self: name,
 * birth, gender, languages, access needs, status, contact, and a household
 * where others live in it; and attaches the visit. *person is the new one on
 * PEOPLE_DONE.
 *
 * Where the kiosk's answer was not to keep (visit.keep is not "kept"),
 * PEOPLE_ASK, and nothing is made, unless confirmed: a worker, alone with the
 * person, heard them agree. That is kept as a consent (purpose keep, source
 * told). A visit of "today" is then kept; one of "no" still loses its answers
 * at its end and is nobody's again, and what the person agreed to stays.
 *
 * Consents that were given at the kiosk become the person's. When "keep" of the
 * visit is withdrawn later (visit_withdraw()), what came to the record with it
 * goes, its history too. What a worker has changed since stays, and so does a
 * person who has other visits or anything else that refers to them; one of whom
 * nothing else is known is erased. While names are locked (record/names.h)
 * nobody is made, and of a person who stays the names do, too.
 */
MUST_CHECK enum fault people_from_visit(struct record *record, int64_t visit,
					bool confirmed,
					const struct record_who *who,
					int64_t now, enum people_answer *answer,
					int64_t *person);

/*
 * The visit is of this person; a person who was merged counts as who they were
 * merged into. Nothing that is known of the person changes: what the visit's
 * facts say else is seen by people_differences(). Asks as above, as it keeps
 * that this person came.
 */
MUST_CHECK enum fault people_attach(struct record *record, int64_t visit,
				    int64_t person, bool confirmed,
				    const struct record_who *who, int64_t now,
				    enum people_answer *answer);

/*
 * The visit is of nobody known any more, and neither is the self-report that
 * was made of it (record/assess.h) with either of the two above. A person that
 * people_from_visit() made of it stays: removing them is entity_remove(), or,
 * right after, entity_undo().
 */
MUST_CHECK enum fault people_detach(struct record *record, int64_t visit,
				    const struct record_who *who, int64_t now,
				    enum people_answer *answer);

/* Whose visit it is: 0 if nobody's, or there is no such visit. */
MUST_CHECK enum fault people_of_visit(struct record *record, int64_t visit,
				      int64_t *person);

/* What a visit tells and the record has otherwise or not at all. */
struct people_difference {
	const char *kind, *field;    /* "person", "birth_from" */
	const char *recorded, *told; /* recorded is "" where not known */
	const char *source, *user;   /* of what is recorded */
	int64_t at;                  /* since when; 0 where not known */
};
typedef void people_difference_visit(void *to,
				     const struct people_difference *one);
MUST_CHECK enum fault people_differences(struct record *record, int64_t visit,
					 int64_t person,
					 const struct record_who *who,
					 people_difference_visit *say,
					 void *to);

/*
 * "Already given on": walks what the person's earlier visits told, newest
 * visit first, a field once, so that nothing is asked again. Erased visits have
 * nothing to tell. before is a visit to leave out with all after it; 0: none.
 */
struct people_given {
	int64_t visit, at; /* when that visit arrived */
	const char *number;
	const char *field, *value, *source;
};
typedef void people_given_visit(void *to, const struct people_given *given);
MUST_CHECK enum fault people_given_before(struct record *record, int64_t person,
					  int64_t before,
					  const struct record_who *who,
					  people_given_visit *say, void *to);
