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
static char *list_columns(struct store *db, const char *schema,
			  const char *table, const char *before,
			  const char *after, const char *behind)
{
	SCOPED(char_freep)
	char *sql = xasprintf("SELECT name FROM pragma_table_info('%s', '%s')",
			      table, schema);
	struct bytes list = { 0 };
	SCOPED(store_endp) struct store_ask *ask = store_prepare(db, sql);

	while (store_step(ask) == STORE_ROW) {
		const char *name = statement_text(ask, 0);

		bytes_add_format(&list, "%s%s%s%s%s%s", list.length ? ", " : "",
				 before, after ? name : "", after ? after : "",
				 name, behind);
	}
	return list.length ? bytes_take_text(&list) : NULL;
}

char *names_json(struct store *db, const char *schema, const char *table,
		 const char *prefix)
{
	SCOPED(char_freep) char *between = xasprintf("', %s\"", prefix);
	SCOPED(char_freep)
	char *list = list_columns(db, schema, table, "'", between, "\"");

	return list ? xasprintf("json_object(%s)", list) : NULL;
}

char *names_columns(struct store *db, const char *schema, const char *table,
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

static void give_sealed(struct store_call *call, const uint8_t *key, int at)
{
	struct bytes box = { 0 }, text = { 0 };

	box_seal(key, "text", store_argument(call, at),
		 store_argument_length(call, at), &box);
	bytes_add_text(&text, SEALED);
	bytes_add_base64(&text, box.data, box.length);
	store_give_text(call, (const char *)text.data, text.length);
	bytes_done(&text);
	bytes_done(&box);
}

/* names_keep(FIELD, VALUE): as it lies in the record; FIELD NULL: sealed
 * whatever it is. */
static void keep(struct store_call *call, void *own)
{
	const struct record *record = own;
	const char *field = store_argument(call, 0);

	if (!record->names || !store_argument_is_text(call, 1) ||
	    (field && !codes_have(kept_facts, field, strlen(field))))
		store_give_argument(call, 1);
	else if (record->names->key)
		give_sealed(call, record->names->key, 1);
	else
		store_give_refusal(call, "the names are locked");
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

bool names_open_text(const struct record *record, const char *text,
		     bool *sealed, struct bytes *plain)
{
	struct bytes box = { 0 };
	bool opened = true;

	*sealed = strncmp(text, SEALED, 1) == 0;
	if (*sealed)
		opened = record->names && record->names->key &&
			 take_base64(text + 1, &box) &&
			 box_open(record->names->key, "text", box.data,
				  box.length, plain);
	bytes_done(&box);
	return opened;
}

/* names_reveal(VALUE): as it was given; '' while the names are locked, or where
 * it is damaged. */
static void reveal(struct store_call *call, void *own)
{
	const char *text = store_argument(call, 0);
	struct bytes plain = { 0 };
	bool sealed = false;

	if (text)
		(void)names_open_text(own, text, &sealed, &plain);
	if (sealed)
		store_give_text(call, plain.data ? (char *)plain.data : "",
				plain.length);
	else
		store_give_argument(call, 0);
	bytes_wipe(&plain);
}

/* names_box(TABLE, ROW, JSON) */
static void box(struct store_call *call, void *own)
{
	const struct record *record = own;
	SCOPED(char_freep)
	char *about = names_about(store_argument(call, 0),
				  store_argument_number(call, 1));
	struct bytes out = { 0 };

	if (!record->names || !record->names->key) {
		store_give_refusal(call,
				   "the names are locked: open them with the "
				   "passphrase first");
		return;
	}
	box_seal(record->names->key, about, store_argument(call, 2),
		 store_argument_length(call, 2), &out);
	store_give_bytes(call, out.data, out.length);
	bytes_done(&out);
}

/* names_go(): whether a change is one that the vault is to have. */
static void go(struct store_call *call, void *own)
{
	const struct record *record = own;

	store_give(call, record->names && !record->names->loading);
}

enum fault names_functions(struct record *record)
{
	static const struct store_named functions[] = {
		{ "names_keep", 2, keep, false },
		{ "names_reveal", 1, reveal, false },
		{ "names_box", 3, box, false },
		{ "names_go", 0, go, false },
	};

	return store_functions(record->db, functions, COUNT(functions), record);
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

		if (store_run(record->db, sql))
			return statement_refuse(record, "laying the names");
	}
	return json ? FAULT_NONE : statement_refuse(record, "reading columns");
}

static enum fault lay_apart(struct record *record)
{
	struct names_table tables[NAMES_TABLES];
	const size_t count = names_tables(tables);
	enum fault fault = FAULT_NONE;

	if (store_run(record->db, "ATTACH ':memory:' AS apart") ||
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
	store_close(names->vault);
	free(names->path);
	free(names);
	record->names = NULL;
}
