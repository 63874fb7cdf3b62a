#include <stdlib.h>
#include <string.h>

#include "record/caseload_inside.h"
#include "record/consent.h"
#include "record/consent_inside.h"
#include "record/inside.h"
#include "record/kinds.h"
#include "record/visit.h"

/* What a laptop erased, and what it wrote down of who did and saw what. */

/* --- erased --------------------------------------------------------------- */

struct stone {
	char *subject, *rule, *user;
	int64_t id, at;
};

static void stone_done(struct stone *stone)
{
	free(stone->subject);
	free(stone->rule);
	free(stone->user);
}

static enum fault read_stone(struct record *there, int64_t id,
			     struct stone *stone)
{
	struct store_ask *ask;
	enum fault fault = statement_take(
	    there,
	    "SELECT subject, subject_id, rule, at, user FROM tombstone WHERE"
	    " id = ?1",
	    &ask);
	bool row = false;

	*stone = (struct stone){ 0 };
	if (fault)
		return fault;
	store_bind(ask, 1, id);
	if (!(fault = statement_row(there, ask, &row)) && row)
		*stone = (struct stone){
			.subject = xstrdup(statement_text(ask, 0)),
			.id = store_number(ask, 1),
			.rule = xstrdup(statement_text(ask, 2)),
			.at = store_number(ask, 3),
			.user = xstrdup(statement_text(ask, 4)),
		};
	statement_give_back(there, ask);
	return fault;
}

static enum fault erase_one_visit(struct merging *merging, int64_t here,
				  const struct stone *stone,
				  const struct record_who *who)
{
	enum visit_acted answer;
	int64_t erased = 0;
	enum fault fault = statement_value(
	    merging->here,
	    "SELECT erased_at IS NOT NULL FROM visit WHERE id = ?1", 1, &erased,
	    "i", here);

	if (fault || erased)
		return fault;
	return strcmp(stone->rule, "withdrawn") == 0
		   ? visit_withdraw(merging->here, here, who, merging->now,
				    &answer)
		   : erase_visit(merging->here, here, stone->rule, who,
				 merging->now);
}

static enum fault erase_here(struct merging *merging, const struct stone *stone)
{
	const struct record_who who = { .user = stone->user, .desk = "" };
	const struct kind *kind = kind_find(stone->subject);
	const bool visit = strcmp(stone->subject, "visit") == 0;
	int64_t here = 0;
	enum fault fault = FAULT_NONE;

	/* Counts of nobody, and what only the agency decides. */
	if (!visit && (!kind || kind == &kind_user))
		return FAULT_NONE;
	fault = map_find(merging, stone->subject, stone->id, &here);
	if (fault || !here)
		return fault;
	return visit ? erase_one_visit(merging, here, stone, &who)
	       : kind == &kind_person
		   ? person_erase(merging->here, here, stone->rule, &who,
				  merging->now)
		   : erase_tree(merging->here, kind, here, stone->rule, &who,
				merging->now);
}

static enum fault merge_stone(struct merging *merging, int64_t id)
{
	SCOPED(transaction_endp) struct transaction *change = NULL;
	struct stone stone = { 0 };
	int64_t here;
	enum fault fault;
	bool has;

	if (!(fault = transaction_begin(merging->here, &change)) &&
	    !(fault = map_has(merging, "tombstone", id, &has, &here)) && !has &&
	    !(fault = read_stone(merging->there, id, &stone)) &&
	    stone.subject && !(fault = erase_here(merging, &stone)) &&
	    (id > merging->last_tombstone ||
	     !(fault = map_put(merging, "tombstone", id, 0))))
		fault = transaction_commit(&change);
	stone_done(&stone);
	return fault;
}

enum fault merge_erased(struct merging *merging)
{
	return merging_each(merging, "SELECT id FROM tombstone ORDER BY id", 0,
			    merge_stone);
}

/* --- audit ---------------------------------------------------------------- */

static enum fault copy_row(struct merging *merging, struct store_ask *ask)
{
	const char *subject = statement_text(ask, 4);
	const struct record_who who = { .user = statement_text(ask, 1),
					.desk = statement_text(ask, 2) };
	const bool mapped = kind_find(subject) || !strcmp(subject, "visit") ||
			    !strcmp(subject, "alert");
	int64_t id = store_number(ask, 5);
	enum fault fault = FAULT_NONE;

	if (mapped && id)
		fault = map_find(merging, subject, id, &id);
	return fault ? fault
		     : audit_add(merging->here, &who, store_number(ask, 0),
				 statement_text(ask, 3), subject, id,
				 store_text(ask, 6));
}

static enum fault copy_rows(struct merging *merging, int64_t from,
			    int64_t *last)
{
	struct store_ask *ask;
	enum fault fault = statement_take(
	    merging->there,
	    "SELECT at, user, desk, act, subject, subject_id, old, id FROM"
	    " audit WHERE id > ?1 AND id <= ?2 ORDER BY id",
	    &ask);
	int64_t here = 0;
	bool row;

	*last = from;
	if (fault)
		return fault;
	store_bind(ask, 1, from);
	store_bind(ask, 2, merging->last_audit);
	while (!(fault = statement_row(merging->there, ask, &row)) && row &&
	       !(fault = copy_row(merging, ask)))
		*last = store_number(ask, 7);
	statement_give_back(merging->there, ask);
	/* By the last the laptop is known again; see is_rolled_back(). */
	if (fault || *last == from ||
	    (fault = statement_value(merging->here, "SELECT max(id) FROM audit",
				     0, &here, "")))
		return fault;
	return map_put(merging, "audit", *last, here);
}

/* The last step: that it came back is written down with what was seen away. */
enum fault merge_audit(struct merging *merging)
{
	SCOPED(transaction_endp) struct transaction *change = NULL;
	struct record *here = merging->here;
	int64_t from = 0, last = 0;
	enum fault fault;

	if ((fault = transaction_begin(here, &change)) ||
	    (fault = map_from(merging, "audit", &last)) ||
	    (fault = statement_value(here,
				     "SELECT audit FROM caseload_back WHERE"
				     " copy = ?1",
				     last, &from, "b", merging->of.copy,
				     CASELOAD_ID)) ||
	    (fault = copy_rows(merging, from, &last)) ||
	    (fault = statement_do(
		 here,
		 "INSERT INTO caseload_back (copy, checkout, audit, at, user)"
		 " VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT (copy) DO UPDATE "
		 "SET audit"
		 " = excluded.audit, at = excluded.at, user = excluded.user",
		 "bbiit", merging->of.copy, CASELOAD_ID, merging->of.checkout,
		 CASELOAD_ID, last, merging->now, merging->who->user)) ||
	    (fault = audit_add(here, merging->who, merging->now, "merge",
			       "record", 0, NULL)))
		return fault;
	return transaction_commit(&change);
}
