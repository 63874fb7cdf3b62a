#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "base/memory.h"
#include "record/kind.h"
#include "record/record.h"

/*
 * An entity of the record: one person, one goal, one referral. Values are text
 * whatever their type: a link, an instant and a number in decimal digits, a
 * day as ISO 8601, yes as "1"; NULL is "not known".
 *
 * Every save is one act: the entity and its history, or nothing. It names who
 * did it; the history keeps each field's value before and after with its
 * source, and the audit keeps the fields' names. Nothing is overwritten
 * unseen: a save of what another desk changed since it was read answers
 * ENTITY_CONFLICT.
 */
struct entity {
	const struct kind *kind;
	int64_t id;  /* 0: not saved yet */
	int version; /* counts saves; 0: not saved yet */
	int64_t made_at, changed_at;
	char *made_by, *changed_by;
	bool gone;                  /* removed, and kept for its history */
	const struct field *fields; /* the kind's, then the agency's own */
	size_t field_count;
	char **values;  /* as many, in the same order */
	char **as_read; /* what they were: by it a save knows what it changes */
};

enum entity_answer {
	ENTITY_DONE,
	ENTITY_NOT_THERE,
	ENTITY_CONFLICT, /* changed since it was read, in the same fields */
	ENTITY_WRONG,    /* a value does not fit its field */
	ENTITY_CLOSED,   /* signed, or removed: it is not changed any more */
	ENTITY_NO_MOVE,  /* its life-cycle does not lead there */
	ENTITY_REFUSED,  /* not for this role, or another team's */
	ENTITY_NOTHING,  /* nothing to undo, or somebody changed it since */
	ENTITY_ANSWERS,
};
const char *entity_answer_word(enum entity_answer answer); /* "conflict" */

enum source { SOURCE_SELF, SOURCE_TOLD, SOURCE_SEEN, SOURCE_COUNT };
const char *source_word(enum source source); /* "self", "told", "seen" */
bool source_of(const char *word, enum source *out);

/* --- one entity ------------------------------------------------------------
 */

/* A new one without values, in its first state; the caller frees it. */
MUST_CHECK enum fault entity_new(struct record *record, const struct kind *kind,
				 struct entity **out);
void entity_free(struct entity *entity); /* NULL is fine; wipes */
DEFINE_SCOPED(struct entity, entity_free)

/* NULL where it is not known, or the field is none of this entity's. */
const char *entity_text(const struct entity *entity, const char *field);
/* The same as a number; 0 where it is not known. */
int64_t entity_number(const struct entity *entity, const char *field);

/* Whether it may leave the record at all, in an export, a report or on a page
 * that is shared: what is restricted or about safety does not. */
bool entity_goes_out(const struct entity *entity);

/* Gives a field a value, copied; NULL or "" is "not known". False: no such
 * field. What does not fit is found out by saving. */
bool entity_set(struct entity *entity, const char *field, const char *value);
bool entity_set_number(struct entity *entity, const char *field, int64_t value);

/*
 * On ENTITY_DONE the caller frees *out. ENTITY_NOT_THERE: also what was
 * removed. ENTITY_REFUSED: the role or the team may not see it, or it is
 * guarded. Looking at a
 * watched kind is audited as a view.
 */
MUST_CHECK enum fault entity_read(struct record *record,
				  const struct kind *kind, int64_t id,
				  const struct record_who *who, int64_t now,
				  enum entity_answer *answer,
				  struct entity **out);

/*
 * Saves a new or a changed entity; afterwards it has its id, version and times.
 * One that is as it was is left alone.
 * Where others changed other fields since it was read, both stay and the entity
 * has theirs too; ENTITY_CONFLICT where they changed the same: read it again,
 * compare (entity_history() names who), and save that. ENTITY_WRONG: *wrong is
 * the field's name (NULL is fine for wrong); the entity is as it was.
 */
MUST_CHECK enum fault entity_save(struct record *record, struct entity *entity,
				  enum source source,
				  const struct record_who *who, int64_t now,
				  enum entity_answer *answer,
				  const char **wrong);

