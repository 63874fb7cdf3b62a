#include "record/entity_sql.h"

#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"

static void add_fields(struct bytes *sql, const struct kind *kind)
{
	for (size_t i = 0; i < kind->field_count; i++)
		bytes_add_format(sql, ", \"%s\"", kind->fields[i].name);
}

char *sql_select(const struct kind *kind, const char *where, const char *order,
		 size_t limit)
{
	struct bytes sql = { 0 };

	bytes_add_text(&sql, "SELECT id, version, made_at, made_by,"
			     " changed_at, changed_by, gone");
	add_fields(&sql, kind);
	bytes_add_format(&sql, " FROM \"%s\" WHERE %s", kind->name, where);
	if (order && order[0] == '-')
		bytes_add_format(&sql, " ORDER BY \"%s\" DESC, id DESC",
				 order + 1);
	else if (order)
		bytes_add_format(&sql, " ORDER BY \"%s\", id", order);
	else
		bytes_add_text(&sql, " ORDER BY id");
	if (limit)
		bytes_add_format(&sql, " LIMIT %zu", limit);
	return bytes_take_text(&sql);
}

/* ?1 time, ?2 user, then the fields. */
char *sql_insert(const struct kind *kind)
{
	struct bytes sql = { 0 };

	bytes_add_format(&sql,
			 "INSERT INTO \"%s\" (made_at, made_by, changed_at,"
			 " changed_by",
			 kind->name);
	add_fields(&sql, kind);
	bytes_add_text(&sql, ") VALUES (?1, ?2, ?1, ?2");
	for (size_t i = 0; i < kind->field_count; i++)
		bytes_add_format(&sql, ", ?%zu", i + 3);
	bytes_add_text(&sql, ") RETURNING id");
	return bytes_take_text(&sql);
}

/* ?1 time, ?2 user, the fields, then version, gone and id. */
char *sql_update(const struct kind *kind)
{
	const size_t behind = kind->field_count + 3;
	struct bytes sql = { 0 };

	bytes_add_format(&sql,
			 "UPDATE \"%s\" SET changed_at = ?1, changed_by = ?2",
			 kind->name);
	for (size_t i = 0; i < kind->field_count; i++)
		bytes_add_format(&sql, ", \"%s\" = ?%zu", kind->fields[i].name,
				 i + 3);
	bytes_add_format(&sql, ", version = ?%zu, gone = ?%zu WHERE id = ?%zu",
			 behind, behind + 1, behind + 2);
	return bytes_take_text(&sql);
}

/* --- walls ---------------------------------------------------------------- */

static void add_walls(struct bytes *sql, const struct kind *kind);

static void add_way(struct bytes *sql, const struct field *way)
{
	bytes_add_format(sql,
			 "(\"%s\" IS NULL OR \"%s\" IN (SELECT id FROM"
			 " \"%s\" WHERE ",
			 way->name, way->name, way->link);
	add_walls(sql, kind_find(way->link));
	bytes_add_text(sql, "))");
}

/* Every way has to lead through. */
static void add_walls(struct bytes *sql, const struct kind *kind)
{
	for (const char *at = kind->wall; *at; at += strspn(at, " ")) {
		const size_t length = strcspn(at, " ");
		SCOPED(char_freep) char *name = xstrndup(at, length);
		const struct field *way = kind_field(kind, name);

		if (at != kind->wall)
			bytes_add_text(sql, " AND ");
		if (way)
			add_way(sql, way);
		else
			bytes_add_format(sql,
					 "(team IS NULL OR team IN (SELECT"
					 " value FROM json_each(?%d)))",
					 SQL_TEAMS);
		at += length;
	}
}

char *sql_wall(const struct kind *kind, const struct record_who *who)
{
	struct bytes sql = { 0 };

	if (!kind->wall || !who->teams)
		return xstrdup("");
	bytes_add_text(&sql, " AND ");
	add_walls(&sql, kind);
	return bytes_take_text(&sql);
}

char *sql_guard(const struct kind *kind, const struct record_who *who)
{
	const bool open = !kind->read || kind->read & ~ROLE_SAFETY & who->roles;
	const bool guarded = who->roles & ROLES_GUARDED;

	if (!kind->guard || !who->roles || (open && guarded))
		return xstrdup("");
	return xasprintf(" AND \"%s\" %s", kind->guard,
			 open      ? "= 'open'"
			 : guarded ? "<> 'open'"
				   : "IS 0");
}

bool entity_goes_out(const struct entity *entity)
{
	const char *guard = entity->kind->guard
				? entity_text(entity, entity->kind->guard)
				: NULL;

	return !guard || strcmp(guard, "open") == 0;
}

bool entity_may_read(const struct kind *kind, const struct record_who *who)
{
	return !who->roles || !kind->read || kind->read & who->roles;
}

