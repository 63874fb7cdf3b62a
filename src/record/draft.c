#include "record/draft.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "record/inside.h"

#define DAY_MS ((int64_t)24 * 3600 * 1000)

static const char add[] =
    "INSERT INTO draft (user, form, language, paper, filled, begun, changed,"
    " answers) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?6, names_keep(NULL, ?7))"
    " RETURNING id";
/* Changes no row where it has expired meanwhile: then it is added anew. */
static const char change[] =
    "UPDATE draft SET language = ?3, paper = ?4, filled = ?5, changed = ?6,"
    " answers = names_keep(NULL, ?7) WHERE id = ?1 AND user = ?2";
static const char list[] =
    "SELECT id, form, language, paper, filled, begun, changed,"
    " names_reveal(answers) FROM draft WHERE user = ?1"
    " ORDER BY changed DESC, id DESC LIMIT ?2";
static const char forget[] = "DELETE FROM draft WHERE id = ?1 AND user = ?2";
static const char due[] = "SELECT 1 FROM draft WHERE changed <= ?1 LIMIT 1";
static const char expire[] = "DELETE FROM draft WHERE changed <= ?1";

void draft_done(struct draft *draft)
{
	free(draft->language);
	free(draft->code);
	char_wipe(draft->answers);
	*draft = (struct draft){ 0 };
}

static enum fault write(struct record *record, struct draft *draft,
			const struct record_who *who, int64_t now)
{
	enum fault fault;

	if (draft->id &&
	    ((fault = statement_do(record, change, "itttiit", draft->id,
				   who->user, draft->language, draft->code,
				   draft->filled, now, draft->answers)) ||
	     store_changed(record->db)))
		return fault;
	return statement_value(record, add, 0, &draft->id, "tbttiit", who->user,
			       draft->form, sizeof draft->form, draft->language,
			       draft->code, draft->filled, now, draft->answers);
}

enum fault draft_save(struct record *record, struct draft *draft,
		      const struct record_who *who, int64_t now)
{
	SCOPED(transaction_endp) struct transaction *saving = NULL;
	const int64_t id = draft->id;
	enum fault fault;

	if (strlen(draft->answers) > RECORD_TEXT_LIMIT) {
		log_error("the answers of a paper are longer than %d bytes",
			  RECORD_TEXT_LIMIT);
		return FAULT_LIMIT;
	}
	if (!(fault = transaction_begin(record, &saving)) &&
	    !(fault = write(record, draft, who, now)))
		fault = transaction_commit(&saving);
	if (fault)
		draft->id = id;
	else
		draft->changed = now;
	return fault;
}

static enum fault take_row(struct record *record, struct store_ask *ask,
			   struct draft *draft)
{
	*draft = (struct draft){
		.id = store_number(ask, 0),
		.language = xstrdup(statement_text(ask, 2)),
		.code = xstrdup(statement_text(ask, 3)),
		.filled = store_number(ask, 4),
		.begun = store_number(ask, 5),
		.changed = store_number(ask, 6),
		.answers = xstrdup(statement_text(ask, 7)),
	};
	return statement_blob(record, ask, 1, sizeof draft->form,
			      sizeof draft->form, draft->form, NULL);
}

enum fault draft_read(struct record *record, const struct record_who *who,
		      struct draft **out, size_t *count)
{
	struct draft *rows = xcalloc(DRAFT_LIMIT, sizeof *rows);
	struct store_ask *ask;
	enum fault fault = statement_take(record, list, &ask);
	size_t read = 0;
	bool row;

	if (!fault) {
		store_bind_text(ask, 1, who->user);
		store_bind(ask, 2, DRAFT_LIMIT);
		while (!(fault = statement_row(record, ask, &row)) && row &&
		       !(fault = take_row(record, ask, &rows[read++])))
			;
		statement_give_back(record, ask);
	}
	if (fault) {
		while (read)
			draft_done(&rows[--read]);
		free(rows);
		return fault;
	}
	*out = rows;
	*count = read;
	return FAULT_NONE;
}

enum fault draft_forget(struct record *record, int64_t id,
			const struct record_who *who)
{
	record->erased = true;
	return statement_do(record, forget, "it", id, who->user);
}

enum fault draft_drop(struct record *record, int64_t id,
		      const struct record_who *who, int64_t now)
{
	SCOPED(transaction_endp) struct transaction *dropping = NULL;
	enum fault fault;

	if ((fault = transaction_begin(record, &dropping)) ||
	    (fault = draft_forget(record, id, who)) ||
	    (fault = audit_add(record, who, now, "drop", "draft", id, NULL)))
		return fault;
	return transaction_commit(&dropping);
}

enum fault draft_expire(struct record *record, int64_t now)
{
	const int64_t until = now - DRAFT_DAYS * DAY_MS;
	SCOPED(transaction_endp) struct transaction *expiring = NULL;
	int64_t any = 0;
	/* Asked without a lock first: mostly none is due. */
	enum fault fault = statement_value(record, due, 0, &any, "i", until);

	if (fault || !any)
		return fault;
	if ((fault = transaction_begin(record, &expiring)) ||
	    (fault = statement_do(record, expire, "i", until)))
		return fault;
	record->erased = true;
	return transaction_commit(&expiring);
}
