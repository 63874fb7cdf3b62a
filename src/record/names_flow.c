#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/log.h"
#include "record/conflict_inside.h"
#include "record/kind.h"
#include "record/names_inside.h"
#include "record/people_key.h"
#include "seal/secret.h"

/* How changes of names go from one program to another, and to the vault. */

/* --- into memory ---------------------------------------------------------- */

static const struct names_table *table_of(const struct names_table *tables,
					  size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++) {
		if (strcmp(tables[i].name, name) == 0)
			return &tables[i];
	}
	return NULL;
}

static enum fault refuse_box(const struct names *names, const char *name,
			     int64_t row)
{
	log_error("%s: row %lld of %s does not open: the file is damaged, or "
		  "of another record. Put the newest backup in its place",
		  names->path, (long long)row, name);
	return FAULT_STORE;
}

static enum fault put_row(struct record *record, const char *name,
			  const struct bytes *json)
{
	SCOPED(char_freep)
	char *columns = names_columns(record->db, "apart", name, false);
	SCOPED(char_freep)
	char *values = names_columns(record->db, "apart", name, true);
	SCOPED(char_freep)
	char *sql = xasprintf("INSERT OR REPLACE INTO apart.\"%s\" (%s)"
			      " SELECT %s",
			      name, columns, values);

	return statement_do(record, sql, "t", (const char *)json->data);
}

static enum fault drop_row(struct record *record,
			   const struct names_table *table, int64_t row)
{
	SCOPED(char_freep)
	char *sql = xasprintf("DELETE FROM apart.\"%s\" WHERE \"%s\" = ?1",
			      table->name, table->id);

	return statement_do(record, sql, "i", row);
}

/* A row as the vault has it: box NULL where it is gone. */
static enum fault take_row(struct record *record, const char *name, int64_t row,
			   const void *box, size_t length)
{
	struct names_table tables[NAMES_TABLES];
	const size_t count = names_tables(tables);
	const struct names_table *table = table_of(tables, count, name);
	SCOPED(char_freep) char *about = names_about(name, row);
	const bool forms = strcmp(name, "person_form") == 0;
	struct bytes json = { 0 };
	enum fault fault = FAULT_NONE;

	/* Of a newer Foyer, which keeps it there. */
	if (!table)
		return FAULT_NONE;
	if (forms)
		fault = people_key_drop(record, row);
	if (!fault && !box)
		fault = drop_row(record, table, row);
	else if (!fault &&
		 !box_open(record->names->key, about, box, length, &json))
		fault = refuse_box(record->names, name, row);
	else if (!fault)
		fault = put_row(record, name, &json);
	if (!fault && box && forms)
		fault = people_key_put(record, row);
	bytes_wipe(&json);
	return fault;
}

/* Rows of a statement with seq, name, row and box, newest last. */
static enum fault take_rows(struct record *record, struct store *db,
			    const char *sql)
{
	struct names *names = record->names;
	const int64_t from = names->seen_before;
	SCOPED(store_endp) struct store_ask *ask = store_prepare(db, sql);
	enum fault fault = FAULT_NONE;
	enum store_step step = STORE_FAILED;

	store_bind(ask, 1, from);
	while (!fault && (step = store_step(ask)) == STORE_ROW) {
		const int64_t seq = store_number(ask, 0);

		fault = take_row(record, statement_text(ask, 1),
				 store_number(ask, 2), store_bytes(ask, 3),
				 store_length(ask, 3));
		if (seq > names->seen)
			names->seen = seq;
	}
	if (!fault && step != STORE_DONE)
		fault = db == names->vault
			    ? vault_refuse(names, "reading names")
			    : statement_refuse(record, "reading names");
	return fault;
}

/*
 * Inside a transaction, so that nobody changes any meanwhile. What is on its
 * way to the vault is newer than what lies there.
 */
static enum fault pull(struct record *record)
{
	static const char vault[] = "SELECT seq, name, row, box FROM sealed"
				    " WHERE seq > ?1 ORDER BY seq";
	static const char out[] = "SELECT id, name, row, box FROM names_out"
				  " WHERE id > ?1 ORDER BY id";
	struct names *names = record->names;
	enum fault fault;

