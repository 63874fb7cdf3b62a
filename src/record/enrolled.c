#include "record/enrolled.h"

#include <ctype.h>
#include <string.h>

#include "record/statement.h"

static bool is_name(const char *name)
{
	size_t length = strlen(name);

	if (length < 1 || length > ENROLLED_NAME_LIMIT)
		return false;
	for (const char *c = name; *c; c++) {
		if (!isascii(*c) || (!isalnum(*c) && *c != '.' && *c != '_'))
			return false;
	}
	return true;
}

/* Why a kiosk cannot be added; ENROLLED_DONE if it can. */
static enum fault look(struct record *record, const uint8_t key[32],
		       const char *name, enum enrolled_answer *answer)
{
	int64_t same_key = 0, same_name = 0, count = 0;
	enum fault fault;

	if ((fault = statement_number(record, KIOSK_BY_KEY, 0, &same_key, "b",
				      key, (size_t)32)) ||
	    (fault = statement_number(record, KIOSK_BY_NAME, 0, &same_name, "t",
				      name)) ||
	    (fault = statement_number(record, KIOSK_COUNT, 0, &count, "")))
		return fault;
	*answer = same_key                  ? ENROLLED_ALREADY
		  : count >= ENROLLED_LIMIT ? ENROLLED_FULL
		  : same_name               ? ENROLLED_NAME_SHARED
					    : ENROLLED_DONE;
	return FAULT_NONE;
}

enum fault enrolled_add(struct record *record, const uint8_t key[32],
			const char *name, const char *zone,
			const struct record_who *who, int64_t now,
			enum enrolled_answer *answer)
{
	SCOPED(transaction_endp) struct transaction *change = NULL;
	enum fault fault;

	if (!is_name(name)) {
		*answer = ENROLLED_BAD_NAME;
		return FAULT_NONE;
	}
	if ((fault = transaction_begin(record, &change)) ||
	    (fault = look(record, key, name, answer)) ||
	    *answer == ENROLLED_ALREADY || *answer == ENROLLED_FULL)
		return fault;
	if ((fault = statement_run(record, KIOSK_ADD, "bttit", key, (size_t)32,
				   name, zone, now, who->user)) ||
	    (fault = audit_add(record, who, now, "enrol", "kiosk", 0, name)))
		return fault;
	return transaction_commit(&change);
}

/* Its name, NULL where there is none; the caller frees it. */
static enum fault name_of(struct record *record, const uint8_t key[32],
			  char **name)
{
	struct store_ask *ask;
	enum fault fault =
	    statement_ask(record, KIOSK_BY_KEY, &ask, "b", key, (size_t)32);
	bool row;

	*name = NULL;
	while (!fault && !(fault = statement_row(record, ask, &row)) && row)
		*name = xstrdup(statement_text(ask, 1));
	return fault;
}

/* Which kiosk, and up to which ticket it is still believed. */
static enum fault note_revoked(struct record *record, const char *name,
			       uint32_t last_good, const struct record_who *who,
			       int64_t now)
{
	SCOPED(char_freep)
	char *what = xasprintf("%s ≤ %lu", name, (unsigned long)last_good);

	return audit_add(record, who, now, "revoke", "kiosk", 0, what);
}

enum fault enrolled_revoke(struct record *record, const uint8_t key[32],
			   uint32_t last_good, const struct record_who *who,
			   int64_t now, enum enrolled_answer *answer)
{
	SCOPED(transaction_endp) struct transaction *change = NULL;
	SCOPED(char_freep) char *name = NULL;
	enum fault fault;

	if ((fault = transaction_begin(record, &change)) ||
	    (fault = name_of(record, key, &name)))
		return fault;
	*answer = name ? ENROLLED_DONE : ENROLLED_UNKNOWN;
	if (!name)
		return FAULT_NONE;
	if ((fault =
		 statement_run(record, KIOSK_REVOKE, "biti", key, (size_t)32,
			       now, who->user, (int64_t)last_good)) ||
	    (fault = note_revoked(record, name, last_good, who, now)))
		return fault;
	return transaction_commit(&change);
}

enum fault enrolled_each(struct record *record, enrolled_visit *visit, void *to)
{
	struct store_ask *ask;
	enum fault fault = statement_ask(record, KIOSK_EACH, &ask, "");
	bool row;

	while (!fault && !(fault = statement_row(record, ask, &row)) && row) {
		struct enrolled kiosk = {
			.name = statement_text(ask, 1),
			.zone = statement_text(ask, 2),
			.enrolled_at = store_number(ask, 3),
			.enrolled_by = statement_text(ask, 4),
			.revoked = (int)store_number(ask, 5),
			.last_good = (uint32_t)store_number(ask, 6),
			.last_filed = (uint32_t)store_number(ask, 7),
		};

		memcpy(kiosk.key, store_bytes(ask, 0), sizeof kiosk.key);
		visit(to, &kiosk);
	}
	return fault;
}
