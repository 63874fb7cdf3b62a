#include "record/names.h"

#include <libgen.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/file.h"
#include "base/log.h"
#include "record/kind.h"
#include "record/lay.h"
#include "record/names_inside.h"
#include "seal/secret.h"

enum names_state names_state(const struct record *record)
{
	const struct names *names = record->names;

	if (!names)
		return NAMES_TOGETHER;
	if (names->key)
		return NAMES_OPEN;
	return names->vault ? NAMES_LOCKED : NAMES_LOST;
}

/* --- tables and columns --------------------------------------------------- */

size_t names_tables(struct names_table tables[NAMES_TABLES])
{
	size_t count = 0;

	tables[count++] = (struct names_table){ "change_apart", "id" };
	tables[count++] = (struct names_table){ "person_form", "person" };
	for (size_t i = 0; i < kind_count() && count < NAMES_TABLES; i++) {
		if (kind_at(i)->apart)
			tables[count++] =
			    (struct names_table){ kind_at(i)->name, "id" };
	}
	return count;
}

/* Every column between before and behind; with after, its name stands there
 * twice: before NAME after NAME behind. */
static char *list_columns(sqlite3 *db, const char *schema, const char *table,
			  const char *before, const char *after,
			  const char *behind)
{
	SCOPED(char_freep)
	char *sql = xasprintf("SELECT name FROM pragma_table_info('%s', '%s')",
			      table, schema);
	struct bytes list = { 0 };
	sqlite3_stmt *ask = NULL;
	int code = sqlite3_prepare_v2(db, sql, -1, &ask, NULL);

	while (!code && sqlite3_step(ask) == SQLITE_ROW) {
		const char *name = statement_text(ask, 0);

		bytes_add_format(&list, "%s%s%s%s%s%s", list.length ? ", " : "",
				 before, after ? name : "", after ? after : "",
				 name, behind);
	}
	sqlite3_finalize(ask);
	return list.length ? bytes_take_text(&list) : NULL;
}

char *names_json(sqlite3 *db, const char *schema, const char *table,
		 const char *prefix)
{
	SCOPED(char_freep) char *between = xasprintf("', %s\"", prefix);
	SCOPED(char_freep)
	char *list = list_columns(db, schema, table, "'", between, "\"");

	return list ? xasprintf("json_object(%s)", list) : NULL;
}

char *names_columns(sqlite3 *db, const char *schema, const char *table,
		    bool wrap)
{
	return wrap ? list_columns(db, schema, table, "json_extract(?1, '$.",
				   NULL, "')")
		    : list_columns(db, schema, table, "\"", NULL, "\"");
}

/* --- functions ------------------------------------------------------------ */

/* What a form saves of who somebody is and how to reach them. */
static const char kept_facts[] =
    "own_script_name latin_name latin_name_suggested preferred_name"
    " other_names name family_name given_name phone email address contact"
    " contact_by called_by postal_code";

/* Begins what is sealed in a column of text; no form gives it. */
#define SEALED "\001"

static void give_sealed(sqlite3_context *to, const uint8_t *key,
			sqlite3_value *value)
{
	struct bytes box = { 0 }, text = { 0 };

	box_seal(key, "text", sqlite3_value_text(value),
		 (size_t)sqlite3_value_bytes(value), &box);
	bytes_add_text(&text, SEALED);
	bytes_add_base64(&text, box.data, box.length);
	sqlite3_result_text(to, (const char *)text.data, (int)text.length,
			    SQLITE_TRANSIENT);
	bytes_done(&text);
	bytes_done(&box);
}

/* names_keep(FIELD, VALUE): as it lies in the record; FIELD NULL: sealed
 * whatever it is. */
static void keep(sqlite3_context *to, int count, sqlite3_value **values)
{
	const struct record *record = sqlite3_user_data(to);
	const char *field = (const char *)sqlite3_value_text(values[0]);

	(void)count;
	if (!record->names || sqlite3_value_type(values[1]) != SQLITE_TEXT ||
	    (field && !codes_have(kept_facts, field, strlen(field))))
		sqlite3_result_value(to, values[1]);
	else if (record->names->key)
		give_sealed(to, record->names->key, values[1]);
	else
		sqlite3_result_error(to, "the names are locked", -1);
}

static bool take_base64(const char *text, struct bytes *out)
{
	size_t length = strlen(text), used = 0;
	uint8_t *data = xcalloc(1, length + 1);
	bool good = box_from_base64(text, data, length, &used);

	if (good)
		bytes_add(out, data, used);
	free(data);
	return good;
}

/* names_reveal(VALUE): as it was given; '' while the names are locked. */
static void reveal(sqlite3_context *to, int count, sqlite3_value **values)
{
	const struct record *record = sqlite3_user_data(to);
	const char *text = (const char *)sqlite3_value_text(values[0]);
	struct bytes box = { 0 }, plain = { 0 };

	(void)count;
	if (!text || strncmp(text, SEALED, 1) != 0) {
		sqlite3_result_value(to, values[0]);
		return;
	}
	if (record->names && record->names->key &&
	    take_base64(text + 1, &box) &&
	    box_open(record->names->key, "text", box.data, box.length, &plain))
		sqlite3_result_text(to, plain.data ? (char *)plain.data : "",
				    (int)plain.length, SQLITE_TRANSIENT);
	else
		sqlite3_result_text(to, "", 0, SQLITE_STATIC);
	bytes_wipe(&plain);
	bytes_done(&box);
}

