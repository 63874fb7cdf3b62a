#include "record/schema_postgres.h"

#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "record/postgres.h"
#include "record/schema.h"

/*
 * Not a second account of the tables: an empty record is made in memory by the
 * migrations and the kinds, and read from there. A migration that changes rows
 * or takes a table away has to be told here, too; one that adds need not.
 */
enum fault schema_model(struct store **out)
{
	int version = 0;

	return store_open_file(":memory:", STORE_ALONE, out) ||
		       schema_migrate(*out, &version)
		   ? FAULT_STORE
		   : FAULT_NONE;
}

/* --- what SQLite has and PostgreSQL has not --------------------------------
 */

/* As record/calendar.h says, and what SQL of SQLite calls so. */
static const char functions[] =
    "CREATE OR REPLACE FUNCTION noon(day text) RETURNS date LANGUAGE sql"
    " IMMUTABLE STRICT AS $$ SELECT CASE WHEN day ~"
    " '^[0-9]{4}(-[0-9]{2}){0,2}$' AND left(day, 4) <> '0000' THEN"
    " (make_date(left(day, 4)::int, 1, 1) + make_interval(months =>"
    " coalesce(nullif(substr(day, 6, 2), ''), '01')::int - 1))::date +"
    " coalesce(nullif(substr(day, 9, 2), ''), '01')::int - 1 END $$;"

    "CREATE OR REPLACE FUNCTION day_text(day date) RETURNS text LANGUAGE sql"
    " IMMUTABLE STRICT AS $$ SELECT CASE WHEN day > '9999-12-31' THEN"
    " '9999-12-31' ELSE to_char(day, 'YYYY-MM-DD') END $$;"

    "CREATE OR REPLACE FUNCTION wall(at bigint, zone text) RETURNS timestamp"
    " LANGUAGE plpgsql STABLE AS $$ BEGIN IF coalesce(at, 0) = 0 THEN"
    " RETURN NULL; END IF; RETURN to_timestamp(at / 1000.0) AT TIME ZONE"
    " coalesce(zone, 'UTC'); EXCEPTION WHEN OTHERS THEN RETURN"
    " to_timestamp(at / 1000.0) AT TIME ZONE 'UTC'; END $$;"

    "CREATE OR REPLACE FUNCTION local_day(at bigint, zone text) RETURNS text"
    " LANGUAGE sql STABLE AS $$ SELECT to_char(wall(at, zone), 'YYYY-MM-DD')"
    " $$;"
    "CREATE OR REPLACE FUNCTION local_week(at bigint, zone text) RETURNS text"
    " LANGUAGE sql STABLE AS $$ SELECT to_char(wall(at, zone), 'IYYY\"-W\"IW')"
    " $$;"
    "CREATE OR REPLACE FUNCTION local_hour(at bigint, zone text) RETURNS"
    " bigint LANGUAGE sql STABLE AS $$ SELECT extract(hour FROM wall(at,"
    " zone))::bigint $$;"

    "CREATE OR REPLACE FUNCTION days_after(day text, days bigint) RETURNS text"
    " LANGUAGE sql IMMUTABLE STRICT AS $$ SELECT day_text(noon(day) +"
    " days::int) $$;"
    "CREATE OR REPLACE FUNCTION months_after(day text, months bigint) RETURNS"
    " text LANGUAGE sql IMMUTABLE STRICT AS $$ SELECT day_text(CASE WHEN"
    " extract(day FROM later) = wanted THEN later ELSE (first + interval '1"
    " month')::date - 1 END) FROM (SELECT first, wanted, first + wanted - 1"
    " AS later FROM (SELECT (noon(left(day, 7)) + make_interval(months =>"
    " months::int))::date AS first, coalesce(nullif(substr(day, 9, 2), ''),"
    " '01')::int AS wanted) a) b $$;"
    "CREATE OR REPLACE FUNCTION days_between(a text, b text) RETURNS bigint"
    " LANGUAGE sql IMMUTABLE STRICT AS $$ SELECT (noon(b) - noon(a))::bigint"
    " $$;"
    "CREATE OR REPLACE FUNCTION utc_moment(day text) RETURNS bigint LANGUAGE"
    " sql IMMUTABLE STRICT AS $$ SELECT (noon(day) - date '1970-01-01')::"
    "bigint * 86400000 $$;"

    /* Of A to Z alone, whatever the database calls a letter. */
    "CREATE OR REPLACE FUNCTION lower(text) RETURNS text LANGUAGE sql"
    " IMMUTABLE STRICT AS $$ SELECT pg_catalog.lower($1 COLLATE \"C\") $$;"

    /* Together: see record/names.h. */
    "CREATE OR REPLACE FUNCTION names_keep(field text, value text) RETURNS"
    " text LANGUAGE sql IMMUTABLE AS $$ SELECT value $$;"
    "CREATE OR REPLACE FUNCTION names_reveal(value text) RETURNS text"
    " LANGUAGE sql IMMUTABLE AS $$ SELECT value $$;"

    "CREATE OR REPLACE FUNCTION unixepoch(text) RETURNS bigint LANGUAGE sql"
    " STABLE STRICT AS $$ SELECT extract(epoch FROM $1::timestamptz)::bigint"
    " $$;"
    "CREATE OR REPLACE FUNCTION printf(form text, number numeric) RETURNS text"
    " LANGUAGE sql IMMUTABLE STRICT AS $$ SELECT round(number,"
    " substr(form, 3, 1)::int)::text $$;"
    "CREATE OR REPLACE FUNCTION hex(bytea) RETURNS text LANGUAGE sql IMMUTABLE"
    " AS $$ SELECT coalesce(upper(encode($1, 'hex')), '') $$;"
    "CREATE OR REPLACE FUNCTION instr(text, text) RETURNS bigint LANGUAGE sql"
    " IMMUTABLE STRICT AS $$ SELECT strpos($1, $2)::bigint $$;"
    "CREATE OR REPLACE FUNCTION substr(text, bigint) RETURNS text LANGUAGE sql"
    " IMMUTABLE STRICT AS $$ SELECT substr($1, $2::int) $$;"
    "CREATE OR REPLACE FUNCTION substr(text, bigint, bigint) RETURNS text"
    " LANGUAGE sql IMMUTABLE STRICT AS $$ SELECT substr($1, $2::int,"
    " greatest($3, 0)::int) $$;"
    "CREATE OR REPLACE FUNCTION max(bigint, bigint) RETURNS bigint LANGUAGE"
    " sql IMMUTABLE STRICT AS $$ SELECT greatest($1, $2) $$;"
    "CREATE OR REPLACE FUNCTION max(text, text) RETURNS text LANGUAGE sql"
    " IMMUTABLE STRICT AS $$ SELECT greatest($1 COLLATE \"C\", $2) $$;"
    "CREATE OR REPLACE FUNCTION min(bigint, bigint) RETURNS bigint LANGUAGE"
    " sql IMMUTABLE STRICT AS $$ SELECT least($1, $2) $$;"
    "CREATE OR REPLACE FUNCTION min(text, text) RETURNS text LANGUAGE sql"
    " IMMUTABLE STRICT AS $$ SELECT least($1 COLLATE \"C\", $2) $$;"
    "CREATE OR REPLACE FUNCTION json_each(text) RETURNS TABLE (value bigint)"
    " LANGUAGE sql IMMUTABLE STRICT AS $$ SELECT x::bigint FROM"
    " json_array_elements_text($1::json) x $$;"

    /* Sums of whole numbers are whole numbers, and of what holds, how often. */
    "CREATE OR REPLACE FUNCTION add_number(bigint, bigint) RETURNS bigint"
    " LANGUAGE sql IMMUTABLE AS $$ SELECT CASE WHEN $2 IS NULL THEN $1 ELSE"
    " coalesce($1, 0) + $2 END $$;"
    "CREATE OR REPLACE AGGREGATE sum(bigint) (SFUNC = add_number, STYPE ="
    " bigint);"
    "CREATE OR REPLACE FUNCTION add_truth(bigint, boolean) RETURNS bigint"
    " LANGUAGE sql IMMUTABLE AS $$ SELECT CASE WHEN $2 IS NULL THEN $1 ELSE"
    " coalesce($1, 0) + $2::int END $$;"
    "CREATE OR REPLACE AGGREGATE sum(boolean) (SFUNC = add_truth, STYPE ="
    " bigint);"
    "CREATE OR REPLACE FUNCTION add_text(text, text) RETURNS text LANGUAGE sql"
    " IMMUTABLE AS $$ SELECT CASE WHEN $2 IS NULL THEN $1 WHEN $1 IS NULL"
    " THEN $2 ELSE $1 || ',' || $2 END $$;"
    "CREATE OR REPLACE AGGREGATE group_concat(text) (SFUNC = add_text, STYPE ="
    " text);"
    "CREATE OR REPLACE FUNCTION add_text(text, text, text) RETURNS text"
    " LANGUAGE sql IMMUTABLE AS $$ SELECT CASE WHEN $2 IS NULL THEN $1 WHEN"
    " $1 IS NULL THEN $2 ELSE $1 || $3 || $2 END $$;"
    "CREATE OR REPLACE AGGREGATE group_concat(text, text) (SFUNC = add_text,"
    " STYPE = text);";

