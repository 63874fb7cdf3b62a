#include "record/entity.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "record/entity_sql.h"
#include "record/own.h"

static const char *const answer_words[ENTITY_ANSWERS] = {
	[ENTITY_DONE] = "done",         [ENTITY_NOT_THERE] = "not-there",
	[ENTITY_CONFLICT] = "conflict", [ENTITY_WRONG] = "wrong",
	[ENTITY_CLOSED] = "closed",     [ENTITY_NO_MOVE] = "no-move",
	[ENTITY_REFUSED] = "refused",   [ENTITY_NOTHING] = "nothing",
};

const char *entity_answer_word(enum entity_answer answer)
{
	return answer_words[answer];
}

static const char *const source_words[SOURCE_COUNT] = {
	[SOURCE_SELF] = "self",
	[SOURCE_TOLD] = "told",
	[SOURCE_SEEN] = "seen",
};

const char *source_word(enum source source)
{
	return source_words[source];
}

bool source_of(const char *word, enum source *out)
{
	for (size_t i = 0; i < SOURCE_COUNT; i++) {
		if (strcmp(source_words[i], word) == 0) {
			*out = (enum source)i;
			return true;
		}
	}
	return false;
}

/* --- one entity ------------------------------------------------------------
 */

enum fault entity_blank(struct record *record, const struct kind *kind,
			struct entity **out)
{
	struct entity *entity = xcalloc(1, sizeof *entity);
	enum fault fault =
	    own_fields_of(record, kind, &entity->fields, &entity->field_count);

	if (fault) {
		free(entity);
		return fault;
	}
	entity->kind = kind;
	entity->values = xcalloc(entity->field_count + 1, sizeof(char *));
	entity->as_read = xcalloc(entity->field_count + 1, sizeof(char *));
	*out = entity;
	return FAULT_NONE;
}

enum fault entity_new(struct record *record, const struct kind *kind,
		      struct entity **out)
{
	enum fault fault = entity_blank(record, kind, out);

	if (!fault && kind->moves)
		(void)entity_set(*out, "state", kind_first_state(kind));
	return fault;
}

void entity_free(struct entity *entity)
{
	if (!entity)
		return;
	for (size_t i = 0; i < entity->field_count; i++) {
		char_wipe(entity->values[i]);
		char_wipe(entity->as_read[i]);
	}
	free(entity->values);
	free(entity->as_read);
	free(entity->made_by);
	free(entity->changed_by);
	free(entity);
}

static size_t place_of(const struct entity *entity, const char *field)
{
	size_t i = 0;

	while (i < entity->field_count &&
	       strcmp(entity->fields[i].name, field) != 0)
		i++;
	return i;
}

const char *entity_text(const struct entity *entity, const char *field)
{
	/* One place more than fields is there, and is never set. */
	return entity->values[place_of(entity, field)];
}

int64_t entity_number(const struct entity *entity, const char *field)
{
	const char *text = entity_text(entity, field);

	return text ? strtoll(text, NULL, 10) : 0;
}

bool entity_set(struct entity *entity, const char *field, const char *value)
{
	const size_t place = place_of(entity, field);
	char *copy = value && value[0] ? xstrdup(value) : NULL;

	if (place == entity->field_count) {
		char_wipe(copy);
		return false;
	}
	char_wipe(entity->values[place]);
	entity->values[place] = copy;
	return true;
}

bool entity_set_number(struct entity *entity, const char *field, int64_t value)
{
	SCOPED(char_freep) char *text = xasprintf("%lld", (long long)value);

	return entity_set(entity, field, text);
}

enum fault entity_read(struct record *record, const struct kind *kind,
		       int64_t id, const struct record_who *who, int64_t now,
		       enum entity_answer *answer, struct entity **out)
{
	SCOPED(entity_freep) struct entity *entity = NULL;
	enum fault fault;
	bool hidden;

	*answer = ENTITY_REFUSED;
	if (!entity_may_read(kind, who))
		return FAULT_NONE;
	if ((fault = entity_fetch(record, kind, id, &entity)))
		return fault;
	*answer = ENTITY_NOT_THERE;
	if (!entity || entity->gone)
		return FAULT_NONE;
	if ((fault = entity_hidden(record, kind, id, who, &hidden)))
		return fault;
	*answer = hidden ? ENTITY_REFUSED : ENTITY_DONE;
	if (hidden)
		return FAULT_NONE;
	if (kind->watched &&
	    (fault = audit_add(record, who, now, "view", kind->name, id, NULL)))
		return fault;
	*out = entity;
	entity = NULL;
	return FAULT_NONE;
}

/* --- several -------------------------------------------------------------- */

static const struct field id_field = { .name = "id", .type = FIELD_LINK };
static const struct field own_field = { .name = "own", .type = FIELD_TEXT };