bool entity_may_write(const struct kind *kind, const struct record_who *who)
{
	return !who->roles || !kind->write || kind->write & who->roles;
}

/* Whether the entity is one of those that the condition leaves out. */
static enum fault is_left_out(struct record *record, const struct kind *kind,
			      int64_t id, const char *condition,
			      const struct record_who *who, bool *out)
{
	SCOPED(char_freep) char *text = NULL;
	struct store_ask *ask;
	enum fault fault;
	bool row = true;

	*out = false;
	if (!condition[0])
		return FAULT_NONE;
	text = xasprintf("SELECT 1 FROM \"%s\" WHERE id = ?1%s", kind->name,
			 condition);
	if ((fault = statement_take(record, text, &ask)))
		return fault;
	store_bind(ask, 1, id);
	/* A parameter that the statement does not have is none of its. */
	(void)store_bind_text(ask, SQL_TEAMS, who->teams);
	fault = statement_row(record, ask, &row);
	statement_give_back(record, ask);
	*out = !row;
	return fault;
}

enum fault entity_walled(struct record *record, const struct kind *kind,
			 int64_t id, const struct record_who *who, bool *walled)
{
	SCOPED(char_freep) char *wall = sql_wall(kind, who);

	return is_left_out(record, kind, id, wall, who, walled);
}

enum fault entity_hidden(struct record *record, const struct kind *kind,
			 int64_t id, const struct record_who *who, bool *hidden)
{
	SCOPED(char_freep) char *wall = sql_wall(kind, who);
	SCOPED(char_freep) char *guard = sql_guard(kind, who);
	SCOPED(char_freep) char *both = xasprintf("%s%s", wall, guard);

	return is_left_out(record, kind, id, both, who, hidden);
}

/* --- rows ----------------------------------------------------------------- */

static bool is_number(const struct field *field)
{
	return field->type == FIELD_WHOLE || field->type == FIELD_MONEY ||
	       field->type == FIELD_INSTANT || field->type == FIELD_YES ||
	       field->type == FIELD_LINK;
}

void sql_bind(struct store_ask *ask, int parameter, const struct field *field,
	      const char *value)
{
	if (value && is_number(field))
		store_bind(ask, parameter, strtoll(value, NULL, 10));
	else
		store_bind_text(ask, parameter, value);
}

static enum fault read_own(struct record *record, struct entity *entity)
{
	struct store_ask *ask;
	enum fault fault;
	bool row;

	if (entity->field_count == entity->kind->field_count)
		return FAULT_NONE;
	fault = statement_ask(record, OWN_VALUE_EACH, &ask, "ti",
			      entity->kind->name, entity->id);
	while (!fault && !(fault = statement_row(record, ask, &row)) && row)
		(void)entity_set(entity, statement_text(ask, 0),
				 statement_text(ask, 1));
	return fault;
}

static void keep_as_read(struct entity *entity)
{
	for (size_t i = 0; i < entity->field_count; i++) {
		char_wipe(entity->as_read[i]);
		entity->as_read[i] =
		    entity->values[i] ? xstrdup(entity->values[i]) : NULL;
	}
}

enum fault entity_of_row(struct record *record, const struct kind *kind,
			 struct store_ask *ask, struct entity **out)
{
	SCOPED(entity_freep) struct entity *entity = NULL;
	enum fault fault = entity_blank(record, kind, &entity);

	if (fault)
		return fault;
	entity->id = store_number(ask, 0);
	entity->version = (int)store_number(ask, 1);
	entity->made_at = store_number(ask, 2);
	entity->made_by = xstrdup(statement_text(ask, 3));
	entity->changed_at = store_number(ask, 4);
	entity->changed_by = xstrdup(statement_text(ask, 5));
	entity->gone = (int)store_number(ask, 6);
	for (size_t i = 0; i < kind->field_count; i++) {
		const int column = (int)i + ENTITY_COLUMNS;

		if (!store_is_null(ask, column))
			entity->values[i] =
			    xstrdup(statement_text(ask, column));
	}
	if ((fault = read_own(record, entity)))
		return fault;
	keep_as_read(entity);
	*out = entity;
	entity = NULL;
	return FAULT_NONE;
}

enum fault entity_fetch(struct record *record, const struct kind *kind,
			int64_t id, struct entity **out)
{
	SCOPED(char_freep) char *text = sql_select(kind, "id = ?1", NULL, 0);
	struct store_ask *ask;
	enum fault fault;
	bool row = false;

	*out = NULL;
	if ((fault = statement_take(record, text, &ask)))
		return fault;
	store_bind(ask, 1, id);
	if (!(fault = statement_row(record, ask, &row)) && row)
		fault = entity_of_row(record, kind, ask, out);
	statement_give_back(record, ask);
	return fault;
}
