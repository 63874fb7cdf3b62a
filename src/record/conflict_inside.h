#pragma once

#include "record/conflict.h"
#include "record/entity.h"

/* --- taking theirs -------------------------------------------------------- */

/*
 * Inside the caller's transaction: what theirs says becomes so, or *word says
 * why it cannot; NULL: it did. Of a visit, as its life-cycle has it, at the
 * moment when it came to pass on the laptop.
 */
MUST_CHECK enum fault conflict_take(struct record *record,
				    const struct entity *conflict,
				    const struct record_who *who, int64_t now,
				    const char **word);
MUST_CHECK enum fault conflict_take_visit(struct record *record,
					  const struct entity *conflict,
					  const struct record_who *who,
					  int64_t now, const char **word);

/* --- following ------------------------------------------------------------ */

/*
 * Entities of the kind "conflict" follow what they are about.
 * They hold values of it, so they are as secret, and go with it; what their
 * history tells goes too. A subject is an entity of the kind, or a "visit".
 * Each inside the caller's transaction. Where the names lie apart and are
 * locked, so are conflicts: what happens meanwhile they follow when the names
 * are opened.
 */

/* The subject, or one field of it (NULL: all), was erased. */
MUST_CHECK enum fault conflicts_erase(struct record *record, const char *kind,
				      const char *field, int64_t subject);

/* A visit was: whose it is is nobody's to decide any more. What became of it
 * still is, and no longer says whose it was. */
MUST_CHECK enum fault conflicts_erase_visit(struct record *record,
					    int64_t visit);

/* Everything that changed without them, while the names were locked. */
MUST_CHECK enum fault conflicts_follow(struct record *record);