	names->loading = true;
	fault = take_rows(record, names->vault, vault);
	if (!fault)
		fault = take_rows(record, record->db, out);
	names->loading = false;
	return fault;
}

/* --- to the vault --------------------------------------------------------- */

static enum fault send_rows(struct record *record, int64_t *last)
{
	struct store_ask *ask;
	enum fault fault = statement_take(
	    record, "SELECT id, name, row, box FROM names_out ORDER BY id",
	    &ask);
	bool row;

	*last = 0;
	if (fault)
		return fault;
	while (!(fault = statement_row(record, ask, &row)) && row) {
		const void *box = store_bytes(ask, 3);

		if (!*last &&
		    (fault = vault_run(record->names, "BEGIN IMMEDIATE")))
			break;
		*last = store_number(ask, 0);
		if ((fault = vault_put(record->names, statement_text(ask, 1),
				       store_number(ask, 2), *last, box,
				       store_length(ask, 3))))
			break;
	}
	statement_give_back(record, ask);
	return fault;
}

/* First they are in the vault, and then no longer here. */
static void flush(struct record *record)
{
	struct names *names = record->names;
	int64_t last;
	enum fault fault;

	if (!names->vault)
		return;
	fault = send_rows(record, &last);
	if (last && !fault)
		fault = vault_run(names, "COMMIT");
	/* The log has it; the next change, or the next opening, tries again. */
	if (last && !fault)
		(void)!statement_do(
		    record, "DELETE FROM names_out WHERE id <= ?1", "i", last);
	if (store_in_transaction(names->vault))
		(void)!store_run(names->vault, "ROLLBACK");
}

/* --- transactions of the record ------------------------------------------- */

enum fault names_begin(struct record *record)
{
	struct names *names = record->names;
	enum fault fault;

	names->seen_before = names->seen;
	if (!names->key || !names->vault)
		return FAULT_NONE;
	fault = pull(record);
	if (fault || (fault = statement_others(record, &names->others_now)))
		return fault;
	/* Where the names were locked, what was done reached no conflict. */
	return names->others_now != names->others ? conflicts_follow(record)
						  : FAULT_NONE;
}

/* What this transaction changed needs no reading back. */
enum fault names_settle(struct record *record)
{
	int64_t last;
	struct store_ask *ask;
	enum fault fault;
	bool row;

	if (!record->names->key)
		return FAULT_NONE;
	if ((fault = statement_take(
		 record, "SELECT coalesce(max(id), 0) FROM main.names_out",
		 &ask)))
		return fault;
	if (!(fault = statement_row(record, ask, &row)) && row) {
		last = store_number(ask, 0);
		if (last > record->names->seen)
			record->names->seen = last;
	}
	statement_give_back(record, ask);
	return fault;
}

void names_commit(struct record *record)
{
	record->names->seen_before = record->names->seen;
	record->names->others = record->names->others_now;
	flush(record);
}

void names_roll_back(struct record *record)
{
	record->names->seen = record->names->seen_before;
}

enum fault names_refresh(struct record *record)
{
	SCOPED(transaction_endp) struct transaction *transaction = NULL;
	enum fault fault;

	if (names_state(record) != NAMES_OPEN)
		return FAULT_NONE;
	fault = transaction_begin(record, &transaction);
	return fault ? fault : transaction_commit(&transaction);
}

/* --- opening and locking -------------------------------------------------- */

static enum fault read_key(struct names *names, const struct agency_key *agency,
			   bool *there, uint8_t *key, bool *opened)
{
	SCOPED(store_endp)
	struct store_ask *ask = store_prepare(
	    names->vault, "SELECT sealed FROM key WHERE agency = ?1");
	enum store_step step;

	*there = *opened = false;
	store_bind_bytes(ask, 1, agency_key_public(agency), 32);
	step = store_step(ask);
	if (step == STORE_ROW && store_length(ask, 0) == BOX_WRAPPED) {
		*there = true;
		*opened = box_unwrap(agency_key_secret(agency), NAMES_PURPOSE,
				     store_bytes(ask, 0), key);
	}
	return step == STORE_FAILED ? vault_refuse(names, "reading its key")
				    : FAULT_NONE;
}

