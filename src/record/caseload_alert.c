#include <stdlib.h>

#include "record/caseload_inside.h"
#include "record/statement.h"

/* What was done about silent calls on a laptop, done here. */

/* The call of a visit here that one of there is. */
static enum fault find_here(struct merging *merging, int64_t visit,
			    int64_t *here)
{
	return statement_value(merging->here,
			       "SELECT id FROM alert WHERE visit = ?1 AND kind"
			       " = 'quiet' LIMIT 1",
			       0, here, "i", visit);
}

#define RAISED                                                          \
	"SELECT desk, raised, repeated, repeated_desk FROM alert WHERE" \
	" id = ?1"
#define RAISED_TYPES "tiit"

/* One that is of no visit here any more: its answers were erased. */
static enum fault raise_here(struct merging *merging, int64_t there,
			     int64_t visit, int64_t *here)
{
	static const char add[] =
	    "INSERT INTO alert (visit, kind, desk, raised, repeated,"
	    " repeated_desk) VALUES (nullif(?1, 0), 'quiet', ?2, ?3, ?4, ?5)"
	    " RETURNING id";
	SCOPED(carried_donep) struct carried *row = &(struct carried){ 0 };
	enum fault fault =
	    carried_read(merging->there, RAISED, RAISED_TYPES, there, row);

	return fault ? fault
		     : carried_write(merging->here, add, visit, row, here);
}

/* Its clock began at the first scan. */
static enum fault keep_raised(struct merging *merging, int64_t there,
			      int64_t here)
{
	static const char set[] =
	    "UPDATE alert SET desk = ?2, raised = ?3, repeated = ?4,"
	    " repeated_desk = ?5 WHERE id = ?1 AND raised > ?3";
	SCOPED(carried_donep) struct carried *row = &(struct carried){ 0 };
	enum fault fault =
	    carried_read(merging->there, RAISED, RAISED_TYPES, there, row);

	return fault ? fault
		     : carried_write(merging->here, set, here, row, NULL);
}

/* What it is called here; 0: it stays there. */
static enum fault find_or_raise(struct merging *merging, int64_t there,
				int64_t *here)
{
	int64_t visit = 0, last = 0;
	enum fault fault;
	bool has;

	if ((fault = map_has(merging, "alert", there, &has, here)) || has ||
	    (fault = map_from(merging, "alert", &last)))
		return fault;
	if (there <= last)
		return map_find(merging, "alert", there, here);
	if ((fault = statement_value(merging->there,
				     "SELECT coalesce(visit, 0) FROM alert"
				     " WHERE id = ?1",
				     0, &visit, "i", there)) ||
	    (visit && (fault = map_find(merging, "visit", visit, &visit))) ||
	    (fault = find_here(merging, visit, here)) ||
	    (fault = *here ? keep_raised(merging, there, *here)
			   : raise_here(merging, there, visit, here)))
		return fault;
	return map_put(merging, "alert", there, *here);
}

/* Whoever was first has answered it. */
static enum fault answer_here(struct merging *merging, int64_t there,
			      int64_t here)
{
	static const char *const set[] = {
		"UPDATE alert SET acknowledged = ?2, acknowledged_by = ?3"
		" WHERE id = ?1 AND acknowledged = 0",
		"UPDATE alert SET closed = ?4, closed_by = ?5, outcome = ?6"
		" WHERE id = ?1 AND closed = 0",
		/* The visit's answers went before it was closed. */
		"UPDATE alert SET visit = NULL WHERE id = ?1 AND closed > 0"
		" AND visit IN (SELECT id FROM visit WHERE erased_at IS NOT"
		" NULL)",
	};
	SCOPED(carried_donep) struct carried *row = &(struct carried){ 0 };
	enum fault fault =
	    carried_read(merging->there,
			 "SELECT acknowledged, acknowledged_by, closed,"
			 " closed_by, outcome FROM alert WHERE id = ?1",
			 "ititt", there, row);

	for (size_t i = 0; i < COUNT(set) && !fault; i++)
		fault = carried_write(merging->here, set[i], here, row, NULL);
	return fault;
}

static enum fault merge_alert(struct merging *merging, int64_t there)
{
	SCOPED(transaction_endp) struct transaction *change = NULL;
	int64_t here = 0;
	enum fault fault;

	if ((fault = transaction_begin(merging->here, &change)) ||
	    (fault = find_or_raise(merging, there, &here)) ||
	    (here && (fault = answer_here(merging, there, here))))
		return fault;
	return transaction_commit(&change);
}

enum fault merge_alerts(struct merging *merging)
{
	return merging_each(merging,
			    "SELECT id FROM alert WHERE kind = 'quiet' ORDER"
			    " BY id",
			    0, merge_alert);
}
