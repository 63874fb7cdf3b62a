#include <sodium.h>
#include <string.h>

#include "record/caseload_inside.h"
#include "record/kinds.h"

/* What both sides said, for somebody to decide. */

#define LAPTOP_BYTES (2 * CASELOAD_ID + 1)

static void name_laptop(const struct merging *merging, char name[LAPTOP_BYTES])
{
	sodium_bin2hex(name, LAPTOP_BYTES, merging->of.copy, CASELOAD_ID);
}

/* This laptop's that is in a state and, unless it is NULL, says theirs. */
static enum fault find_clash(struct merging *merging, const char *what,
			     int64_t subject, const char *state,
			     const char *theirs, int64_t *id)
{
	char laptop[LAPTOP_BYTES];
	SCOPED(char_freep) char *number = xasprintf("%lld", (long long)subject);
	const struct entity_match matches[] = {
		{ "what", what },
		{ "subject", number },
		{ "laptop", laptop },
		{ "state", state },
		{ theirs ? "theirs" : NULL, theirs },
		{ NULL, NULL },
	};

	name_laptop(merging, laptop);
	return entity_first(merging->here, &kind_conflict, matches, NULL, id);
}

enum fault clash_find(struct merging *merging, const char *what,
		      int64_t subject, int64_t *id)
{
	return find_clash(merging, what, subject, "open", NULL, id);
}

/* What was decided against it already is not to be decided once more because
 * the laptop takes it back. */
static enum fault is_decided(struct merging *merging, const struct clash *clash,
			     bool *decided)
{
	int64_t id = 0;
	enum fault fault = FAULT_NONE;

	if (clash->taken_back && clash->was)
		fault = find_clash(merging, clash->what, clash->subject, "ours",
				   clash->was, &id);
	*decided = id != 0;
	return fault;
}

static enum fault open_clash(struct merging *merging, const struct clash *clash,
			     struct entity **out)
{
	char laptop[LAPTOP_BYTES];
	enum fault fault = entity_new(merging->here, &kind_conflict, out);

	if (fault)
		return fault;
	name_laptop(merging, laptop);
	(void)entity_set(*out, "what", clash->what);
	(void)entity_set_number(*out, "subject", clash->subject);
	(void)entity_set(*out, "laptop", laptop);
	(void)entity_set(*out, "was", clash->was);
	return FAULT_NONE;
}

static void set_link(struct entity *entity, const char *field, int64_t id)
{
	if (id)
		(void)entity_set_number(entity, field, id);
	else
		(void)entity_set(entity, field, NULL);
}

static void set_sides(struct entity *entity, const struct clash *clash,
		      const struct change_about *about)
{
	set_link(entity, "person", clash->person);
	set_link(entity, "other", clash->other);
	set_link(entity, "household", clash->household);
	(void)entity_set(entity, "ours", clash->ours);
	(void)entity_set(entity, "ours_by", clash->ours_by);
	set_link(entity, "ours_at", clash->ours_at);
	(void)entity_set(entity, "theirs", clash->theirs);
	(void)entity_set(entity, "theirs_by", about->who->user);
	(void)entity_set_number(entity, "theirs_at", about->now);
	(void)entity_set(entity, "guard", clash->guard ?: "open");
}

static enum fault close_clash(struct merging *merging,
			      const struct entity *before, struct entity *after,
			      const char *reason,
			      const struct change_about *about)
{
	(void)entity_set(after, "state", "ours");
	(void)entity_set(after, "reason", reason);
	return entity_put(merging->here, before, after, "move", about);
}

enum fault clash_settle(struct merging *merging, const char *what,
			int64_t subject, const struct change_about *about)
{
	SCOPED(entity_freep) struct entity *before = NULL;
	SCOPED(entity_freep) struct entity *after = NULL;
	int64_t id = 0;
	enum fault fault = clash_find(merging, what, subject, &id);

	if (fault || !id ||
	    (fault =
		 entity_fetch(merging->here, &kind_conflict, id, &before)) ||
	    (fault = entity_fetch(merging->here, &kind_conflict, id, &after)))
		return fault;
	return close_clash(merging, before, after, "same", about);
}

/* Whether the laptop says again what it had before it said anything. */
static bool is_taken_back(const struct entity *before,
			  const struct clash *clash)
{
	return before && clash->taken_back &&
	       !entity_differs(clash->theirs, entity_text(before, "was"));
}

enum fault clash_write(struct merging *merging, const struct clash *clash,
		       const struct change_about *about)
{
	SCOPED(entity_freep) struct entity *before = NULL;
	SCOPED(entity_freep) struct entity *after = NULL;
	struct record *here = merging->here;
	int64_t id = 0;
	bool decided = false;
	enum fault fault =
	    clash_find(merging, clash->what, clash->subject, &id);

	if (fault || (!id && (fault = is_decided(merging, clash, &decided))) ||
	    decided ||
	    (id && (fault = entity_fetch(here, &kind_conflict, id, &before))) ||
	    (fault = id ? entity_fetch(here, &kind_conflict, id, &after)
			: open_clash(merging, clash, &after)))
		return fault;
	if (is_taken_back(before, clash))
		return close_clash(merging, before, after, "undo", about);
	set_sides(after, clash, about);
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
	struct store_ask *ask;
	enum fault fault = statement_take(merging->here, sql, &ask);
	bool row = false;

	if (fault)
		return fault;
	store_bind(ask, 1, entity->id);
	store_bind_text(ask, 2, field);
	if (!(fault = statement_row(merging->here, ask, &row)) && row) {
		*user = xstrdup(statement_text(ask, 0));
		*at = store_number(ask, 1);
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
		.taken_back = about->undoes != 0,
	};
	enum fault fault =
	    read_ours(merging, entity, field, &user, &clash.ours_at);

	if (fault)
		return fault;
	clash.ours_by = user;
	fault = find_walls(merging->here, entity, &clash);
	return fault ? fault : clash_write(merging, &clash, about);
}
