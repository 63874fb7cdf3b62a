#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "record/record.h"

/*
 * What the record holds, as data: a kind of entity ("person", "goal",
 * "referral") with its fields and its life-cycle. One layer (record/entity.h)
 * reads, saves, moves, lists, undoes and audits them all; the desk's sheets
 * and the `foyer` tool are made from the same tables. What is special about a
 * kind stands in its hooks and in files of its own.
 *
 * To add a kind: describe it in record/kinds_AREA.c, declare it in
 * record/kinds.h, name it in kind.c. Its table, and columns that are new, are
 * laid when a record opens; nothing is ever dropped, so SCHEMA_VERSION must
 * rise with every release that changes kinds.
 */
enum field_type {
	FIELD_TEXT,    /* one line */
	FIELD_LONG,    /* several lines */
	FIELD_WHOLE,   /* a whole number */
	FIELD_MONEY,   /* cents, a whole number; shown with two decimals */
	FIELD_DAY,     /* "2026-11-22", Gregorian; also "2026-11", "2026" */
	FIELD_INSTANT, /* milliseconds since 1970 UTC */
	FIELD_CODE,    /* one of codes */
	FIELD_CODES,   /* several of codes, blank-separated, in any order */
	FIELD_LINK,    /* the id of an entity of the kind that link names */
	FIELD_YES,     /* 1 yes, 0 no */
	FIELD_ABOUT, /* a field of a kind, "goal.words"; "goal." is all of it */
};

enum field_flag {
	FIELD_NEEDED = 1,  /* an entity without it is not saved */
	FIELD_FIXED = 2,   /* given once: later saves may not change it */
	FIELD_INDEXED = 4, /* looked for by it */
	FIELD_INNER = 8,   /* programs set it; no sheet asks for it */
	FIELD_OWN = 16,    /* the agency's: kept apart, see own_field */
};

struct field {
	const char *name; /* column, key of the label: "field.KIND.NAME" */
	enum field_type type;
	unsigned flags;
	const char *codes; /* blank-separated; labels: "code.KIND.FIELD.CODE" */
	/* Name of a kind; with FIELD_WHOLE the database does not watch over it,
	 * as a kind that lies apart needs. */
	const char *link;
};

/* A step of a life-cycle; the field "state" holds where an entity is, and a
 * field "reason", where there is one, why: what the last move gave. */
struct kind_move {
	const char *from, *to;
};

/* What a worker may be; bits of record_who.roles. */
enum role {
	ROLE_RECEPTION = 1,
	ROLE_WORKER = 2,
	ROLE_SUPERVISOR = 4,
	ROLE_COORDINATOR = 8,
	ROLE_ADMINISTRATOR = 16,
	ROLE_AUDITOR = 32,
	ROLE_SAFETY = 64,
};
#define ROLES_CLIENT                                            \
	(ROLE_WORKER | ROLE_SUPERVISOR) /* see and write people \
					 */
#define ROLES_FRONT (ROLES_CLIENT | ROLE_RECEPTION)
/* Who reads what is restricted or about somebody's safety. */
#define ROLES_GUARDED (ROLE_SUPERVISOR | ROLE_SAFETY)

/*
 * How secret an entity is: "restricted" and "safety" are for ROLES_GUARDED
 * alone, and leave the record in no export, report or shared page; see
 * entity_goes_out(). "safety" alone opens nothing that is "open".
 */
#define GUARDS "open restricted safety"

struct entity;

struct kind {
	const char *name; /* table, audit subject, key of "kind.NAME" */
	const struct field *fields;
	size_t field_count;
	/* Where it can go from where; an entity begins in the first from. NULL
	 * where there is no life-cycle. Ends with a NULL from. */
	const struct kind_move *moves;
	unsigned read, write; /* roles; 0: everyone */
	/* Which of its fields lead to the person or household whose team's
	 * wall it stands behind, blanks between: "person household"; "id" is
	 * the entity itself; NULL: no wall. */
	const char *wall;
	/* A field with the codes of GUARDS: how secret each of them is beyond
	 * the kind's roles; NULL: all alike. Whoever may write the kind may
	 * give in what they cannot read again. */
	const char *guard;
	/* Set by a worker's signature: afterwards nothing changes. A field of
	 * FIELD_INSTANT, or NULL. */
	const char *signed_at;
	bool asks_source; /* self, told or seen matters for it */
	bool watched;     /* looking at one is audited as a view */
	bool apart;       /* lies with the names in pseudonymous mode: nothing
			     may refer to its table */
	/* saved makes or moves entities that are changes of their own: where a
	 * laptop brings its changes they come too, and are not made twice. */
	bool saved_makes;

	/*
	 * Both run inside the change's transaction, for saves, moves, removals
	 * and undoing alike. check says what is wrong as the name of a field
	 * (static or the kind's), NULL for nothing; before is NULL for a new
	 * entity. saved keeps what follows from an entity: keys, next dates.
	 */
	const char *(*check)(struct record *record, const struct entity *before,
			     const struct entity *after);
	enum fault (*saved)(struct record *record, const struct entity *before,
			    const struct entity *after,
			    const struct record_who *who, int64_t now);
};

const struct kind *kind_find(const char *name); /* NULL: there is none */
size_t kind_count(void);
const struct kind *kind_at(size_t index); /* in the order of the tables */

/* A built-in field of a kind, or NULL; its place in kind->fields. */
const struct field *kind_field(const struct kind *kind, const char *name);

/* Where an entity begins: its first state; "" without a life-cycle. */
const char *kind_first_state(const struct kind *kind);
/* Whether from may become to. */
bool kind_may_move(const struct kind *kind, const char *from, const char *to);

/* Whether a blank-separated list has the code, of length bytes. */
bool codes_have(const char *codes, const char *code, size_t length);

const char *field_type_word(enum field_type type); /* "day" */
bool field_type_of(const char *word, enum field_type *out);
