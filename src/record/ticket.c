#include "record/ticket.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "record/statement.h"

#define HASH ((size_t)32)

void ticket_filed_done(struct ticket_filed *filed)
{
	free(filed->at);
	free(filed->by);
	*filed = (struct ticket_filed){ 0 };
}

enum fault ticket_look(struct record *record, const uint8_t kiosk_key[32],
		       uint32_t seq, const uint8_t wire_hash[32],
		       enum ticket_seen *seen, struct ticket_filed *filed)
{
	struct store_ask *ask;
	enum fault fault = statement_ask(record, TICKET_LOOK, &ask, "bi",
					 kiosk_key, HASH, (int64_t)seq);
	bool row;

	*seen = TICKET_NEW;
	*filed = (struct ticket_filed){ 0 };
	while (!fault && !(fault = statement_row(record, ask, &row)) && row) {
		bool same = store_length(ask, 0) == HASH &&
			    !memcmp(store_bytes(ask, 0), wire_hash, HASH);

		*seen = same ? TICKET_FILED : TICKET_CLONED;
		filed->at = xstrdup(statement_text(ask, 1));
		filed->by = xstrdup(statement_text(ask, 2));
		filed->visit = strtoll(statement_text(ask, 3), NULL, 10);
	}
	return fault;
}

enum fault held_keep(struct record *record, const uint8_t wire_hash[32],
		     const void *wire, size_t length, const char *reason,
		     const struct record_who *who, int64_t now)
{
	SCOPED(transaction_endp) struct transaction *change = NULL;
	char at[INSTANT_BYTES];
	enum fault fault;

	assert(length <= HELD_WIRE_LIMIT);
	instant_write(now, at);
	if ((fault = transaction_begin(record, &change)) ||
	    (fault = statement_run(record, HELD_KEEP, "bbtt", wire_hash, HASH,
				   wire, length, reason, at)))
		return fault;
	/* Trying it again with the same result is no change. */
	if (store_changed(record->db) &&
	    (fault = audit_add(record, who, now, "keep-aside", "ticket", 0,
			       reason)))
		return fault;
	return transaction_commit(&change);
}

enum fault held_drop(struct record *record, const uint8_t wire_hash[32],
		     const char *why, const struct record_who *who, int64_t now)
{
	SCOPED(transaction_endp) struct transaction *change = NULL;
	enum fault fault;

	if ((fault = transaction_begin(record, &change)) ||
	    (fault = statement_run(record, HELD_DROP, "b", wire_hash, HASH)) ||
	    (fault = audit_add(record, who, now, "drop", "ticket", 0, why)))
		return fault;
	return transaction_commit(&change);
}

/* A row of another program's making that does not fit is left where it is. */
static bool take_row(struct store_ask *ask, struct held *held)
{
	size_t length = store_length(ask, 1);

	if (store_length(ask, 0) != HASH || length > HELD_WIRE_LIMIT) {
		log_warning("a ticket kept aside has %zu bytes and cannot be "
			    "one; it is passed over",
			    length);
		return false;
	}
	*held = (struct held){ .length = length };
	memcpy(held->wire_hash, store_bytes(ask, 0), HASH);
	if (length)
		memcpy(held->wire, store_bytes(ask, 1), length);
	strncpy(held->reason, statement_text(ask, 2), sizeof held->reason - 1);
	held->held_at = instant_read(statement_text(ask, 3));
	return true;
}

enum fault held_read(struct record *record, struct held **out, size_t *count)
{
	struct held *rows = NULL;
	size_t have = 0, room = 0;
	struct store_ask *ask;
	enum fault fault = statement_ask(record, HELD_EACH, &ask, "");
	bool row;

	while (!fault && !(fault = statement_row(record, ask, &row)) && row) {
		if (have == room) {
			room = room ? room * 2 : 8;
			rows = xreallocarray(rows, room, sizeof *rows);
		}
		have += take_row(ask, &rows[have]);
	}
	if (fault) {
		free(rows);
		return fault;
	}
	*out = rows;
	*count = have;
	return FAULT_NONE;
}