/* Rows of the audit go by this alone, as its owner, and a tombstone says so:
 * a desk deletes none. */
static const char audit_erase[] =
    "CREATE OR REPLACE FUNCTION audit_erase(since bigint, until bigint, now"
    " bigint, who text) RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET"
    " search_path = " POSTGRES_SCHEMA ", pg_catalog, pg_temp AS $$ DECLARE"
    " erased bigint; BEGIN DELETE FROM audit WHERE at >= since AND at <= until;"
    " GET DIAGNOSTICS erased = ROW_COUNT;"
    " INSERT INTO tombstone (subject, subject_id, rule, at, \"user\", counts)"
    " VALUES ('audit', 0, 'audit', now, who, json_build_object('rows',"
    " erased)); RETURN erased; END $$;"
    "REVOKE ALL ON FUNCTION audit_erase(bigint, bigint, bigint, text) FROM"
    " PUBLIC";

/* kept: which version of Foyer's tables; whole is false while rows come in. */
static const char own_tables[] =
    "CREATE TABLE IF NOT EXISTS kept (version bigint NOT NULL, whole boolean"
    " NOT NULL, CHECK (version > 0));"
    "CREATE TABLE IF NOT EXISTS writing (commits bigint NOT NULL);";

/* What SQLite numbers by itself: proposals name a ticket that is kept aside so.
 */