/* Along its life-cycle; reason "" where none is given, kept in the history.
 * The time of each move is the history's. */
MUST_CHECK enum fault entity_move(struct record *record,
				  const struct kind *kind, int64_t id,
				  const char *to, const char *reason,
				  const struct record_who *who, int64_t now,
				  enum entity_answer *answer);

/* Entered by mistake: no list shows it any more; its history stays. */
MUST_CHECK enum fault entity_remove(struct record *record,
				    const struct kind *kind, int64_t id,
				    const char *reason,
				    const struct record_who *who, int64_t now,
				    enum entity_answer *answer);

/*
 * Erases an entity, its history and its own fields for good and leaves a
 * tombstone that names the rule. The caller empties what refers to it first:
 * FAULT_STORE otherwise.
 */
MUST_CHECK enum fault entity_erase(struct record *record,
				   const struct kind *kind, int64_t id,
				   const char *rule,
				   const struct record_who *who, int64_t now);

/* --- several -------------------------------------------------------------- */

/* Those with field = value ("id" too), NULL for "not known"; at most eight;
 * ends with a NULL field. A field that the kind has not is the agency's own. */
struct entity_match {
	const char *field, *value;
};

/*
 * Walks those that match and that who may see, by order ("due", "-made_at" for
 * newest first; NULL: by id), at most limit of them (0: all). false stops. The
 * entity belongs to the walk. visit must not change the record.
 */
typedef bool entity_visit(void *to, const struct entity *entity);
MUST_CHECK enum fault
entity_each(struct record *record, const struct kind *kind,
	    const struct entity_match *matches, const char *order, size_t limit,
	    const struct record_who *who, entity_visit *visit, void *to);

/* How many match, whoever may see them. */
MUST_CHECK enum fault entity_total(struct record *record,
				   const struct kind *kind,
				   const struct entity_match *matches,
				   int64_t *out);

/* The id of the first that matches, 0 if none does, whoever may see it. */
MUST_CHECK enum fault entity_first(struct record *record,
				   const struct kind *kind,
				   const struct entity_match *matches,
				   const char *order, int64_t *id);

/* --- history -------------------------------------------------------------- */

/* A field's change; made and removed entities have the field "". */
struct change {
	int64_t act; /* changes of one act belong together */
	int64_t at;
	const char *kind;
	int64_t entity;
	int version;                        /* of the entity afterwards */
	const char *field, *before, *after; /* NULL: not known */
	const char *source, *user, *desk, *reason;
};
typedef void change_visit(void *to, const struct change *change);

/* Oldest first. */
MUST_CHECK enum fault entity_history(struct record *record,
				     const struct kind *kind, int64_t id,
				     change_visit *visit, void *to);

/* Everybody's, from an act's number on, oldest first: what a screen that shows
 * something has to read anew. */
MUST_CHECK enum fault change_each(struct record *record, int64_t from_act,
				  change_visit *visit, void *to);

/*
 * Takes back the last act of this user, whole, if nobody changed what it
 * changed since; undoing is an act too. In *undone (NULL is fine) stands the
 * kind and id of its first change, 0 if there was nothing. Signatures and
 * erasures stay.
 */
struct entity_name {
	const struct kind *kind;
	int64_t id;
};
MUST_CHECK enum fault entity_undo(struct record *record,
				  const struct record_who *who, int64_t now,
				  enum entity_answer *answer,
				  struct entity_name *undone);

/*
 * Rises whenever anybody, in whichever program, has changed the record: what a
 * desk polls to see another's changes. Costs no read of the file.
 */
MUST_CHECK enum fault record_changed(struct record *record, int64_t *count);

/*
 * Several saves as one act: all of them, or, where the block ends without
 * record_act_done(), none. Acts do not nest; SCOPED(record_act_endp).
 */
struct record_act;
MUST_CHECK enum fault record_act_begin(struct record *record,
				       struct record_act **out);
MUST_CHECK enum fault record_act_done(struct record_act **act);
void record_act_end(struct record_act *act);
DEFINE_SCOPED(struct record_act, record_act_end)
