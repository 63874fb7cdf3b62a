#include <stdlib.h>

#include "record/statement.h"
#include "record/user.h"

/* Everybody's copy of the agency key's passphrase becomes another one's. */

/* One copy; walks are not changed while they are walked. */
struct copy {
	int64_t user;
	struct bytes box;
};

struct copies {
	struct copy *all;
	size_t count;
};

static void copies_done(struct copies *copies)
{
	for (size_t i = 0; i < copies->count; i++)
		bytes_done(&copies->all[i].box);
	free(copies->all);
}

static enum fault read_copies(struct record *record, struct copies *out)
{
	struct store_ask *ask;
	enum fault fault = statement_take(record,
					  "SELECT user, box FROM sign_in"
					  " WHERE box IS NOT NULL",
					  &ask);
	bool row;

	if (fault)
		return fault;
	while (!(fault = statement_row(record, ask, &row)) && row) {
		struct copy copy = { .user = store_number(ask, 0) };

		bytes_add(&copy.box, store_bytes(ask, 1), store_length(ask, 1));
		out->all =
		    xreallocarray(out->all, out->count + 1, sizeof *out->all);
		out->all[out->count++] = copy;
	}
	statement_give_back(record, ask);
	return fault;
}

static enum fault renew_one(struct record *record, const struct copy *copy,
			    const char *key, struct user_renewed *told)
{
	struct bytes box = { 0 };
	const bool renewed =
	    own_renew(copy->box.data, copy->box.length, key, &box);
	enum fault fault =
	    statement_do(record, "UPDATE sign_in SET box = ?2 WHERE user = ?1",
			 "ib", copy->user, box.data, box.length);

	bytes_done(&box);
	told->copies += renewed;
	told->lost += !renewed;
	return fault;
}

enum fault user_renew_keys(struct record *record, const char *key,
			   const struct record_who *who, int64_t now,
			   struct user_renewed *told)
{
	SCOPED(transaction_endp) struct transaction *change = NULL;
	SCOPED(copies_done) struct copies copies = { 0 };
	enum fault fault;

	*told = (struct user_renewed){ 0 };
	if ((fault = transaction_begin(record, &change)) ||
	    (fault = read_copies(record, &copies)))
		return fault;
	for (size_t i = 0; !fault && i < copies.count; i++)
		fault = renew_one(record, &copies.all[i], key, told);
	if (fault || (fault = audit_add(record, who, now, "key-passphrase",
					"agency", 0, NULL)))
		return fault;
	return transaction_commit(&change);
}