static const char numbers[] =
    "ALTER TABLE ticket_held ADD COLUMN IF NOT EXISTS rowid bigint GENERATED"
    " BY DEFAULT AS IDENTITY";

/* --- looking -------------------------------------------------------------- */

/* One number, or usual where nothing is. */
static enum fault number(struct store *store, const char *sql, int64_t usual,
			 int64_t *out)
{
	SCOPED(store_endp) struct store_ask *ask = store_prepare(store, sql);
	const enum store_step step = store_step(ask);

	*out = step == STORE_ROW ? store_number(ask, 0) : usual;
	return step == STORE_FAILED ? FAULT_STORE : FAULT_NONE;
}

enum fault schema_look(struct store *server, enum schema_found *found)
{
	int64_t there = 0, version = 0, whole = 0;

	*found = SCHEMA_NOTHING;
	if (number(server,
		   "SELECT to_regclass('" POSTGRES_SCHEMA ".kept') IS NOT"
		   " NULL",
		   0, &there))
		return FAULT_STORE;
	if (!there)
		return FAULT_NONE;
	if (number(server, "SELECT version FROM kept", 0, &version) ||
	    number(server, "SELECT whole FROM kept", 0, &whole))
		return FAULT_STORE;
	*found = !version                   ? SCHEMA_NOTHING
		 : version > SCHEMA_VERSION ? SCHEMA_NEWER
		 : !whole                   ? SCHEMA_HALF
		 : version < SCHEMA_VERSION ? SCHEMA_OLDER
					    : SCHEMA_RECORD;
	return FAULT_NONE;
}

/* --- of the model --------------------------------------------------------- */

enum fault schema_tables(struct store *model, char **names)
{
	SCOPED(store_endp)
	struct store_ask *ask = store_prepare(
	    model, "SELECT name FROM sqlite_schema WHERE type = 'table' AND"
		   " name NOT LIKE 'sqlite%' ORDER BY name");
	struct bytes out = { 0 };
	enum store_step step;

	while ((step = store_step(ask)) == STORE_ROW)
		bytes_add_format(&out, "%s\n", store_text(ask, 0));
	bytes_add_text(&out, "");
	*names = bytes_take_text(&out);
	return step == STORE_DONE ? FAULT_NONE : FAULT_STORE;
}

enum fault schema_columns(struct store *model, const char *table,
			  char **columns, char **primary)
{
	SCOPED(char_freep)
	char *sql = xasprintf("SELECT name, pk FROM pragma_table_info('%s')"
			      " ORDER BY cid",
			      table);
	SCOPED(store_endp) struct store_ask *ask = store_prepare(model, sql);
	struct bytes all = { 0 }, keys = { 0 };
	enum store_step step;

	while ((step = store_step(ask)) == STORE_ROW) {
		bytes_add_format(&all, "%s\"%s\"", all.length ? ", " : "",
				 store_text(ask, 0));
		if (store_number(ask, 1))
			bytes_add_format(&keys, "%s\"%s\"",
					 keys.length ? ", " : "",
					 store_text(ask, 0));
	}
	if (!keys.length)
		bytes_add(&keys, all.data, all.length);
	*columns = bytes_take_text(&all);
	*primary = bytes_take_text(&keys);
	return step == STORE_DONE ? FAULT_NONE : FAULT_STORE;
}

