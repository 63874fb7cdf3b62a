#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "record/entity.h"

/*
 * Who looked at what and changed what, for whoever watches over that: an
 * auditor, or anybody as long as nobody signs in. It tells things by their kind
 * and number, and persons by theirs, never by a name or by what was written.
 */
struct audit_wanted {
	const char *user;    /* who did it; NULL: anybody */
	const char *subject; /* "note", "visit"; NULL: anything */
	int64_t person; /* what is about them; 0: about anybody, or nobody */
	int64_t from, until; /* moments, until not with them; 0: no end */
	int64_t row;         /* rows older than this one; 0: from the newest */
	size_t most;         /* 0: all */
};

struct audit_row {
	int64_t row; /* the younger, the greater */
	int64_t at;
	const char *user, *desk;
	const char *act;     /* "view", "change" */
	const char *subject; /* a kind's name; "visit", "record" */
	int64_t id;          /* which one; 0 where it has no number */
	const char *person;  /* the display number of whom it is about; NULL */
	const char *old;     /* names of the fields, or what it was; NULL */
};

/*
 * Walks the rows that are wanted, the newest first; false stops. A walk that
 * shows something restricted or watched is written down itself, as "view" or as
 * what is told: "export", "print". ENTITY_REFUSED: not for these roles; nothing
 * is shown. The walk must not change the record.
 */
typedef bool audit_visit(void *to, const struct audit_row *row);
MUST_CHECK enum fault audit_read(struct record *record,
				 const struct audit_wanted *wanted,
				 const char *act, const struct record_who *who,
				 int64_t now, enum entity_answer *answer,
				 audit_visit *visit, void *to);

/* Who is in the newest AUDIT_LOOKED rows of it, or which kinds of things, each
 * once, in their order. */
#define AUDIT_LOOKED 100000
enum audit_part { AUDIT_USERS, AUDIT_SUBJECTS };
typedef void audit_name(void *to, const char *name);
MUST_CHECK enum fault audit_names(struct record *record, enum audit_part part,
				  const struct record_who *who,
				  audit_name *name, void *to);

/* The person with a display number, whatever its letters' size; 0: there is
 * none. */
MUST_CHECK enum fault audit_person(struct record *record, const char *number,
				   int64_t *person);
