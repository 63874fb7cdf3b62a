#include <stdlib.h>

#include "base/log.h"
#include "record/assess_inside.h"
#include "record/conflict_inside.h"
#include "record/inside.h"

enum fault erase_visit(struct record *record, int64_t id, const char *rule,
		       const struct record_who *who, int64_t now)
{
	static const enum statement removals[] = {
		INTAKE_REMOVE, ANSWER_REMOVE, RULE_REMOVE,    FACT_REMOVE,
		ACT_FORGET,    AUDIT_FORGET,  CONSENT_FORGET, ALERT_UNLINK,
	};
	enum fault fault = statement_run(record, TOMBSTONE_ADD, "itit", id,
					 rule, now, who->user);

	record->erased = true;
	for (size_t i = 0; !fault && i < COUNT(removals); i++)
		fault = statement_run(record, removals[i], "i", id);
	if (fault ||
	    (fault = statement_run(record, VISIT_EMPTY, "ii", id, now)) ||
	    (fault = conflicts_erase_visit(record, id)))
		return fault;
	return audit_add(record, who, now, "erase", "visit", id, NULL);
}

#define FLUSH_MS 200 /* waited for readers; a desk's screen waits too */

void erase_flush(struct record *record)
{
	record->erased = false;
	if (store_empty_journal(record->db, FLUSH_MS))
		(void)statement_refuse(record, "emptying its journal");
}

/* One visit a transaction, so that a full disk stops as little as it can. */
static enum fault erase_one_due(struct record *record, int64_t now, int64_t *id)
{
	static const struct record_who clock = { .user = "clock", .desk = "" };
	SCOPED(transaction_endp) struct transaction *change = NULL;
	enum fault fault;

	if ((fault = transaction_begin(record, &change)) ||
	    (fault = statement_number(record, VISIT_DUE, 0, id, "i", now)) ||
	    !*id)
		return fault;
	if ((fault = erase_visit(record, *id, "midnight", &clock, now)))
		return fault;
	return transaction_commit(&change);
}

enum fault record_expire(struct record *record, int64_t now, size_t *erased)
{
	enum fault fault;
	size_t count = 0;
	int64_t id = 0;

	if (erased)
		*erased = 0;
	/* Whoever only reads leaves it to those who write. */
	if (!store_may_write(record->db))
		return FAULT_NONE;
	/* Asked without a lock first: mostly nothing is due. */
	fault = statement_number(record, VISIT_DUE, 0, &id, "i", now);
	while (!fault && id) {
		fault = erase_one_due(record, now, &id);
		count += !fault && id;
	}
	if (!fault)
		fault = draft_expire(record, now);
	erase_flush(record);
	if (erased)
		*erased = count;
	return fault;
}

enum fault visit_withdraw(struct record *record, int64_t id,
			  const struct record_who *who, int64_t now,
			  enum visit_acted *answer)
{
	SCOPED(transaction_endp) struct transaction *change = NULL;
	enum visit_found found;
	struct visit visit = { 0 };
	enum fault fault;
	bool erased;

	if ((fault = transaction_begin(record, &change)) ||
	    (fault = visit_read(record, id, &found, &visit)))
		return fault;
	erased = visit.erased;
	visit_done(&visit);
	*answer = found == VISIT_NOT_THERE ? VISIT_UNKNOWN
		  : erased                 ? VISIT_NOTHING
					   : VISIT_ACTED;
	if (*answer != VISIT_ACTED)
		return FAULT_NONE;
	if ((fault = statement_run(record, CONSENT_ADD, "iitdtittb", id,
				   (int64_t)0, "keep", 0, "told", now,
				   who->user, "", (void *)NULL, (size_t)0)) ||
	    (fault = assess_forget(record, id, "withdrawn", who, now)) ||
	    (fault = people_forget_visit(record, id, who, now)) ||
	    (fault = erase_visit(record, id, "withdrawn", who, now)))
		return fault;
	return transaction_commit(&change);
}
