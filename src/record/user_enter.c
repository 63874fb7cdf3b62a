#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/log.h"
#include "record/statement.h"
#include "record/user.h"
#include "seal/secret.h"

/* Signing in. */

/* Somebody who might be who they say. */
struct candidate {
	int64_t id, again_at;
	int failed;
	bool away;
	char *name, *roles, *teams, *hash;
	struct bytes box;
};

static void candidate_done(struct candidate *candidate)
{
	free(candidate->name);
	free(candidate->roles);
	free(candidate->teams);
	free(candidate->hash);
	bytes_wipe(&candidate->box);
}

void user_in_done(struct user_in *in)
{
	free(in->name);
	free(in->teams);
	secret_free(in->key);
	char_wipe(in->hash);
	bytes_wipe(&in->box);
	*in = (struct user_in){ 0 };
}

static enum fault look_up(struct record *record, const char *name,
			  struct candidate *out)
{
	struct store_ask *ask;
	enum fault fault = statement_take(
	    record,
	    "SELECT user.id, name, roles, coalesce(teams, '[]'),"
	    " coalesce(away, 0), hash, box, failed, again_at"
	    " FROM user JOIN sign_in ON sign_in.user = user.id"
	    " WHERE gone = 0 AND lower(name) = lower(?1) LIMIT 1",
	    &ask);
	bool row;

	*out = (struct candidate){ 0 };
	if (fault)
		return fault;
	store_bind_text(ask, 1, name);
	if (!(fault = statement_row(record, ask, &row)) && row) {
		out->id = store_number(ask, 0);
		out->name = xstrdup(statement_text(ask, 1));
		out->roles = xstrdup(statement_text(ask, 2));
		out->teams = xstrdup(statement_text(ask, 3));
		out->away = (int)store_number(ask, 4);
		out->hash = xstrdup(statement_text(ask, 5));
		bytes_add(&out->box, store_bytes(ask, 6), store_length(ask, 6));
		out->failed = (int)store_number(ask, 7);
		out->again_at = store_number(ask, 8);
	}
	statement_give_back(record, ask);
	return fault;
}

/* How long nobody looks after so many attempts that failed. */
static int64_t slowed_by(int failed)
{
	int64_t wait = USER_SLOW_MS;

	if (failed <= USER_FREE)
		return 0;
	for (int i = USER_FREE + 1; i < failed && wait < USER_SLOWEST_MS; i++)
		wait *= 2;
	return wait < USER_SLOWEST_MS ? wait : USER_SLOWEST_MS;
}

/* A clock that was set back makes nobody wait longer than anybody would. */
static bool is_slowed(int64_t again_at, int64_t now)
{
	return now < again_at && again_at - now <= USER_SLOWEST_MS;
}

/* The attempt is on the disk as a failed one before it is looked at. */
static enum fault count_attempt(struct record *record, const char *name,
				const struct record_who *who, int64_t now,
				const char *act, struct candidate *candidate,
				bool *slowed)
{
	SCOPED(transaction_endp) struct transaction *change = NULL;
	enum fault fault;

	*slowed = false;
	if ((fault = transaction_begin(record, &change)) ||
	    (fault = look_up(record, name, candidate)))
		return fault;
	*slowed = candidate->id && is_slowed(candidate->again_at, now);
	if (!candidate->id || *slowed)
		return FAULT_NONE;
	candidate->failed++;
	if ((fault =
		 statement_do(record,
			      "UPDATE sign_in SET failed = ?2, again_at = ?3"
			      " WHERE user = ?1",
			      "idi", candidate->id, candidate->failed,
			      now + slowed_by(candidate->failed))) ||
	    (fault =
		 audit_add(record, who, now, act, "user", candidate->id, NULL)))
		return fault;
	return transaction_commit(&change);
}

/* Whoever is nobody waits as long for the answer as somebody does. */
static enum fault look_busy(const char *passphrase)
{
	char hash[OWN_HASH];

	return own_hash(passphrase, OWN_DESK, hash);
}

static enum fault welcome(struct record *record,
			  const struct candidate *candidate, const char *desk,
			  int64_t now)
{
	SCOPED(transaction_endp) struct transaction *change = NULL;
	const struct record_who who = { .user = candidate->name,
					.desk = desk,
					.id = candidate->id };
	enum fault fault;

	if ((fault = transaction_begin(record, &change)) ||
	    (fault = statement_do(record,
				  "UPDATE sign_in SET failed = 0,"
				  " again_at = 0, last_access = ?2"
				  " WHERE user = ?1",
				  "ii", candidate->id, now)) ||
	    (fault = audit_add(record, &who, now, "sign-in", "user",
			       candidate->id, NULL)))
		return fault;
	return transaction_commit(&change);
}

/* A copy that only its passphrase closes becomes one that can be renewed: see
 * user_renew_keys(). Without, it serves as it is. */
static enum fault modernise(struct record *record,
			    const struct candidate *candidate,
			    const char *passphrase, const char *key)
{
	struct bytes box = { 0 };
	enum fault fault;

	if (!key || own_renews(candidate->box.data, candidate->box.length))
		return FAULT_NONE;
	fault = own_wrap(passphrase, OWN_DESK, key, &box);
	if (!fault)
		fault =
		    statement_do(record,
				 "UPDATE sign_in SET box = ?2"
				 " WHERE user = ?1 AND box = ?3",
				 "ibb", candidate->id, box.data, box.length,
				 candidate->box.data, candidate->box.length);
	bytes_done(&box);
	return fault;
}

