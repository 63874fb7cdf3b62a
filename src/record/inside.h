#pragma once

#include "record/statement.h"
#include "record/visit.h"

/* Inside the room: what the files about visits share. */

enum visit_state visit_state_of(const char *word);

/* "ended served", "called U2": with the level that staff gave, if they did. */
#define VISIT_STANDS                                                        \
	"SELECT trim(state || ' ' || outcome) || CASE WHEN staff_level > 0" \
	" THEN ' U' || staff_level ELSE '' END FROM visit WHERE id = ?1"

/* When something came to pass, and who did it; who decides on it later is in
 * the audit. */
struct visit_moment {
	int64_t at;
	const char *by;
};
/* visit_act() of what came to pass then. */
MUST_CHECK enum fault visit_act_then(struct record *record, int64_t id,
				     enum visit_act act,
				     enum visit_outcome outcome,
				     const struct visit_moment *moment,
				     const struct record_who *who, int64_t now,
				     enum visit_acted *answer);

/*
 * Erases a visit's answers, submission, wire, rules, facts and whatever staff
 * wrote about them, and leaves a tombstone that names the rule ("end",
 * "midnight", "withdrawn"). Number, level and times stay. Inside the caller's
 * transaction, whose end empties the journal.
 */
MUST_CHECK enum fault erase_visit(struct record *record, int64_t id,
				  const char *rule,
				  const struct record_who *who, int64_t now);

/*
 * Empties the journal, in which what was erased may still be read; the end of
 * a transaction that set record->erased calls it. Where another program is
 * reading just now, record_expire() does it a minute later.
 */
void erase_flush(struct record *record);

/* Erases the draft of a paper (record/draft.h) inside the caller's transaction;
 * and those that nobody touched for DRAFT_DAYS. */
MUST_CHECK enum fault draft_forget(struct record *record, int64_t id,
				   const struct record_who *who);
MUST_CHECK enum fault draft_expire(struct record *record, int64_t now);

/*
 * "Keep" of a visit was withdrawn: inside the caller's transaction the visit is
 * nobody's any more, and what came to the record with it (people_from_visit()
 * in record/people_visit.h) goes.
 */
MUST_CHECK enum fault people_forget_visit(struct record *record, int64_t visit,
					  const struct record_who *who,
					  int64_t now);
