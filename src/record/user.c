#include "record/user.h"

#include <stdlib.h>
#include <string.h>

#include "record/statement.h"
#include "record/user_check.h"

static const char *const answer_words[USER_ANSWERS] = {
	[USER_DONE] = "done",           [USER_WRONG] = "wrong",
	[USER_SLOWED] = "slowed",       [USER_AWAY] = "away",
	[USER_NOT_THERE] = "not-there", [USER_TAKEN] = "taken",
	[USER_WEAK] = "weak",           [USER_LAST] = "last-administrator",
	[USER_REFUSED] = "refused",     [USER_INVALID] = "invalid",
};

const char *user_answer_word(enum user_answer answer)
{
	return answer_words[answer];
}

static const struct kind *kind(void)
{
	return kind_find("user");
}

/* One number of a statement, 0 where there is no row. */
static enum fault number_of(struct record *record, const char *sql, int64_t id,
			    const char *text, int64_t *out)
{
	struct store_ask *ask;
	enum fault fault = statement_take(record, sql, &ask);
	bool row = false;

	*out = 0;
	if (fault)
		return fault;
	(void)store_bind(ask, 1, id);
	(void)store_bind_text(ask, 2, text);
	if (!(fault = statement_row(record, ask, &row)) && row)
		*out = store_number(ask, 0);
	statement_give_back(record, ask);
	return fault;
}

enum fault user_any(struct record *record, bool *any)
{
	int64_t count;
	enum fault fault =
	    number_of(record, "SELECT count(*) FROM sign_in", 0, NULL, &count);

	*any = count > 0;
	return fault;
}

enum fault user_find(struct record *record, const char *name, int64_t *id)
{
	return number_of(record,
			 "SELECT id FROM user WHERE lower(name) = lower(?2)"
			 " AND gone = 0 ORDER BY id LIMIT 1",
			 0, name, id);
}

enum fault user_sign_in(struct record *record, int64_t id,
			struct user_sign_in *out)
{
	struct store_ask *ask;
	enum fault fault = statement_take(
	    record,
	    "SELECT box IS NOT NULL, failed, last_access FROM sign_in"
	    " WHERE user = ?1",
	    &ask);

	*out = (struct user_sign_in){ 0 };
	if (fault)
		return fault;
	store_bind(ask, 1, id);
	if (!(fault = statement_row(record, ask, &out->any)) && out->any) {
		out->key = (int)store_number(ask, 0);
		out->failed = (int)store_number(ask, 1);
		out->last_access = store_number(ask, 2);
	}
	statement_give_back(record, ask);
	return fault;
}

/* --- making and changing -------------------------------------------------- */

/* What the entity layer said, in words about users. */
static enum user_answer answer_of(enum entity_answer answer, const char *wrong)
{
	switch (answer) {
	case ENTITY_DONE:
		return USER_DONE;
	case ENTITY_NOT_THERE:
	case ENTITY_CLOSED:
		return USER_NOT_THERE;
	case ENTITY_WRONG:
		break;
	default:
		return USER_REFUSED;
	}
	if (wrong && strcmp(wrong, "away") == 0)
		return USER_LAST;
	return USER_INVALID;
}

static enum fault save(struct record *record, struct entity *user,
		       const struct record_who *who, int64_t now,
		       enum user_answer *answer)
{
	const char *wrong = NULL;
	enum entity_answer saved;
	enum fault fault =
	    entity_save(record, user, SOURCE_TOLD, who, now, &saved, &wrong);

	if (fault)
		return fault;
	*answer = answer_of(saved, wrong);
	if (*answer == USER_INVALID && strcmp(wrong, "name") == 0 &&
	    entity_text(user, "name"))
		*answer = USER_TAKEN;
	return FAULT_NONE;
}

/* How somebody signs in from now on; inside the caller's transaction. */
static enum fault write_sign_in(struct record *record, int64_t id,
				const char *hash, const struct bytes *box,
				const char *act, const struct record_who *who,
				int64_t now)
{
	enum fault fault = statement_do(
	    record,
	    "INSERT INTO sign_in (user, hash, box) VALUES (?1, ?2, ?3)"
	    " ON CONFLICT (user) DO UPDATE SET hash = ?2, box = ?3,"
	    " failed = 0, again_at = 0",
	    "itb", id, hash, box->data, box->length);

	return fault ? fault
		     : audit_add(record, who, now, act, "user", id, NULL);
}

/* The dear part, before anything is locked. */
static enum fault make_sign_in(const struct user_key *key, char hash[OWN_HASH],
			       struct bytes *box)
{
	enum fault fault = own_hash(key->passphrase, key->cost, hash);

	if (!fault && key->key)
		fault = own_wrap(key->passphrase, key->cost, key->key, box);
	return fault;
}

static bool may_manage(const struct record_who *who)
{
	return !who->roles || who->roles & ROLE_ADMINISTRATOR;
}

/* The first who signs in administers: somebody has to. */
static enum fault roles_for(struct record *record, const char *roles,
			    char **out)
{
	bool any;
	enum fault fault = user_any(record, &any);

	if (fault)
		return fault;
	*out = any || user_roles(roles) & ROLE_ADMINISTRATOR
		   ? xstrdup(roles ? roles : "")
		   : xasprintf("administrator%s%s", roles && *roles ? " " : "",
			       roles ? roles : "");
	return FAULT_NONE;
}

