#include "record/lay.h"

#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "record/kind.h"
#include "record/people_key.h"

/* What every kind's table has beside its fields. */
static const struct {
	const char *name, *type;
} common[] = {
	{ "version", "INTEGER NOT NULL DEFAULT 1" },
	{ "made_at", "INTEGER NOT NULL DEFAULT 0" },
	{ "made_by", "TEXT NOT NULL DEFAULT ''" },
	{ "changed_at", "INTEGER NOT NULL DEFAULT 0" },
	{ "changed_by", "TEXT NOT NULL DEFAULT ''" },
	{ "gone", "INTEGER NOT NULL DEFAULT 0" },
};

static void add_type(struct bytes *sql, const struct field *field)
{
	switch (field->type) {
	case FIELD_LINK:
		bytes_add_format(sql, "INTEGER REFERENCES \"%s\"", field->link);
		break;
	case FIELD_WHOLE:
	case FIELD_MONEY:
	case FIELD_INSTANT:
	case FIELD_YES:
		bytes_add_text(sql, "INTEGER");
		break;
	default:
		bytes_add_text(sql, "TEXT");
	}
}

static void add_table(struct bytes *sql, const char *schema,
		      const struct kind *kind)
{
	bytes_add_format(sql,
			 "CREATE TABLE IF NOT EXISTS %s.\"%s\" (id INTEGER "
			 "PRIMARY KEY AUTOINCREMENT) STRICT;",
			 schema, kind->name);
}

static void add_index(struct bytes *sql, const char *schema,
		      const struct kind *kind, const char *field)
{
	bytes_add_format(sql,
			 "CREATE INDEX IF NOT EXISTS %s.\"%s_%s\" ON "
			 "\"%s\" (\"%s\");",
			 schema, kind->name, field, kind->name, field);
}

static void add_column(struct bytes *sql, const char *schema,
		       const struct kind *kind, const char *name)
{
	bytes_add_format(sql, "ALTER TABLE %s.\"%s\" ADD COLUMN \"%s\" ",
			 schema, kind->name, name);
}

void lay_common(struct bytes *names)
{
	bytes_add_text(names, "id");
	for (size_t i = 0; i < COUNT(common); i++)
		bytes_add_format(names, ", %s", common[i].name);
}

/* The columns that are there, each with a blank before and behind it. */
static enum fault read_columns(struct store *db, const char *schema,
			       const struct kind *kind, struct bytes *names)
{
	SCOPED(char_freep)
	char *text = xasprintf("SELECT name FROM pragma_table_info('%s', '%s')",
			       kind->name, schema);
	SCOPED(store_endp) struct store_ask *ask = store_prepare(db, text);
	enum store_step step;

	bytes_add_text(names, " ");
	while ((step = store_step(ask)) == STORE_ROW)
		bytes_add_format(names, "%s ", store_text(ask, 0));
	return step == STORE_DONE ? FAULT_NONE : FAULT_STORE;
}

static bool has(const struct bytes *names, const char *name)
{
	return codes_have((const char *)names->data + 1, name, strlen(name));
}

static void add_indexes(struct bytes *sql, const char *schema,
			const struct kind *kind)
{
	for (size_t i = 0; i < kind->field_count; i++) {
		if (kind->fields[i].flags & FIELD_INDEXED)
			add_index(sql, schema, kind, kind->fields[i].name);
	}
}

static void add_missing(struct bytes *sql, const char *schema,
			const struct kind *kind, const struct bytes *names)
{
	for (size_t i = 0; i < COUNT(common); i++) {
		if (has(names, common[i].name))
			continue;
		add_column(sql, schema, kind, common[i].name);
		bytes_add_format(sql, "%s;", common[i].type);
	}
	for (size_t i = 0; i < kind->field_count; i++) {
		const struct field *field = &kind->fields[i];

		if (has(names, field->name))
			continue;
		add_column(sql, schema, kind, field->name);
		add_type(sql, field);
		bytes_add_text(sql, ";");
	}
	add_indexes(sql, schema, kind);
}

