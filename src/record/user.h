#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/fault.h"
#include "record/entity.h"
#include "record/user_in.h"
#include "seal/own_passphrase.h"

/*
 * Who may sign in, as what. Somebody who works at the agency is an entity of
 * the kind "user"; beside it lies, never in any history, how they sign in:
 * the hash of their passphrase, the box with the agency key's passphrase that
 * theirs opens, and the attempts that failed.
 *
 * As long as nobody has a passphrase, a desk opens with the shift's and
 * whoever types a name works under it.
 *
 * An attempt counts as failed before it is looked at, so that neither two
 * desks at once nor pulling the plug gives one for free. USER_FREE of them cost
 * nothing; then the next is not looked at for USER_SLOW_MS, twice that and so
 * on up to USER_SLOWEST_MS. Nothing sleeps: a screen says until when.
 */
#define USER_FREE 3
#define USER_SLOW_MS 5000
#define USER_SLOWEST_MS ((int64_t)15 * 60 * 1000)

/* Whether anybody signs in here with a passphrase of their own. */
MUST_CHECK enum fault user_any(struct record *record, bool *any);

/* The roles of a blank-separated list, as bits; those it does not know are
 * none. */
unsigned user_roles(const char *words);
/* Roles who hold the agency key: they scan, or work with people. */
#define USER_ROLES_KEY (ROLES_FRONT | ROLE_SAFETY)

/* --- signing in ----------------------------------------------------------- */

/*
 * Takes about a second. Faults are the record's, or FAULT_SYSTEM for want of
 * memory to check.
 */
MUST_CHECK enum fault user_enter(struct record *record, const char *name,
				 const char *passphrase, const char *desk,
				 int64_t now, struct user_in *in);

/* --- who there is --------------------------------------------------------- */

/* What is given to somebody who is to sign in. */
struct user_key {
	const char *passphrase; /* their own */
	const char *key;        /* the agency key's; NULL: they hold none */
	enum own_cost cost;
};

/*
 * A new user with a passphrase. Of these, the first is made an administrator
 * beside what else they are. teams are ids as JSON; NULL for none.
 */
MUST_CHECK enum fault user_add(struct record *record, const char *name,
			       const char *roles, const char *teams,
			       const struct user_key *key,
			       const struct record_who *who, int64_t now,
			       enum user_answer *answer, int64_t *id);

/* Gives an existing user a passphrase, or another one; forgets what failed. The
 * first who gets one is made an administrator, as by user_add(), and must not
 * be away: USER_AWAY. */
MUST_CHECK enum fault user_give(struct record *record, int64_t id,
				const struct user_key *key,
				const struct record_who *who, int64_t now,
				enum user_answer *answer);

/* The same by the user, who knows the old one; what it opened stays theirs. */
MUST_CHECK enum fault user_change(struct record *record, const char *name,
				  const char *old, const char *passphrase,
				  enum own_cost cost, const char *desk,
				  int64_t now, struct user_in *in);

/* Roles and teams (NULL: as they are). The key is taken from whoever has no
 * role of USER_ROLES_KEY left. */
MUST_CHECK enum fault user_set(struct record *record, int64_t id,
			       const char *roles, const char *teams,
			       const struct record_who *who, int64_t now,
			       enum user_answer *answer);

/* May not sign in any more; or may again. */
MUST_CHECK enum fault user_disable(struct record *record, int64_t id, bool away,
				   const struct record_who *who, int64_t now,
				   enum user_answer *answer);

/* By name, whatever its letters' size; 0: there is none. */
MUST_CHECK enum fault user_find(struct record *record, const char *name,
				int64_t *id);

/* How somebody signs in. */
struct user_sign_in {
	bool any;            /* a passphrase was given */
	bool key;            /* it opens the agency key's */
	int failed;          /* attempts since the last that was good */
	int64_t last_access; /* 0: never */
};
MUST_CHECK enum fault user_sign_in(struct record *record, int64_t id,
				   struct user_sign_in *out);

/* --- the agency key's passphrase ------------------------------------------ */

/*
 * Something else that takes a passphrase is tried by who->user, who is in: it
 * counts as an attempt to sign in does, under the name of this act, until
 * user_proved(). *again_at is 0 where it may be looked at. Whoever has no
 * passphrase of their own is not counted.
 */
MUST_CHECK enum fault user_try(struct record *record,
			       const struct record_who *who, int64_t now,
			       const char *act, int64_t *again_at);
MUST_CHECK enum fault user_proved(struct record *record,
				  const struct record_who *who);

/*
 * What everybody holds becomes this passphrase of the agency's key, all at
 * once; theirs is not asked for. lost are those whose copy an older Foyer made
 * and who did not sign in since: they hold none then.
 */
struct user_renewed {
	size_t copies, lost;
};
MUST_CHECK enum fault user_renew_keys(struct record *record, const char *key,
				      const struct record_who *who, int64_t now,
				      struct user_renewed *told);