/* The field that a match is about; own_field for one of the agency's. */
static const struct field *matched(const struct kind *kind, const char *name)
{
	const struct field *field =
	    strcmp(name, "id") == 0 ? &id_field : kind_field(kind, name);

	return field ? field : &own_field;
}

/* An agency's value lies beside the table; "not known" is that none does. */
static void add_own(struct bytes *where, const struct kind *kind,
		    const char *name, const char *value, int parameter)
{
	bytes_add_format(where,
			 " AND ?%d IS %sNULL AND %sEXISTS (SELECT 1 FROM"
			 " own_value WHERE kind = '%s' AND entity = \"%s\".id"
			 " AND field = '%s'",
			 parameter, value ? "NOT " : "", value ? "" : "NOT ",
			 kind->name, kind->name, name);
	if (value)
		bytes_add_format(where, " AND value = ?%d", parameter);
	bytes_add_text(where, ")");
}

/* "gone = 0 AND a = ?1 AND b = ?2": NULL equals NULL. */
static char *where_of(const struct kind *kind,
		      const struct entity_match *matches, const char *wall)
{
	struct bytes where = { 0 };
	int parameter = 1;

	bytes_add_text(&where, "gone = 0");
	for (; matches && matches->field; matches++, parameter++) {
		if (matched(kind, matches->field) == &own_field)
			add_own(&where, kind, matches->field, matches->value,
				parameter);
		else if (matches->value)
			bytes_add_format(&where, " AND \"%s\" = ?%d",
					 matches->field, parameter);
		else
			bytes_add_format(&where, " AND \"%s\" IS NULL",
					 matches->field);
	}
	assert(parameter <= SQL_TEAMS);
	bytes_add_text(&where, wall);
	return bytes_take_text(&where);
}

static void bind_matches(struct store_ask *ask, const struct kind *kind,
			 const struct entity_match *matches)
{
	for (int i = 0; matches && matches[i].field; i++)
		sql_bind(ask, i + 1, matched(kind, matches[i].field),
			 matches[i].value);
}

static enum fault walk(struct record *record, const struct kind *kind,
		       struct store_ask *ask, entity_visit *visit, void *to)
{
	enum fault fault;
	bool row, more = true;

	while (more && !(fault = statement_row(record, ask, &row)) && row) {
		SCOPED(entity_freep) struct entity *entity = NULL;

		if ((fault = entity_of_row(record, kind, ask, &entity)))
			return fault;
		more = visit(to, entity);
	}
	return more ? fault : FAULT_NONE;
}

enum fault entity_each(struct record *record, const struct kind *kind,
		       const struct entity_match *matches, const char *order,
		       size_t limit, const struct record_who *who,
		       entity_visit *visit, void *to)
{
	SCOPED(char_freep) char *wall = sql_wall(kind, who);
	SCOPED(char_freep) char *guard = sql_guard(kind, who);
	SCOPED(char_freep) char *may_see = xasprintf("%s%s", wall, guard);
	SCOPED(char_freep) char *where = where_of(kind, matches, may_see);
	SCOPED(char_freep) char *text = sql_select(kind, where, order, limit);
	struct store_ask *ask;
	enum fault fault;

	if (!entity_may_read(kind, who))
		return FAULT_NONE;
	if ((fault = statement_take(record, text, &ask)))
		return fault;
	bind_matches(ask, kind, matches);
	if (wall[0])
		store_bind_text(ask, SQL_TEAMS, who->teams);
	fault = walk(record, kind, ask, visit, to);
	statement_give_back(record, ask);
	return fault;
}

/* One number of what matches. */
static enum fault number_of(struct record *record, const struct kind *kind,
			    const struct entity_match *matches,
			    const char *text, int64_t *out)
{
	struct store_ask *ask;
	enum fault fault = statement_take(record, text, &ask);
	bool row = false;

	*out = 0;
	if (fault)
		return fault;
	bind_matches(ask, kind, matches);
	if (!(fault = statement_row(record, ask, &row)) && row)
		*out = store_number(ask, 0);
	statement_give_back(record, ask);
	return fault;
}

enum fault entity_total(struct record *record, const struct kind *kind,
			const struct entity_match *matches, int64_t *out)
{
	SCOPED(char_freep) char *where = where_of(kind, matches, "");
	SCOPED(char_freep)
	char *text = xasprintf("SELECT count(*) FROM \"%s\" WHERE %s",
			       kind->name, where);

	return number_of(record, kind, matches, text, out);
}

enum fault entity_first(struct record *record, const struct kind *kind,
			const struct entity_match *matches, const char *order,
			int64_t *id)
{
	SCOPED(char_freep) char *where = where_of(kind, matches, "");
	SCOPED(char_freep) char *text = sql_select(kind, where, order, 1);

	return number_of(record, kind, matches, text, id);
}