/* --- laying --------------------------------------------------------------- */

static enum fault has_column(struct store *server, const char *table,
			     const char *column, bool *has)
{
	SCOPED(store_endp)
	struct store_ask *ask = store_prepare(
	    server, "SELECT 1 FROM information_schema.columns WHERE"
		    " table_schema = '" POSTGRES_SCHEMA "' AND table_name = ?1"
		    " AND column_name = ?2");
	enum store_step step;

	store_bind_text(ask, 1, table);
	store_bind_text(ask, 2, column);
	step = store_step(ask);
	*has = step == STORE_ROW;
	return step == STORE_FAILED ? FAULT_STORE : FAULT_NONE;
}

/* What a newer Foyer knows of a table that is there. */
static enum fault add_columns(struct store *model, struct store *server,
			      const char *table)
{
	SCOPED(char_freep)
	char *sql = xasprintf("SELECT name, type || CASE WHEN \"notnull\" THEN"
			      " ' NOT NULL' ELSE '' END || coalesce("
			      "' DEFAULT ' || dflt_value, '') FROM"
			      " pragma_table_info('%s') ORDER BY cid",
			      table);
	SCOPED(store_endp) struct store_ask *ask = store_prepare(model, sql);
	enum fault fault = FAULT_NONE;
	bool has = true;

	while (!fault && store_step(ask) == STORE_ROW) {
		SCOPED(char_freep)
		char *type = postgres_table(store_text(ask, 1));
		SCOPED(char_freep)
		char *add = xasprintf("ALTER TABLE \"%s\" ADD COLUMN \"%s\" %s",
				      table, store_text(ask, 0), type);

		fault = has_column(server, table, store_text(ask, 0), &has);
		if (!fault && !has)
			fault = store_run(server, add);
	}
	return fault;
}

static enum fault lay_table(struct store *model, struct store *server,
			    const char *table, const char *sql)
{
	SCOPED(char_freep) char *theirs = postgres_table(sql);
	bool has = false;
	enum fault fault = has_column(server, table, "id", &has);

	if (!fault && !has) {
		SCOPED(char_freep)
		char *ask = xasprintf("SELECT to_regclass('" POSTGRES_SCHEMA
				      ".\"%s\"') IS NOT NULL",
				      table);
		int64_t there = 0;

		fault = number(server, ask, 0, &there);
		has = there;
	}
	if (fault)
		return fault;
	return has ? add_columns(model, server, table)
		   : store_run(server, theirs);
}

/* "CREATE INDEX x ON y" that may be there. */
static enum fault lay_index(struct store *server, const char *name,
			    const char *sql)
{
	const char *behind = strstr(sql, " ON ");
	SCOPED(char_freep) char *theirs = postgres_table(behind);
	SCOPED(char_freep)
	char *make =
	    xasprintf("CREATE INDEX IF NOT EXISTS \"%s\"%s", name, theirs);

	return store_run(server, make);
}

static enum fault lay_all(struct store *model, struct store *server)
{
	SCOPED(store_endp)
	struct store_ask *ask = store_prepare(
	    model, "SELECT name, sql, type = 'index' FROM sqlite_schema WHERE"
		   " sql IS NOT NULL AND name NOT LIKE 'sqlite%' ORDER BY 3");
	enum fault fault = FAULT_NONE;

	while (!fault && store_step(ask) == STORE_ROW) {
		const char *name = store_text(ask, 0);
		const char *sql = store_text(ask, 1);

		fault = store_number(ask, 2)
			    ? lay_index(server, name, sql)
			    : lay_table(model, server, name, sql);
	}
	return fault;
}

/* One that is there need not be made, which not everybody may; and what is made
 * in it belongs to whoever it belongs to, not to who happened to sign in. A
 * table of the record is called name, too, and would be taken for the type. */
static const char schema[] =
    "DO $$ DECLARE whose pg_catalog.name; BEGIN"
    " SELECT pg_get_userbyid(nspowner) INTO whose FROM pg_namespace WHERE"
    " nspname = '" POSTGRES_SCHEMA "';"
    " IF whose IS NULL THEN CREATE SCHEMA " POSTGRES_SCHEMA ";"
    " ELSIF pg_has_role(whose, 'MEMBER') THEN"
    " EXECUTE format('SET LOCAL ROLE %I', whose); END IF; END $$";

