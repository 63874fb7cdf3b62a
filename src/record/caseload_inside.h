#pragma once

#include "record/caseload.h"
#include "record/entity_sql.h"
#include "record/statement.h"

/* Inside the room: what the files about caseloads share. */

#define CASELOAD_ID ((size_t)16) /* bytes that name a checkout or a laptop */

/* What a record says of itself. */
struct caseload_away {
	bool away;   /* it is a laptop's */
	bool opened; /* and was opened there */
	uint8_t checkout[CASELOAD_ID], copy[CASELOAD_ID];
};
MUST_CHECK enum fault caseload_away_read(struct record *record,
					 struct caseload_away *away);

/*
 * Copies out of the record what a scope may take, as it is at one moment, into
 * a file that is empty: everything of theirs, and some more. Names that lie
 * apart stay.
 */
MUST_CHECK enum fault caseload_gather(struct record *from, struct record *copy,
				      const struct caseload_scope *scope);

/* A merge under way. */
struct merging {
	struct record *here, *there;
	struct caseload_away of; /* there */
	/* The laptop's own last rows; later ones were made by the clock while
	 * its file lies open here, and the laptop knows nothing of them. */
	int64_t last_audit, last_tombstone;
	const struct record_who *who;
	int64_t now;
	struct caseload_told *told;
};

/*
 * What a row of there is called here: in the map, the same where it was there
 * at the checkout and still is here, else 0. kind is a kind's name, "visit",
 * "act", "visit_act", "visit_consent" or "alert".
 */
MUST_CHECK enum fault map_find(struct merging *merging, const char *kind,
			       int64_t there, int64_t *here);
/* Whether the map has it, as 0 too. */
MUST_CHECK enum fault map_has(struct merging *merging, const char *kind,
			      int64_t there, bool *has, int64_t *here);
MUST_CHECK enum fault map_put(struct merging *merging, const char *kind,
			      int64_t there, int64_t here);
/* The last row of a table at the checkout. */
MUST_CHECK enum fault map_from(struct merging *merging, const char *table,
			       int64_t *last);

/* Ids or other numbers that a statement of there gives; ?1 is a number. The
 * caller frees *out. */
MUST_CHECK enum fault merging_ids(struct record *record, const char *sql,
				  int64_t number, int64_t **out, size_t *count);

/* Does one of there after the other, by such a statement, each as an act of its
 * own; stops at a fault. */
typedef enum fault merging_one(struct merging *merging, int64_t there);
MUST_CHECK enum fault merging_each(struct merging *merging, const char *sql,
				   int64_t number, merging_one *one);

/*
 * A row as texts, so that it is the same whichever engine gives it: i of a
 * number, t of text, a letter a column. Released with carried_done(), also
 * after a fault.
 */
struct carried {
	const char *types;
	char **values; /* NULL: there is no such row */
};
/* sql gives the row for ?1. */
MUST_CHECK enum fault carried_read(struct record *record, const char *sql,
				   const char *types, int64_t id,
				   struct carried *row);
void carried_done(struct carried *row);
DEFINE_SCOPED(struct carried, carried_done)
bool carried_differs(const struct carried *one, const struct carried *other);
/* Runs sql with id as ?1 and the columns from ?2 on; made (NULL: not asked) is
 * the number that it gives. Nothing is done for a row that is not there. */
MUST_CHECK enum fault carried_write(struct record *record, const char *sql,
				    int64_t id, const struct carried *row,
				    int64_t *made);

/* Both sides of a conflict; what is "goal.words". */
struct clash {
	const char *what;
	int64_t subject, person, household;
	int64_t other; /* whom theirs names, where that is a person */
	const char *ours, *ours_by, *theirs, *guard;
	const char *was; /* the laptop's, before theirs */
	int64_t ours_at;
	bool taken_back; /* theirs is so by undoing */
};
/* Inside a transaction: writes it down, or renews the one that this laptop has
 * open for the same field, and no other's. Once the laptop has taken back what
 * it said, there is nothing to decide any more. */
MUST_CHECK enum fault clash_write(struct merging *merging,
				  const struct clash *clash,
				  const struct change_about *about);
/* The open one of this laptop; 0: none. */
MUST_CHECK enum fault clash_find(struct merging *merging, const char *what,
				 int64_t subject, int64_t *id);
/* Closes it, if there is one: what the laptop says now is so here. */
MUST_CHECK enum fault clash_settle(struct merging *merging, const char *what,
				   int64_t subject,
				   const struct change_about *about);
/* clash_write() about an entity's field; "": the entity itself, in which theirs
 * says what became of it. was: what the laptop had before. */
MUST_CHECK enum fault clash_about(struct merging *merging,
				  const struct entity *entity,
				  const char *field, const char *ours,
				  const char *was, const char *theirs,
				  const struct change_about *about);

/* The steps, in this order; each may be run again. */
MUST_CHECK enum fault merge_tickets(struct merging *merging);
MUST_CHECK enum fault merge_alerts(struct merging *merging);
MUST_CHECK enum fault merge_acts(struct merging *merging);
MUST_CHECK enum fault merge_visits(struct merging *merging);
MUST_CHECK enum fault merge_erased(struct merging *merging);
MUST_CHECK enum fault merge_audit(struct merging *merging);
