#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/file.h"
#include "base/log.h"
#include "record/lay.h"
#include "record/names_inside.h"
#include "record/place.h"
#include "seal/secret.h"

/* From one file to two, and back. */

/* --- apart ---------------------------------------------------------------- */

/* Walks a table's rows as JSON. */
struct walk {
	struct record *record;
	const struct names_table *table;
	int64_t seq;
};
typedef enum fault row_visit(struct walk *walk, int64_t row, const char *json);

static enum fault each_row(struct walk *walk, row_visit *visit)
{
	struct record *record = walk->record;
	SCOPED(char_freep)
	char *json = names_json(record->db, "main", walk->table->name, "");
	SCOPED(char_freep)
	char *sql = xasprintf("SELECT \"%s\", %s FROM main.\"%s\"",
			      walk->table->id, json, walk->table->name);
	struct store_ask *ask;
	enum fault fault = statement_take(record, sql, &ask);
	bool row;

	if (fault)
		return fault;
	while (!(fault = statement_row(record, ask, &row)) && row &&
	       !(fault =
		     visit(walk, store_number(ask, 0), statement_text(ask, 1))))
		;
	statement_give_back(record, ask);
	return fault;
}

static enum fault seal_row(struct walk *walk, int64_t row, const char *json)
{
	struct names *names = walk->record->names;
	SCOPED(char_freep) char *about = names_about(walk->table->name, row);
	struct bytes box = { 0 };
	enum fault fault;

	box_seal(names->key, about, json, strlen(json), &box);
	fault = vault_put(names, walk->table->name, row, ++walk->seq, box.data,
			  box.length);
	bytes_done(&box);
	return fault;
}

/* What lies in the vault opens to what lies here. */
static enum fault check_row(struct walk *walk, int64_t row, const char *json)
{
	struct names *names = walk->record->names;
	SCOPED(char_freep) char *about = names_about(walk->table->name, row);
	struct bytes plain = { 0 };
	SCOPED(store_endp)
	struct store_ask *ask =
	    store_prepare(names->vault, "SELECT box FROM sealed WHERE name = ?1"
					" AND row = ?2");
	bool good;

	store_bind_text(ask, 1, walk->table->name);
	store_bind(ask, 2, row);
	good = store_step(ask) == STORE_ROW &&
	       box_open(names->key, about, store_bytes(ask, 0),
			store_length(ask, 0), &plain) &&
	       plain.length == strlen(json) &&
	       memcmp(plain.data, json, plain.length) == 0;
	bytes_wipe(&plain);
	if (good)
		return FAULT_NONE;
	log_error("%s: what was written did not read back; nothing was "
		  "converted",
		  names->path);
	return FAULT_STORE;
}

static enum fault each_table(struct walk *walk, row_visit *visit)
{
	struct names_table tables[NAMES_TABLES];
	const size_t count = names_tables(tables);
	enum fault fault = FAULT_NONE;

	for (size_t i = 0; !fault && i < count; i++) {
		walk->table = &tables[i];
		fault = each_row(walk, visit);
	}
	walk->table = NULL;
	return fault;
}

static enum fault seal_all(struct record *record, int64_t *rows)
{
	struct walk walk = { .record = record };
	enum fault fault;

	if ((fault = vault_run(record->names, "BEGIN IMMEDIATE")) ||
	    (fault = each_table(&walk, seal_row)) ||
	    (fault = vault_run(record->names, "COMMIT")))
		return fault;
	*rows = walk.seq;
	return each_table(&walk, check_row);
}

/* The record lets go of what was sealed. */
static enum fault let_go(struct record *record, int64_t rows, int64_t now)
{
	static const char *const statements[] = {
		"UPDATE fact SET value = names_keep(field, value)",
		"UPDATE intake SET submission = names_keep(NULL, submission)",
		"UPDATE intake_answer SET value = names_keep(NULL, value)",
		"UPDATE draft SET answers = names_keep(NULL, answers)",
		"DELETE FROM main.person_key",
	};
	struct names_table tables[NAMES_TABLES];
	const size_t count = names_tables(tables);
	enum fault fault = FAULT_NONE;

	for (size_t i = 0; !fault && i < COUNT(statements); i++)
		fault = statement_do(record, statements[i], "");
	for (size_t i = 0; !fault && i < count; i++) {
		SCOPED(char_freep)
		char *drop =
		    xasprintf("DROP TABLE main.\"%s\"", tables[i].name);

		if (store_run(record->db, drop))
			fault = statement_refuse(record, drop);
	}
	if (!fault && store_run(record->db, "DROP TABLE main.person_key"))
		fault = statement_refuse(record, "letting go of keys");
	/* Changes from now on are counted behind those that were sealed. */
	if (!fault)
		fault = statement_do(record,
				     "INSERT INTO names_out (id, name, row)"
				     " VALUES (?1, '', 0)",
				     "i", rows + 1);
	if (!fault)
		fault = statement_do(record, "DELETE FROM names_out", "");
	if (!fault)
		fault = statement_do(record,
				     "INSERT INTO names_lie_apart (since)"
				     " VALUES (?1)",
				     "i", now);
	return fault;
}

/* Nothing of it stays in a page that is free, or in the journal. */
static enum fault sweep(struct record *record)
{
	if (store_run(record->db,
		      "VACUUM main; PRAGMA wal_checkpoint(TRUNCATE)"))
		return statement_refuse(record, "sweeping the record");
	return FAULT_NONE;
}

static struct names *names_fresh(const char *path)
{
	struct names *names = xcalloc(1, sizeof *names);
	const char *slash = strrchr(path, '/');
	int folder = slash ? (int)(slash - path) : 1;