static enum fault add(struct record *record, const char *name,
		      const char *roles, const char *teams, const char *hash,
		      const struct bytes *box, const struct record_who *who,
		      int64_t now, enum user_answer *answer, int64_t *id)
{
	SCOPED(transaction_endp) struct transaction *change = NULL;
	SCOPED(entity_freep) struct entity *user = NULL;
	SCOPED(char_freep) char *all_roles = NULL;
	enum fault fault;

	if ((fault = transaction_begin(record, &change)) ||
	    (fault = roles_for(record, roles, &all_roles)) ||
	    (fault = entity_new(record, kind(), &user)))
		return fault;
	(void)entity_set(user, "name", name);
	(void)entity_set(user, "roles", all_roles);
	(void)entity_set(user, "teams", teams ? teams : "[]");
	if ((fault = save(record, user, who, now, answer)) ||
	    *answer != USER_DONE)
		return fault;
	*id = user->id;
	if ((fault = write_sign_in(record, *id, hash, box, "passphrase", who,
				   now)) ||
	    (fault = user_keep_key(record, *id)))
		return fault;
	return transaction_commit(&change);
}

enum fault user_add(struct record *record, const char *name, const char *roles,
		    const char *teams, const struct user_key *key,
		    const struct record_who *who, int64_t now,
		    enum user_answer *answer, int64_t *id)
{
	struct bytes box = { 0 };
	char hash[OWN_HASH];
	enum fault fault;

	*answer = USER_WEAK;
	*id = 0;
	if (!own_strong(key->passphrase))
		return FAULT_NONE;
	fault = make_sign_in(key, hash, &box);
	if (!fault)
		fault = add(record, name, roles, teams, hash, &box, who, now,
			    answer, id);
	bytes_done(&box);
	return fault;
}

/* The first whom anybody gives a passphrase administers, whatever else they
 * are; so it is nobody who may not sign in. */
static enum fault make_first(struct record *record, int64_t id,
			     const struct record_who *who, int64_t now,
			     enum user_answer *answer)
{
	SCOPED(entity_freep) struct entity *user = NULL;
	SCOPED(char_freep) char *roles = NULL;
	enum entity_answer read;
	bool any;
	enum fault fault =
	    entity_read(record, kind(), id, who, now, &read, &user);

	*answer = answer_of(read, NULL);
	if (fault || read != ENTITY_DONE || (fault = user_any(record, &any)) ||
	    (fault = roles_for(record, entity_text(user, "roles"), &roles)))
		return fault;
	if (!any && entity_number(user, "away")) {
		*answer = USER_AWAY;
		return FAULT_NONE;
	}
	(void)entity_set(user, "roles", roles);
	return save(record, user, who, now, answer);
}

static enum fault give(struct record *record, int64_t id, const char *hash,
		       const struct bytes *box, const struct record_who *who,
		       int64_t now, enum user_answer *answer)
{
	SCOPED(transaction_endp) struct transaction *change = NULL;
	enum fault fault;

	if ((fault = transaction_begin(record, &change)) ||
	    (fault = make_first(record, id, who, now, answer)) ||
	    *answer != USER_DONE)
		return fault;
	if ((fault = write_sign_in(record, id, hash, box, "passphrase", who,
				   now)) ||
	    (fault = user_keep_key(record, id)))
		return fault;
	return transaction_commit(&change);
}

enum fault user_give(struct record *record, int64_t id,
		     const struct user_key *key, const struct record_who *who,
		     int64_t now, enum user_answer *answer)
{
	struct bytes box = { 0 };
	char hash[OWN_HASH];
	enum fault fault = FAULT_NONE;

	*answer = may_manage(who) ? USER_WEAK : USER_REFUSED;
	if (*answer == USER_REFUSED || !own_strong(key->passphrase))
		return FAULT_NONE;
	if (!(fault = make_sign_in(key, hash, &box)))
		fault = give(record, id, hash, &box, who, now, answer);
	bytes_done(&box);
	return fault;
}

enum fault user_set(struct record *record, int64_t id, const char *roles,
		    const char *teams, const struct record_who *who,
		    int64_t now, enum user_answer *answer)
{
	SCOPED(entity_freep) struct entity *user = NULL;
	enum entity_answer read;
	enum fault fault =
	    entity_read(record, kind(), id, who, now, &read, &user);

	*answer = answer_of(read, NULL);
	if (fault || read != ENTITY_DONE)
		return fault;
	if (roles)
		(void)entity_set(user, "roles", roles);
	if (teams)
		(void)entity_set(user, "teams", teams);
	return save(record, user, who, now, answer);
}

enum fault user_disable(struct record *record, int64_t id, bool away,
			const struct record_who *who, int64_t now,
			enum user_answer *answer)
{
	SCOPED(entity_freep) struct entity *user = NULL;
	enum entity_answer read;
	enum fault fault =
	    entity_read(record, kind(), id, who, now, &read, &user);

	*answer = answer_of(read, NULL);
	if (fault || read != ENTITY_DONE)
		return fault;
	(void)entity_set(user, "away", away ? "1" : NULL);
	return save(record, user, who, now, answer);
}
