#include <string.h>

#include "record/caseload_inside.h"
#include "record/kinds.h"

/* What both sides said, for somebody to decide. */

static enum fault find_clash(struct merging *merging, const struct clash *clash,
			     const char *theirs, int64_t *id)
{
	SCOPED(char_freep)
	char *subject = xasprintf("%lld", (long long)clash->subject);
	const struct entity_match matches[] = { { "what", clash->what },
						{ "subject", subject },
						{ "state", "open" },
						{ "theirs", theirs },
						{ NULL, NULL } };

	return entity_first(merging->here, &kind_conflict, matches, NULL, id);
}

/* Where two laptops said something else, each has a conflict of its own. */
static enum fault open_clash(struct merging *merging, const struct clash *clash,
			     int64_t *id)
{
	enum fault fault = find_clash(merging, clash, clash->was, id);

	return fault || *id ? fault
			    : find_clash(merging, clash, clash->theirs, id);
}

static enum fault close_clash(struct merging *merging, int64_t id,
			      const struct change_about *about)
{
	SCOPED(entity_freep) struct entity *before = NULL;
	SCOPED(entity_freep) struct entity *after = NULL;
	enum fault fault;

	if ((fault =
		 entity_fetch(merging->here, &kind_conflict, id, &before)) ||
	    (fault = entity_fetch(merging->here, &kind_conflict, id, &after)))
		return fault;
	(void)entity_set(after, "state", "ours");
	(void)entity_set(after, "reason", "undo");
	return entity_put(merging->here, before, after, "move", about);
}

enum fault clash_withdraw(struct merging *merging, const char *what,
			  int64_t subject, bool *withdrawn)
{
	SCOPED(char_freep) char *number = xasprintf("%lld", (long long)subject);
	const struct entity_match matches[] = { { "what", what },
						{ "subject", number },
						{ "state", "open" },
						{ NULL, NULL } };
	const struct change_about about = {
		.source = source_word(SOURCE_TOLD),
		.reason = "undo",
		.who = merging->who,
		.now = merging->now,
	};
	int64_t id = 0;
	enum fault fault =
	    entity_first(merging->here, &kind_conflict, matches, NULL, &id);

	*withdrawn = id != 0;
	return fault || !id ? fault : close_clash(merging, id, &about);
}

enum fault clash_write(struct merging *merging, const struct clash *clash,
		       const struct change_about *about)
{
	SCOPED(entity_freep) struct entity *before = NULL;
	SCOPED(entity_freep) struct entity *after = NULL;
	struct record *here = merging->here;
	int64_t id = 0;
	enum fault fault = open_clash(merging, clash, &id);

	if (!fault && id && about->undoes)
		return close_clash(merging, id, about);
	if (fault ||
	    (id && (fault = entity_fetch(here, &kind_conflict, id, &before))) ||
	    (fault = id ? entity_fetch(here, &kind_conflict, id, &after)
			: entity_new(here, &kind_conflict, &after)))
		return fault;
	(void)entity_set(after, "what", clash->what);
	(void)entity_set_number(after, "subject", clash->subject);
	if (clash->person)
		(void)entity_set_number(after, "person", clash->person);
	if (clash->household)
		(void)entity_set_number(after, "household", clash->household);
	(void)entity_set(after, "ours", clash->ours);
	(void)entity_set(after, "ours_by", clash->ours_by);
	if (clash->ours_at)
		(void)entity_set_number(after, "ours_at", clash->ours_at);
	(void)entity_set(after, "theirs", clash->theirs);
	(void)entity_set(after, "theirs_by", about->who->user);
	(void)entity_set_number(after, "theirs_at", about->now);
	(void)entity_set(after, "guard", clash->guard ?: "open");
	merging->told->conflicts += !id;
	return entity_put(here, before, after, "conflict", about);
}

/* Whoever changed the field here since the checkout. */
static enum fault read_ours(struct merging *merging,
			    const struct entity *entity, const char *field,
			    char **user, int64_t *at)
{
	SCOPED(char_freep)
	char *sql = xasprintf(
	    "SELECT act.user, act.at FROM %s c JOIN act ON act.id = c.act"
	    " WHERE c.kind = '%s' AND c.entity = ?1 AND (?2 = '' OR c.field ="
	    " ?2) ORDER BY c.id DESC LIMIT 1",
	    change_table(entity->kind), entity->kind->name);
	sqlite3_stmt *ask;
	enum fault fault = statement_take(merging->here, sql, &ask);
	bool row = false;

	if (fault)
		return fault;
	sqlite3_bind_int64(ask, 1, entity->id);
	sqlite3_bind_text(ask, 2, field, -1, SQLITE_STATIC);
	if (!(fault = statement_row(merging->here, ask, &row)) && row) {
		*user = xstrdup(statement_text(ask, 0));
		*at = sqlite3_column_int64(ask, 1);
	}
	statement_give_back(merging->here, ask);
	return fault;
}

static enum fault follow_wall(struct record *record,
			      const struct entity *entity, const char *name,
			      struct clash *clash);

/* Whose wall it stands behind. */
static enum fault find_wall(struct record *record, const struct entity *entity,
			    struct clash *clash)
{
	enum fault fault = FAULT_NONE;

	for (const char *at = entity->kind->wall ?: ""; *at && !fault;
	     at += strspn(at, " ")) {
		const size_t length = strcspn(at, " ");
		SCOPED(char_freep) char *name = xstrndup(at, length);

		fault = follow_wall(record, entity, name, clash);
		at += length;
	}
	return fault;
}

/* A meeting's wall is its household's. */
static enum fault follow_wall(struct record *record,
			      const struct entity *entity, const char *name,
			      struct clash *clash)
{
	const bool own = strcmp(name, "id") == 0;
	const struct field *field = own ? NULL : kind_field(entity->kind, name);
	const struct kind *kind = field ? kind_find(field->link) : entity->kind;
	const int64_t id = own ? entity->id : entity_number(entity, name);
	SCOPED(entity_freep) struct entity *next = NULL;
	enum fault fault;

	if (kind == &kind_person)
		clash->person = id;
	else if (kind == &kind_household)
		clash->household = id;
	else if (id && !own) {
		fault = entity_fetch(record, kind, id, &next);
		return fault || !next ? fault : find_wall(record, next, clash);
	}
	return FAULT_NONE;
}

static enum fault find_walls(struct record *record, const struct entity *entity,
			     struct clash *clash)
{
	clash->guard = entity->kind->guard
			   ? entity_text(entity, entity->kind->guard)
			   : NULL;
	return find_wall(record, entity, clash);
}

enum fault clash_about(struct merging *merging, const struct entity *entity,
		       const char *field, const char *ours, const char *was,
		       const char *theirs, const struct change_about *about)
{
	SCOPED(char_freep)
	char *what = xasprintf("%s.%s", entity->kind->name, field);
	SCOPED(char_freep) char *user = NULL;
	struct clash clash = {
		.what = what,
		.subject = entity->id,
		.ours = ours,
		.was = was,
		.theirs = theirs,
	};
	enum fault fault =
	    read_ours(merging, entity, field, &user, &clash.ours_at);

	if (fault)
		return fault;
	clash.ours_by = user;
	fault = find_walls(merging->here, entity, &clash);
	return fault ? fault : clash_write(merging, &clash, about);
}
