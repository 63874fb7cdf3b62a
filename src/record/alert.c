#include "record/alert.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "record/statement.h"

static const char *const outcomes[] = {
	[ALERT_NO_OUTCOME] = "",       [ALERT_TALKED] = "talked",
	[ALERT_REFERRED] = "referred", [ALERT_DECLINED] = "declined",
	[ALERT_GONE] = "gone",         [ALERT_MISTAKE] = "mistake",
	[ALERT_TEST] = "test",
};

static void copy(char *to, size_t room, const char *text)
{
	strncpy(to, text, room - 1);
	to[room - 1] = 0;
}

static struct alert take_row(struct store_ask *ask)
{
	struct alert alert = {
		.id = store_number(ask, 0),
		.visit = store_number(ask, 1),
		.kind = strcmp(statement_text(ask, 3), "quiet")
			    ? ALERT_MONTHLY_TEST
			    : ALERT_QUIET,
		.raised = store_number(ask, 5),
		.acknowledged = store_number(ask, 6),
		.repeated = (int)store_number(ask, 8),
	};

	copy(alert.number, sizeof alert.number, statement_text(ask, 2));
	copy(alert.desk, sizeof alert.desk, statement_text(ask, 4));
	copy(alert.by, sizeof alert.by, statement_text(ask, 7));
	return alert;
}

/* *fresh: one of them is repeated here, and nobody has written that down. */
static enum fault read_rows(struct record *record, const char *desk,
			    int64_t now, struct alert **out, size_t *count,
			    bool *fresh)
{
	struct store_ask *ask;
	size_t room = 0;
	enum fault fault =
	    statement_ask(record, ALERT_ROWS, &ask, "tii", desk,
			  now - ALERT_REPEAT_MS, now + ALERT_AHEAD_MS);
	bool row;

	while (!fault && !(fault = statement_row(record, ask, &row)) && row) {
		if (*count == room) {
			room = room ? room * 2 : 8;
			*out = xreallocarray(*out, room, sizeof **out);
		}
		(*out)[(*count)++] = take_row(ask);
		*fresh |= (int)store_number(ask, 9);
	}
	return fault;
}

enum fault alert_read(struct record *record, const struct record_who *who,
		      int64_t now, struct alert **out, size_t *count)
{
	struct alert *rows = NULL;
	size_t have = 0;
	bool fresh = false;
	enum fault fault =
	    read_rows(record, who->desk, now, &rows, &have, &fresh);

	/* Showing comes first: a full disk must not hide an alert. */
	if (!fault && fresh)
		(void)!statement_run(record, ALERT_REPEAT, "tiii", who->desk,
				     now - ALERT_REPEAT_MS,
				     now + ALERT_AHEAD_MS, now);
	if (fault) {
		free(rows);
		return fault;
	}
	*out = rows;
	*count = have;
	return FAULT_NONE;
}

enum fault alert_calls(struct record *record, const struct record_who *who,
		       int64_t now, bool *calls)
{
	struct alert *rows;
	size_t count;
	enum fault fault = alert_read(record, who, now, &rows, &count);

	if (fault)
		return fault;
	*calls = false;
	for (size_t i = 0; i < count; i++)
		*calls = *calls || !rows[i].acknowledged;
	free(rows);
	return FAULT_NONE;
}

struct standing {
	bool known, erased;
	int64_t acknowledged, closed, visit;
};

static enum fault look(struct record *record, int64_t id,
		       struct standing *standing)
{
	struct store_ask *ask;
	enum fault fault = statement_ask(record, ALERT_LOOK, &ask, "i", id);
	bool row;

	*standing = (struct standing){ 0 };
	while (!fault && !(fault = statement_row(record, ask, &row)) && row)
		*standing = (struct standing){
			.known = true,
			.acknowledged = store_number(ask, 0),
			.closed = store_number(ask, 1),
			.visit = store_number(ask, 2),
			.erased = (int)store_number(ask, 3),
		};
	return fault;
}

static enum fault acknowledge(struct record *record, int64_t id,
			      const struct record_who *who, int64_t now)
{
	enum fault fault =
	    statement_run(record, ALERT_ACKNOWLEDGE, "iit", id, now, who->user);

	return fault ? fault
		     : audit_add(record, who, now, "acknowledge", "alert", id,
				 NULL);
}

enum fault alert_acknowledge(struct record *record, int64_t id,
			     const struct record_who *who, int64_t now,
			     enum alert_answer *answer)
{
	SCOPED(transaction_endp) struct transaction *change = NULL;
	struct standing standing;
	enum fault fault;

	if ((fault = transaction_begin(record, &change)) ||
	    (fault = look(record, id, &standing)))
		return fault;
	*answer = !standing.known                            ? ALERT_UNKNOWN
		  : standing.acknowledged || standing.closed ? ALERT_ALREADY
							     : ALERT_DONE;
	if (*answer != ALERT_DONE)
		return FAULT_NONE;
	if ((fault = acknowledge(record, id, who, now)))
		return fault;
	return transaction_commit(&change);
}

static enum fault close_it(struct record *record, int64_t id,
			   const struct standing *standing,
			   enum alert_outcome outcome,
			   const struct record_who *who, int64_t now)
{
	enum fault fault = FAULT_NONE;

	if (!standing->acknowledged)
		fault = acknowledge(record, id, who, now);
	if (!fault)
		fault = statement_run(record, ALERT_CLOSE, "iitt", id, now,
				      who->user, outcomes[outcome]);
	/* The visit's answers went before this was closed: let go of it now. */
	if (!fault && standing->visit && standing->erased)
		fault =
		    statement_run(record, ALERT_UNLINK, "i", standing->visit);
	return fault ? fault
		     : audit_add(record, who, now, "close", "alert", id, NULL);
}

enum fault alert_close(struct record *record, int64_t id,
		       enum alert_outcome outcome, const struct record_who *who,
		       int64_t now, enum alert_answer *answer)
{
	SCOPED(transaction_endp) struct transaction *change = NULL;
	struct standing standing;
	enum fault fault;

	assert(outcome != ALERT_NO_OUTCOME);
	if ((fault = transaction_begin(record, &change)) ||
	    (fault = look(record, id, &standing)))
		return fault;
	*answer = !standing.known   ? ALERT_UNKNOWN
		  : standing.closed ? ALERT_ALREADY
				    : ALERT_DONE;
	if (*answer != ALERT_DONE)
		return FAULT_NONE;
	if ((fault = close_it(record, id, &standing, outcome, who, now)))
		return fault;
	return transaction_commit(&change);
}

enum fault alert_raise_test(struct record *record, const struct record_who *who,
			    int64_t now, int64_t *id)
{
	SCOPED(transaction_endp) struct transaction *change = NULL;
	enum fault fault;

	if ((fault = transaction_begin(record, &change)) ||
	    (fault = statement_number(record, ALERT_ADD, 0, id, "itti",
				      (int64_t)0, "test", who->desk, now)) ||
	    (fault = audit_add(record, who, now, "raise", "alert", *id, NULL)))
		return fault;
	return transaction_commit(&change);
}
