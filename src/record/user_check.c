#include "record/user_check.h"

#include <assert.h>
#include <string.h>

#include "record/statement.h"
#include "record/user.h"

static const struct {
	const char *word;
	enum role role;
} roles[] = {
	{ "reception", ROLE_RECEPTION },
	{ "worker", ROLE_WORKER },
	{ "supervisor", ROLE_SUPERVISOR },
	{ "coordinator", ROLE_COORDINATOR },
	{ "administrator", ROLE_ADMINISTRATOR },
	{ "auditor", ROLE_AUDITOR },
	{ "safety", ROLE_SAFETY },
};

unsigned user_roles(const char *words)
{
	unsigned bits = 0;

	for (size_t i = 0; words && i < COUNT(roles); i++) {
		if (codes_have(words, roles[i].word, strlen(roles[i].word)))
			bits |= roles[i].role;
	}
	return bits;
}

static bool administers(const struct entity *user)
{
	return !user->gone && !entity_number(user, "away") &&
	       user_roles(entity_text(user, "roles")) & ROLE_ADMINISTRATOR;
}

/* One number of a statement about this user; usual if it cannot be asked. */
static int64_t ask(struct record *record, const char *sql, const char *name,
		   int64_t id)
{
	struct store_ask *statement;
	int64_t number = 0;
	bool row;

	if (statement_take(record, sql, &statement))
		return 0;
	store_bind(statement, 1, id);
	store_bind_text(statement, 2, name);
	if (!statement_row(record, statement, &row) && row)
		number = store_number(statement, 0);
	statement_give_back(record, statement);
	return number;
}

/* Whether this one signs in, and nobody else could administer. */
static bool is_last(struct record *record, int64_t id)
{
	static const char signs_in[] = "SELECT count(*) FROM sign_in"
				       " WHERE user = ?1";
	static const char others[] =
	    "SELECT count(*) FROM user JOIN sign_in ON sign_in.user = user.id"
	    " WHERE user.id <> ?1 AND gone = 0 AND coalesce(away, 0) = 0"
	    " AND ' ' || roles || ' ' LIKE '% administrator %'";

	return ask(record, signs_in, NULL, id) &&
	       !ask(record, others, NULL, id);
}

const char *user_check(struct record *record, const struct entity *before,
		       const struct entity *after)
{
	static const char same[] = "SELECT count(*) FROM user WHERE id <> ?1"
				   " AND gone = 0 AND lower(name) = lower(?2)";

	if (!after->gone &&
	    ask(record, same, entity_text(after, "name"), after->id))
		return "name";
	if (before && administers(before) && !administers(after) &&
	    is_last(record, after->id))
		return "away";
	return NULL;
}

/* Roles of USER_ROLES_KEY. */
enum fault user_keep_key(struct record *record, int64_t id)
{
	static_assert(USER_ROLES_KEY == (ROLE_RECEPTION | ROLE_WORKER |
					 ROLE_SUPERVISOR | ROLE_SAFETY),
		      "as the statement has them");

	return statement_do(
	    record,
	    "UPDATE sign_in SET box = NULL WHERE user = ?1 AND box IS NOT NULL"
	    " AND NOT EXISTS (SELECT 1 FROM user WHERE id = ?1 AND gone = 0"
	    " AND coalesce(away, 0) = 0"
	    " AND (' ' || roles || ' ' LIKE '% reception %'"
	    " OR ' ' || roles || ' ' LIKE '% worker %'"
	    " OR ' ' || roles || ' ' LIKE '% supervisor %'"
	    " OR ' ' || roles || ' ' LIKE '% safety %'))",
	    "i", id);
}

enum fault user_saved(struct record *record, const struct entity *before,
		      const struct entity *after, const struct record_who *who,
		      int64_t now)
{
	(void)before;
	(void)who;
	(void)now;
	return user_keep_key(record, after->id);
}
