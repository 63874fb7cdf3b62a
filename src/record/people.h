#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "record/entity.h"
#include "record/match.h"
#include "record/record.h"

/*
 * Finding a person. Look-up comes before "new": a worker types what they know,
 * or asks who a visit may be of, and every answer says why it is one. Nothing
 * is decided here: record/people_visit.h makes and attaches, and
 * record/people_merge.h merges, when a worker asks for it.
 *
 * Who is behind another team's wall is counted and not shown. Whoever has been
 * merged into somebody else is found as that person.
 */

/* What became of a decision about who is who; see people_visit.h and
 * people_merge.h. */
enum people_answer {
	PEOPLE_DONE,
	PEOPLE_NOT_THERE, /* no such visit, or no such person */
	PEOPLE_REFUSED,   /* not for this role, or another team's */
	PEOPLE_ATTACHED,  /* the visit has a person already: detach it first */
	PEOPLE_ASK,       /* they did not agree to be kept: ask them, alone */
	PEOPLE_EMPTIED,   /* its facts are erased: there is nothing to take */
	PEOPLE_CLOSED,    /* merged already, or merged further since */
	PEOPLE_SELF,      /* a person and themselves */
	PEOPLE_NOTHING,   /* the visit has no person; they were not merged */
	PEOPLE_LOCKED,    /* names lie apart and are not at hand: names.h */
	PEOPLE_ANSWERS,
};
const char *people_answer_word(enum people_answer answer); /* "done" */

/* Who somebody is after merges; themselves where there were none. */
MUST_CHECK enum fault people_now(struct record *record, int64_t person,
				 int64_t *now_is);

/* --- finding -------------------------------------------------------------- */

/* One who was found; everything belongs to the walk. Texts are "" where they
 * are not known. */
struct people_found {
	int64_t person;
	const char *number; /* "P-17": what to call them without a name */
	const char *preferred, *latin, *own_script;
	const char *birth_from, *birth_to; /* ISO 8601 */
	bool birth_default;
	/* Why, and how sure; strength sorts. reasons may be 0 in people_find():
	 * found by the number, or by the year alone. */
	struct match match;
};
typedef void people_visit(void *to, const struct people_found *found);

struct people_told {
	size_t shown;  /* how often visit was called */
	size_t walled; /* found too, but another team's */
	bool more;     /* there may be more than were looked at */
	/* What it cost, which does not grow with the record: */
	size_t rows;   /* of keys that were read */
	size_t scored; /* people who were compared */
};

#define PEOPLE_SHOWN 50   /* the most that one call shows */
#define PEOPLE_SCORED 200 /* and compares */
#define PEOPLE_ROWS 8000  /* and reads of keys, about */

/*
 * Whoever fits what was typed, best first, at most limit of them (to
 * PEOPLE_SHOWN); good for every keystroke. In any order and script: words of
 * names as far as they are typed, or as they sound; a birth year or day; a
 * phone number's end, or the beginning of another address; the person's
 * number; a ticket's number. All that is typed must fit. Or all of it is the
 * value of a field of the agency's own.
 * *told is filled on FAULT_NONE.
 */
MUST_CHECK enum fault people_find(struct record *record, const char *text,
				  size_t limit, const struct record_who *who,
				  people_visit *visit, void *to,
				  struct people_told *told);

/* Somebody as they are described; "" and 0 where it is not known. Everything
 * belongs to the caller and may be NULL. */
struct people_described {
	struct match_texts names; /* as they are written */
	const char *birth_from, *birth_to;
	bool birth_default;
	struct match_texts contacts; /* as they are written */
	int64_t household;
	const char *ticket; /* an earlier one: "K7-0412" */
	const char *gender;
	int64_t person; /* who they are, to be left out */
	int64_t visit;  /* by it "not the same" is remembered */
};

/*
 * Who this may be, strongest first: those with match.suggested alone, or, with
 * all, whoever has anything in common. Left out are those of whom a worker said
 * that they are not the same.
 */
MUST_CHECK enum fault
people_candidates(struct record *record,
		  const struct people_described *described, bool all,
		  size_t limit, const struct record_who *who,
		  people_visit *visit, void *to, struct people_told *told);

/* The same for what a visit's facts tell of the person who came; of none where
 * they are erased or were never given. */
MUST_CHECK enum fault people_candidates_of_visit(struct record *record,
						 int64_t id, bool all,
						 size_t limit,
						 const struct record_who *who,
						 people_visit *visit, void *to,
						 struct people_told *told);

/* And for a person of the record: who may be there twice. */
MUST_CHECK enum fault people_candidates_of_person(struct record *record,
						  int64_t id, bool all,
						  size_t limit,
						  const struct record_who *who,
						  people_visit *visit, void *to,
						  struct people_told *told);

/*
 * Remembers that person is not other, or, where other is 0, not who came with
 * visit; neither is a candidate for the other any more. It is an entity of the
 * kind "not_same", and taken back by entity_undo() or entity_remove().
 */
MUST_CHECK enum fault people_not_same(struct record *record, int64_t person,
				      int64_t other, int64_t visit,
				      const struct record_who *who, int64_t now,
				      enum entity_answer *answer);

/* --- keys ----------------------------------------------------------------- */

/*
 * Looks everybody up anew: what people are found by is kept beside their names,
 * as the tables of text/fold.h and record/match.h had it when it was written. A
 * record does so by itself at opening where those tables or ICU are others
 * now; this is for whoever doubts it. One transaction:
 * other desks read meanwhile and cannot write. PEOPLE_LOCKED: names lie apart
 * and are not at hand. *people says how many; leaves an audit row.
 */
MUST_CHECK enum fault people_rekey(struct record *record,
				   const struct record_who *who, int64_t now,
				   enum people_answer *answer, int64_t *people);