static enum fault lay_within(struct store *model, struct store *server)
{
	if (store_run(server, schema) || store_run(server, functions) ||
	    store_run(server, own_tables) || store_run(server, audit_erase))
		return FAULT_STORE;
	return lay_all(model, server) || store_run(server, numbers) ||
		       store_run(server, schema_shown)
		   ? FAULT_STORE
		   : FAULT_NONE;
}

/* Where the model failed the server has nothing to say; that is a bug. */
/* What it said before stays what went wrong. */
static enum fault give_up(struct store *server)
{
	(void)!store_run(server, "ROLLBACK");
	return FAULT_STORE;
}

enum fault schema_lay(struct store *server)
{
	SCOPED(store_closep) struct store *model = NULL;
	enum fault fault = schema_model(&model);

	if (fault || store_run(server, "BEGIN"))
		return FAULT_STORE;
	if (lay_within(model, server))
		return give_up(server);
	return store_run(server, "COMMIT");
}

/* --- when rows are in ----------------------------------------------------- */

static enum fault add_links(struct store *model, struct store *server,
			    const char *table)
{
	SCOPED(char_freep)
	char *sql = xasprintf("SELECT \"from\", \"table\", coalesce(\"to\","
			      " 'id'), on_delete FROM"
			      " pragma_foreign_key_list('%s')",
			      table);
	SCOPED(store_endp) struct store_ask *ask = store_prepare(model, sql);
	enum fault fault = FAULT_NONE;

	while (!fault && store_step(ask) == STORE_ROW) {
		const char *column = store_text(ask, 0);
		SCOPED(char_freep)
		char *drop = xasprintf("ALTER TABLE \"%s\" DROP CONSTRAINT IF"
				       " EXISTS \"%s_%s_link\"",
				       table, table, column);
		SCOPED(char_freep)
		char *add = xasprintf(
		    "ALTER TABLE \"%s\" ADD CONSTRAINT \"%s_%s_link\" FOREIGN"
		    " KEY (\"%s\") REFERENCES \"%s\" (\"%s\") ON DELETE %s",
		    table, table, column, column, store_text(ask, 1),
		    store_text(ask, 2), store_text(ask, 3));

		if (!(fault = store_run(server, drop)))
			fault = store_run(server, add);
	}
	return fault;
}

/* Behind what SQLite has given away last, so that no number comes again. */
static enum fault set_sequence(struct store *server, const char *table)
{
	SCOPED(char_freep)
	char *name = xasprintf("SELECT pg_get_serial_sequence('" POSTGRES_SCHEMA
			       ".\"%s\"', 'id') IS NOT NULL",
			       table);
	SCOPED(char_freep)
	char *set =
	    xasprintf("SELECT setval(pg_get_serial_sequence('" POSTGRES_SCHEMA
		      ".\"%s\"', 'id'), greatest("
		      "(SELECT coalesce(max(id), 0) FROM \"%s\"),"
		      " nextval(pg_get_serial_sequence('" POSTGRES_SCHEMA
		      ".\"%s\"', 'id')) - 1) + 1,"
		      " false)",
		      table, table, table);
	int64_t has = 0;
	bool column = false;
	enum fault fault = has_column(server, table, "id", &column);

	if (fault || !column || (fault = number(server, name, 0, &has)) || !has)
		return fault;
	return store_run(server, set);
}

enum fault schema_finish(struct store *server)
{
	SCOPED(store_closep) struct store *model = NULL;
	SCOPED(char_freep) char *names = NULL;
	SCOPED(char_freep) char *kept = NULL;
	enum fault fault = schema_model(&model);
	char *rest, *table;

	if (fault || (fault = schema_tables(model, &names)) ||
	    (fault = store_run(server, "BEGIN")))
		return fault;
	rest = names;
	while (!fault && (table = strsep(&rest, "\n"))) {
		if (!*table)
			continue;
		if (!(fault = add_links(model, server, table)))
			fault = set_sequence(server, table);
	}
	kept = xasprintf("DELETE FROM kept; INSERT INTO kept VALUES (%d, true);"
			 "INSERT INTO writing SELECT 0 WHERE NOT EXISTS"
			 " (SELECT FROM writing)",
			 SCHEMA_VERSION);
	if (fault || store_run(server, kept) || schema_grant(server))
		return give_up(server);
	return store_run(server, "COMMIT");
}