/* Those of a kind that lies apart tell what it tells, so they lie with it. */
static void add_changes(struct bytes *sql, const char *schema, bool apart)
{
	const char *table = apart ? "change_apart" : "change";

	bytes_add_format(
	    sql,
	    "CREATE TABLE IF NOT EXISTS %s.%s (id INTEGER PRIMARY KEY"
	    " AUTOINCREMENT, act INTEGER NOT NULL, kind TEXT NOT NULL, entity"
	    " INTEGER NOT NULL, version INTEGER NOT NULL, field TEXT NOT"
	    " NULL, before TEXT, after TEXT, source TEXT NOT NULL, reason"
	    " TEXT NOT NULL DEFAULT '') STRICT;"
	    "CREATE INDEX IF NOT EXISTS %s.%s_entity ON %s (kind, entity);"
	    "CREATE INDEX IF NOT EXISTS %s.%s_act ON %s (act);",
	    schema, table, schema, table, table, schema, table, table);
}

/* A table that is not there yet, whole: column by column, SQLite would read
 * its whole schema again for each. */
static void add_whole(struct bytes *sql, const char *schema,
		      const struct kind *kind)
{
	bytes_add_format(sql,
			 "CREATE TABLE %s.\"%s\" (id INTEGER PRIMARY KEY"
			 " AUTOINCREMENT",
			 schema, kind->name);
	for (size_t i = 0; i < COUNT(common); i++)
		bytes_add_format(sql, ", \"%s\" %s", common[i].name,
				 common[i].type);
	for (size_t i = 0; i < kind->field_count; i++) {
		bytes_add_format(sql, ", \"%s\" ", kind->fields[i].name);
		add_type(sql, &kind->fields[i]);
	}
	bytes_add_text(sql, ") STRICT;");
	add_indexes(sql, schema, kind);
}

static enum fault lay_kind(struct store *db, const char *schema,
			   const struct kind *kind)
{
	struct bytes sql = { 0 }, names = { 0 };
	enum fault fault = read_columns(db, schema, kind, &names);

	if (!fault && names.length == 1)
		add_whole(&sql, schema, kind);
	else if (!fault)
		add_missing(&sql, schema, kind, &names);
	if (!fault && sql.length)
		fault = store_run(db, (char *)sql.data);
	bytes_done(&sql);
	bytes_done(&names);
	return fault;
}

enum fault lay_kinds(struct store *db, const char *schema, bool apart)
{
	struct bytes sql = { 0 };
	enum fault fault;

	add_changes(&sql, schema, apart);
	fault = store_run(db, (char *)sql.data);
	bytes_done(&sql);
	if (!fault && apart)
		fault = people_key_lay(db, schema);
	for (size_t i = 0; !fault && i < kind_count(); i++) {
		if (kind_at(i)->apart == apart)
			fault = lay_kind(db, schema, kind_at(i));
	}
	return fault;
}

/* FNV-1a (RFC draft-eastlake-fnv) over everything that would be laid. */
int64_t lay_mark(void)
{
	const struct bytes none = { .data = (uint8_t *)" ", .length = 1 };
	struct bytes sql = { 0 };
	uint64_t mark = 0xcbf29ce484222325;

	for (size_t i = 0; i < kind_count(); i++) {
		add_table(&sql, kind_at(i)->apart ? "apart" : "main",
			  kind_at(i));
		add_missing(&sql, "main", kind_at(i), &none);
	}
	for (size_t i = 0; i < sql.length; i++)
		mark = (mark ^ sql.data[i]) * 0x100000001b3;
	bytes_done(&sql);
	return (int64_t)(mark >> 1);
}

enum fault lay_is_apart(struct store *db, bool *apart)
{
	SCOPED(store_endp)
	struct store_ask *ask =
	    store_prepare(db, "SELECT 1 FROM names_lie_apart");
	const enum store_step step = store_step(ask);

	*apart = step == STORE_ROW;
	return step == STORE_FAILED ? FAULT_STORE : FAULT_NONE;
}