static enum fault open_box(int64_t id, const struct bytes *box,
			   const char *passphrase, char **key)
{
	SCOPED(secret_freep) char *inside = secret_new(PASSPHRASE_LIMIT);
	bool opened = false;
	enum fault fault;

	if (!box->length)
		return FAULT_NONE;
	fault = own_unwrap(passphrase, box->data, box->length, &opened, inside);
	if (fault || !opened) {
		log_warning("user %lld: what their passphrase opens is "
			    "damaged; give them one anew",
			    (long long)id);
		return fault == FAULT_FORMAT ? FAULT_NONE : fault;
	}
	*key = inside;
	inside = NULL;
	return FAULT_NONE;
}

static enum fault let_in(struct record *record, struct candidate *candidate,
			 const char *passphrase, const char *desk, int64_t now,
			 struct user_in *in)
{
	enum fault fault;

	if (!own_matches(candidate->hash, passphrase))
		return FAULT_NONE;
	in->answer = USER_AWAY;
	in->roles = user_roles(candidate->roles);
	/* Without a role no door is theirs; and none at all would open all. */
	if (candidate->away || !in->roles)
		return FAULT_NONE;
	if ((fault = welcome(record, candidate, desk, now)) ||
	    (fault = open_box(candidate->id, &candidate->box, passphrase,
			      &in->key)) ||
	    (fault = modernise(record, candidate, passphrase, in->key)))
		return fault;
	in->answer = USER_DONE;
	in->id = candidate->id;
	in->name = candidate->name;
	in->teams = candidate->teams;
	in->hash = candidate->hash;
	in->box = candidate->box;
	candidate->name = candidate->teams = candidate->hash = NULL;
	candidate->box = (struct bytes){ 0 };
	return FAULT_NONE;
}

enum fault user_enter(struct record *record, const char *name,
		      const char *passphrase, const char *desk, int64_t now,
		      struct user_in *in)
{
	const struct record_who nobody = { .user = "", .desk = desk };
	struct candidate candidate = { 0 };
	bool slowed;
	enum fault fault = count_attempt(record, name, &nobody, now,
					 "sign-in-tried", &candidate, &slowed);

	*in = (struct user_in){ .answer = USER_WRONG };
	if (!fault && slowed) {
		in->answer = USER_SLOWED;
		in->again_at = candidate.again_at;
	} else if (!fault && !candidate.id) {
		fault = look_busy(passphrase);
	} else if (!fault) {
		fault = let_in(record, &candidate, passphrase, desk, now, in);
	}
	candidate_done(&candidate);
	return fault;
}

/* --- without the record --------------------------------------------------- */

static void copy_known(const struct user_in *from, struct user_in *to)
{
	*to = (struct user_in){
		.answer = USER_DONE,
		.id = from->id,
		.name = xstrdup(from->name),
		.roles = from->roles,
		.teams = xstrdup(from->teams),
		.hash = xstrdup(from->hash),
	};
	bytes_add(&to->box, from->box.data, from->box.length);
}

void user_known_done(struct user_known *known)
{
	user_in_done(&known->in);
	*known = (struct user_known){ 0 };
}

void user_known_take(struct user_known *known, const struct user_in *in)
{
	user_known_done(known);
	copy_known(in, &known->in);
}

enum fault user_enter_known(struct user_known *known, const char *name,
			    const char *passphrase, int64_t now,
			    struct user_in *in)
{
	*in = (struct user_in){ .answer = USER_WRONG };
	if (!known->in.id || strcasecmp(known->in.name, name) != 0)
		return look_busy(passphrase);
	if (is_slowed(known->again_at, now)) {
		in->answer = USER_SLOWED;
		in->again_at = known->again_at;
		return FAULT_NONE;
	}
	known->failed++;
	known->again_at = now + slowed_by(known->failed);
	if (!own_matches(known->in.hash, passphrase))
		return FAULT_NONE;
	known->failed = 0;
	known->again_at = 0;
	copy_known(&known->in, in);
	return open_box(in->id, &in->box, passphrase, &in->key);
}

/* --- something else that takes a passphrase ------------------------------- */

enum fault user_try(struct record *record, const struct record_who *who,
		    int64_t now, const char *act, int64_t *again_at)
{
	struct candidate candidate = { 0 };
	bool slowed;
	enum fault fault = count_attempt(record, who->user, who, now, act,
					 &candidate, &slowed);

	*again_at = !fault && slowed ? candidate.again_at : 0;
	candidate_done(&candidate);
	return fault;
}

enum fault user_proved(struct record *record, const struct record_who *who)
{
	return statement_do(record,
			    "UPDATE sign_in SET failed = 0, again_at = 0"
			    " WHERE user IN (SELECT id FROM user WHERE gone = 0"
			    " AND lower(name) = lower(?1))",
			    "t", who->user);
}

/* --- another passphrase --------------------------------------------------- */

enum fault user_change(struct record *record, const char *name, const char *old,
		       const char *passphrase, enum own_cost cost,
		       const char *desk, int64_t now, struct user_in *in)
{
	struct user_key key = { .passphrase = passphrase, .cost = cost };
	struct record_who who = { .desk = desk };
	enum user_answer answer;
	enum fault fault = user_enter(record, name, old, desk, now, in);

	if (fault || in->answer != USER_DONE)
		return fault;
	key.key = in->key;
	who.user = in->name;
	who.id = in->id;
	if ((fault = user_give(record, in->id, &key, &who, now, &answer)))
		return fault;
	in->answer = answer;
	return FAULT_NONE;
}