static bool take_person(void *to, struct store_ask *ask)
{
	struct bytes *people = to;
	const int64_t person = store_number(ask, 0);

	bytes_add(people, &person, sizeof person);
	return true;
}

/* Looked up anew: who was changed while the names were locked. */
static enum fault renew_stale(struct record *record)
{
	struct bytes people = { 0 };
	struct store_ask *ask;
	enum fault fault =
	    statement_take(record, "SELECT person FROM names_stale", &ask);
	bool row;

	if (fault)
		return fault;
	while (!(fault = statement_row(record, ask, &row)) && row)
		(void)take_person(&people, ask);
	statement_give_back(record, ask);
	for (size_t at = 0; !fault && at < people.length; at += 8) {
		int64_t person;

		memcpy(&person, people.data + at, sizeof person);
		fault = people_key_renew(record, person);
	}
	bytes_done(&people);
	return fault ? fault
		     : statement_do(record, "DELETE FROM names_stale", "");
}

/* Of whom was erased meanwhile, nothing stays here either. */
static enum fault drop_orphans(struct record *record)
{
	enum fault fault =
	    statement_do(record,
			 "DELETE FROM person_form WHERE person NOT IN"
			 " (SELECT id FROM person)",
			 "");

	for (size_t i = 0; !fault && i < kind_count(); i++) {
		const struct kind *kind = kind_at(i);
		SCOPED(char_freep)
		char *rows = xasprintf("DELETE FROM \"%s\" WHERE person NOT IN"
				       " (SELECT id FROM person)",
				       kind->name);
		SCOPED(char_freep)
		char *changes =
		    xasprintf("DELETE FROM change_apart WHERE kind = '%s'"
			      " AND entity NOT IN (SELECT id FROM \"%s\")",
			      kind->name, kind->name);

		if (!kind->apart || !kind_field(kind, "person"))
			continue;
		if (!(fault = statement_do(record, rows, "")))
			fault = statement_do(record, changes, "");
	}
	return fault;
}

/* names_begin() brings everything in: nothing was seen yet. */
static enum fault load(struct record *record)
{
	SCOPED(transaction_endp) struct transaction *transaction = NULL;
	enum fault fault;

	if ((fault = transaction_begin(record, &transaction)) ||
	    (fault = renew_stale(record)) || (fault = drop_orphans(record)))
		return fault;
	return transaction_commit(&transaction);
}

enum fault names_unlock(struct record *record, const struct agency_key *agency,
			bool *opened)
{
	struct names *names = record->names;
	uint8_t *key;
	bool there;
	enum fault fault;

	*opened = true;
	if (!names || !names->vault)
		return FAULT_NONE;
	key = secret_new(BOX_KEY);
	fault = read_key(names, agency, &there, key, opened);
	if (!fault && names->key && !there) {
		*opened = true;
		fault = vault_add_key(names, agency_key_public(agency));
	} else if (!fault && !names->key && *opened) {
		names->key = key;
		key = NULL;
		names->seen = 0;
		names->others = 0;
		if ((fault = load(record)))
			names_lock(record);
	}
	secret_free(key);
	return fault;
}

void names_lock(struct record *record)
{
	struct names *names = record->names;
	struct names_table tables[NAMES_TABLES];
	size_t count = names_tables(tables);

	if (!names || !names->key)
		return;
	names->loading = true;
	for (size_t i = 0; i < count; i++) {
		SCOPED(char_freep)
		char *sql =
		    xasprintf("DELETE FROM apart.\"%s\"", tables[i].name);

		(void)!store_run(record->db, sql);
	}
	(void)!store_run(record->db, "DELETE FROM apart.person_key");
	store_forget_pages(record->db);
	names->loading = false;
	secret_free(names->key);
	names->key = NULL;
	names->seen = names->seen_before = 0;
}
