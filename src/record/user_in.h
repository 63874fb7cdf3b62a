#pragma once

#include <stdint.h>

#include "base/bytes.h"
#include "base/fault.h"

/* Who was let in, and what else an attempt to sign in comes to: record/user.h.
 */
enum user_answer {
	USER_DONE,
	USER_WRONG,     /* no such name, or another passphrase: both alike */
	USER_SLOWED,    /* too many attempts: not looked at before again_at */
	USER_AWAY,      /* theirs, but they may not sign in, or have no role */
	USER_NOT_THERE, /* no such user */
	USER_TAKEN,     /* another user has this name */
	USER_WEAK,      /* not own_strong() */
	USER_LAST,      /* nobody could set anything any more */
	USER_REFUSED,   /* not for this role */
	USER_INVALID,   /* a name, role or team that is none */
	USER_ANSWERS,
};
const char *user_answer_word(enum user_answer answer); /* "slowed" */

struct user_in {
	enum user_answer answer;
	int64_t again_at; /* USER_SLOWED */
	/* USER_DONE: */
	int64_t id;
	char *name; /* as it is written in the record */
	unsigned roles;
	char *teams; /* JSON, "[]" where none */
	char *key;   /* the agency key's passphrase, in secret memory; NULL */
	/* By which user_enter_known() knows them: the passphrase's hash, and
	 * what it opens, both as the record has them. */
	char *hash;
	struct bytes box;
};
void user_in_done(struct user_in *in); /* wipes */

/*
 * Who was let in last, for as long as a program runs: whose passphrase it was
 * can be told again while the record's server is away. Zeros are nobody.
 */
struct user_known {
	struct user_in in; /* without the key's passphrase */
	int failed;
	int64_t again_at;
};
void user_known_take(struct user_known *known, const struct user_in *in);
void user_known_done(struct user_known *known); /* wipes */

/* As user_enter(), with the same slowing down, of whoever is known: nothing is
 * asked of the record, or written to it, and what they may do is what it said
 * then. FAULT_SYSTEM: want of memory to check. */
MUST_CHECK enum fault user_enter_known(struct user_known *known,
				       const char *name, const char *passphrase,
				       int64_t now, struct user_in *in);
