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

/* The columns that are there, each with a blank before and behind it. */
static int read_columns(sqlite3 *db, const char *schema,
			const struct kind *kind, struct bytes *names)
{
	SCOPED(char_freep)
	char *text = xasprintf("SELECT name FROM pragma_table_info('%s', '%s')",
			       kind->name, schema);
	sqlite3_stmt *ask = NULL;
	int code = sqlite3_prepare_v2(db, text, -1, &ask, NULL);

	bytes_add_text(names, " ");
	while (!code && sqlite3_step(ask) == SQLITE_ROW)
		bytes_add_format(names, "%s ",
				 (const char *)sqlite3_column_text(ask, 0));
	return code ?: sqlite3_finalize(ask);
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

static int lay_kind(sqlite3 *db, const char *schema, const struct kind *kind)
{
	struct bytes sql = { 0 }, names = { 0 };
	int code = read_columns(db, schema, kind, &names);

	if (!code && names.length == 1)
		add_whole(&sql, schema, kind);
	else if (!code)
		add_missing(&sql, schema, kind, &names);
	if (!code && sql.length)
		code = sqlite3_exec(db, (char *)sql.data, NULL, NULL, NULL);
	bytes_done(&sql);
	bytes_done(&names);
	return code;
}

int lay_kinds(sqlite3 *db, const char *schema, bool apart)
{
	struct bytes sql = { 0 };
	int code;

	add_changes(&sql, schema, apart);
	code = sqlite3_exec(db, (char *)sql.data, NULL, NULL, NULL);
	bytes_done(&sql);
	if (!code && apart)
		code = people_key_lay(db, schema);
	for (size_t i = 0; !code && i < kind_count(); i++) {
		if (kind_at(i)->apart == apart)
			code = lay_kind(db, schema, kind_at(i));
	}
	return code;
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

int lay_is_apart(sqlite3 *db, bool *apart)
{
	sqlite3_stmt *ask = NULL;
	int code = sqlite3_prepare_v2(db, "SELECT 1 FROM names_lie_apart", -1,
				      &ask, NULL);

	*apart = !code && sqlite3_step(ask) == SQLITE_ROW;
	return sqlite3_finalize(ask) ?: code;
}