	names->path = xasprintf("%.*s/" NAMES_FILE, folder, slash ? path : ".");
	names->key = secret_new(BOX_KEY);
	secret_random(names->key, BOX_KEY);
	return names;
}

static enum fault part(struct record *record, const struct record_who *who,
		       int64_t now, int64_t *rows)
{
	SCOPED(transaction_endp) struct transaction *change = NULL;
	enum fault fault;

	if ((fault = transaction_begin(record, &change)) ||
	    (fault = seal_all(record, rows)) ||
	    (fault = let_go(record, *rows, now)) ||
	    (fault =
		 audit_add(record, who, now, "names-apart", "record", 0, NULL)))
		return fault;
	return transaction_commit(&change);
}

enum fault names_part(const char *path, const uint8_t agency[32],
		      const struct record_who *who, int64_t now,
		      enum names_answer *answer, int64_t *rows)
{
	SCOPED(record_closep) struct record *record = NULL;
	enum fault fault;

	*rows = 0;
	*answer = NAMES_IN_USE;
	if (place_in_use(path))
		return FAULT_NONE;
	if ((fault = record_open(path, &record)))
		return fault;
	*answer = NAMES_ALREADY;
	if (record->names)
		return FAULT_NONE;
	record->names = names_fresh(path);
	if ((fault = vault_make(record->names, agency)) ||
	    (fault = part(record, who, now, rows)) || (fault = sweep(record)))
		return fault;
	*answer = NAMES_DONE;
	return FAULT_NONE;
}

/* --- together ------------------------------------------------------------- */

static enum fault bring_table(struct record *record, const char *table,
			      int64_t *rows)
{
	SCOPED(char_freep)
	char *columns = names_columns(record->db, "apart", table, false);
	SCOPED(char_freep)
	char *sql = xasprintf("INSERT INTO main.\"%s\" (%s) SELECT %s FROM"
			      " apart.\"%s\"",
			      table, columns, columns, table);
	const int64_t before = store_changed_in_all(record->db);
	enum fault fault = statement_do(record, sql, "");

	*rows += store_changed_in_all(record->db) - before;
	return fault;
}

static enum fault bring_all(struct record *record, int64_t *rows)
{
	static const char *const statements[] = {
		"UPDATE fact SET value = names_reveal(value)",
		"UPDATE intake SET submission = names_reveal(submission)",
		"UPDATE intake_answer SET value = names_reveal(value)",
		"UPDATE draft SET answers = names_reveal(answers)",
		"DELETE FROM names_lie_apart",
		"DELETE FROM names_out",
	};
	struct names_table tables[NAMES_TABLES];
	const size_t count = names_tables(tables);
	int64_t keys = 0;
	enum fault fault = FAULT_NONE;

	if (lay_kinds(record->db, "main", true))
		return statement_refuse(record, "laying the names");
	for (size_t i = 0; !fault && i < count; i++)
		fault = bring_table(record, tables[i].name, rows);
	if (!fault)
		fault = bring_table(record, "person_key", &keys);
	for (size_t i = 0; !fault && i < COUNT(statements); i++)
		fault = statement_do(record, statements[i], "");
	return fault;
}

/* As many as the vault has, or nothing is brought together. */
static enum fault count_all(struct record *record, int64_t rows)
{
	SCOPED(store_endp)
	struct store_ask *ask = store_prepare(
	    record->names->vault, "SELECT count(*) FROM sealed WHERE box IS NOT"
				  " NULL");
	int64_t there = -1;

	if (store_step(ask) == STORE_ROW)
		there = store_number(ask, 0);
	if (there == rows)
		return FAULT_NONE;
	log_error("%s: it has %lld rows and %lld would come back; nothing was "
		  "converted",
		  record->names->path, (long long)there, (long long)rows);
	return FAULT_STORE;
}

static enum fault join(struct record *record, const struct record_who *who,
		       int64_t now, int64_t *rows)
{
	SCOPED(transaction_endp) struct transaction *change = NULL;
	enum fault fault;

	if ((fault = transaction_begin(record, &change)))
		return fault;
	record->names->loading = true;
	if ((fault = bring_all(record, rows)) ||
	    (fault = count_all(record, *rows)) ||
	    (fault = audit_add(record, who, now, "names-together", "record", 0,
			       NULL)))
		return fault;
	return transaction_commit(&change);
}

static enum fault remove_vault(const char *path)
{
	SCOPED(char_freep) char *journal = xasprintf("%s-wal", path);
	SCOPED(char_freep) char *shared = xasprintf("%s-shm", path);
	enum fault fault = file_remove(path);

	if (!fault)
		fault = file_remove(journal);
	return fault ? fault : file_remove(shared);
}

enum fault names_join(const char *path, const struct agency_key *key,
		      const struct record_who *who, int64_t now,
		      enum names_answer *answer, int64_t *rows)
{
	struct record *record = NULL;
	SCOPED(char_freep) char *vault = NULL;
	bool opened = false;
	enum fault fault;

	*rows = 0;
	*answer = NAMES_IN_USE;
	if (place_in_use(path))
		return FAULT_NONE;
	if ((fault = record_open(path, &record)))
		return fault;
	*answer = record->names ? NAMES_CLOSED : NAMES_ALREADY;
	if (record->names && record->names->vault &&
	    !(fault = names_unlock(record, key, &opened)) && opened) {
		vault = xstrdup(record->names->path);
		if (!(fault = join(record, who, now, rows)))
			*answer = NAMES_DONE;
	}
	record_close(record);
	return fault || *answer != NAMES_DONE ? fault : remove_vault(vault);
}
