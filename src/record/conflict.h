#pragma once

#include "record/kind.h"
#include "record/record.h"

/*
 * Conflicts: what two records said of the same thing while one of them was
 * away (record/caseload.h). Each is an entity of the kind "conflict", and
 * somebody decides it by moving it to "ours" or "theirs": who may see whatever
 * it is about, and whom theirs gives a visit to.
 */

/*
 * The field that a conflict's values are of, and the kind whose words its codes
 * have: what is "goal.words", "visit.state", or "note." for the note itself.
 * NULL: none of a kind's, but one of the agency's own, or of a newer Foyer.
 */
const struct field *conflict_field(const char *what, const struct kind **kind);

/* One of its values as that field's code: of an entity itself that is not
 * removed, "there". */
const char *conflict_value(const char *what, const char *value);

/*
 * Why a conflict does not become "theirs"; *word is NULL where it does:
 *
 *	gone      what it is about is not there any more, or was erased
 *	changed   it is not as ours says any more
 *	signed    it was signed, and stays as it is
 *	needed    it cannot be without what theirs leaves out
 *	unfit     theirs does not fit what else is known by now
 *	course    a visit that is as it is here does not become that
 *	level     a level is given at the visit, with its reason
 *	nobody    theirs' person is not there any more
 *	ask       keeping that they came has to be asked for, at the visit
 *
 * It is tried out, alone at the record as a change is, and undone: for somebody
 * who asks, and for no drawing.
 */
MUST_CHECK enum fault conflict_refusal(struct record *record, int64_t id,
				       const char **word);