/* names_box(TABLE, ROW, JSON) */
static void box(sqlite3_context *to, int count, sqlite3_value **values)
{
	const struct record *record = sqlite3_user_data(to);
	SCOPED(char_freep)
	char *about = names_about((const char *)sqlite3_value_text(values[0]),
				  sqlite3_value_int64(values[1]));
	struct bytes out = { 0 };

	(void)count;
	if (!record->names || !record->names->key) {
		sqlite3_result_error(to,
				     "the names are locked: open them with the "
				     "passphrase first",
				     -1);
		return;
	}
	box_seal(record->names->key, about, sqlite3_value_text(values[2]),
		 (size_t)sqlite3_value_bytes(values[2]), &out);
	sqlite3_result_blob(to, out.data, (int)out.length, SQLITE_TRANSIENT);
	bytes_done(&out);
}

/* names_go(): whether a change is one that the vault is to have. */
static void go(sqlite3_context *to, int count, sqlite3_value **values)
{
	const struct record *record = sqlite3_user_data(to);

	(void)count;
	(void)values;
	sqlite3_result_int(to, record->names && !record->names->loading);
}

int names_functions(struct record *record)
{
	static const struct {
		const char *name;
		int count;
		void (*run)(sqlite3_context *, int, sqlite3_value **);
	} functions[] = {
		{ "names_keep", 2, keep },
		{ "names_reveal", 1, reveal },
		{ "names_box", 3, box },
		{ "names_go", 0, go },
	};
	int code = SQLITE_OK;

	for (size_t i = 0; !code && i < COUNT(functions); i++)
		code = sqlite3_create_function_v2(
		    record->db, functions[i].name, functions[i].count,
		    SQLITE_UTF8, record, functions[i].run, NULL, NULL, NULL);
	return code;
}

/* --- where they will be --------------------------------------------------- */

static enum fault add_triggers(struct record *record,
			       const struct names_table *table)
{
	static const struct {
		const char *event, *row;
		bool gone;
	} events[] = {
		{ "INSERT", "NEW", false },
		{ "UPDATE", "NEW", false },
		{ "DELETE", "OLD", true },
	};
	SCOPED(char_freep)
	char *json = names_json(record->db, "apart", table->name, "NEW.");

	for (size_t i = 0; json && i < COUNT(events); i++) {
		SCOPED(char_freep)
		char *sealed = xasprintf("names_box('%s', NEW.\"%s\", %s)",
					 table->name, table->id, json);
		SCOPED(char_freep)
		char *sql = xasprintf(
		    "CREATE TEMP TRIGGER \"%s_%s\" AFTER %s ON apart.\"%s\""
		    " WHEN names_go() BEGIN"
		    " INSERT INTO names_out (name, row, box) VALUES"
		    " ('%s', %s.\"%s\", %s); END",
		    table->name, events[i].event, events[i].event, table->name,
		    table->name, events[i].row, table->id,
		    events[i].gone ? "NULL" : sealed);

		if (sqlite3_exec(record->db, sql, NULL, NULL, NULL))
			return statement_refuse(record, "laying the names");
	}
	return json ? FAULT_NONE : statement_refuse(record, "reading columns");
}

static enum fault lay_apart(struct record *record)
{
	struct names_table tables[NAMES_TABLES];
	const size_t count = names_tables(tables);
	enum fault fault = FAULT_NONE;

	if (sqlite3_exec(record->db, "ATTACH ':memory:' AS apart", NULL, NULL,
			 NULL) ||
	    lay_kinds(record->db, "apart", true))
		return statement_refuse(record, "laying the names");
	for (size_t i = 0; !fault && i < count; i++)
		fault = add_triggers(record, &tables[i]);
	return fault;
}

static char *vault_path(const struct record *record)
{
	SCOPED(char_freep) char *copy = xstrdup(record->path);

	return xasprintf("%s/" NAMES_FILE, dirname(copy));
}

enum fault names_attach(struct record *record)
{
	struct names *names;
	enum fault fault;
	bool apart;

	if (lay_is_apart(record->db, &apart))
		return statement_refuse(record, "asking for its names");
	if (!apart)
		return FAULT_NONE;
	names = record->names = xcalloc(1, sizeof *names);
	names->path = vault_path(record);
	if ((fault = lay_apart(record)))
		return fault;
	if (!file_exists(names->path)) {
		log_warning("%s: the names are not here: everything is shown "
			    "by number. Put the file back from a backup",
			    names->path);
		return FAULT_NONE;
	}
	return vault_open(names);
}

void names_free(struct record *record)
{
	struct names *names = record->names;

	if (!names)
		return;
	secret_free(names->key);
	sqlite3_close(names->vault);
	free(names->path);
	free(names);
	record->names = NULL;
}
