#include "record/move_copy.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/file.h"
#include "base/log.h"
#include "record/names_inside.h"
#include "record/place.h"
#include "record/postgres.h"
#include "record/schema.h"
#include "record/schema_postgres.h"

const char *const move_roles = schema_roles;

/* --- a table, row by row ---------------------------------------------------
 */

#define COLUMNS 64 /* of one table, at most */
#define AT_ONCE "512"

struct table {
	const char *name;
	char *columns, *primary;
	char kinds[COLUMNS]; /* I, T or B: as SQLite calls the types */
	int count;
};

static void table_done(struct table *table)
{
	free(table->columns);
	free(table->primary);
}

static enum fault table_read(struct store *model, const char *name,
			     struct table *table)
{
	SCOPED(char_freep)
	char *sql = xasprintf("SELECT type FROM pragma_table_info('%s') ORDER"
			      " BY cid",
			      name);
	SCOPED(store_endp) struct store_ask *ask = store_prepare(model, sql);

	*table = (struct table){ .name = name };
	while (store_step(ask) == STORE_ROW && table->count < COLUMNS)
		table->kinds[table->count++] = *store_text(ask, 0);
	return schema_columns(model, name, &table->columns, &table->primary);
}

/* One walk at a time: a server gives its rows in handfuls, not all at once. */
struct walk {
	struct store *store;
	struct store_ask *ask;
	bool server;
};

static enum fault walk_begin(struct store *store, const struct table *table,
			     struct walk *walk)
{
	SCOPED(char_freep)
	char *sql = xasprintf("SELECT %s FROM \"%s\" ORDER BY %s",
			      table->columns, table->name, table->primary);
	SCOPED(char_freep)
	char *cursor = xasprintf("DECLARE walk CURSOR FOR %s", sql);

	*walk = (struct walk){ store, NULL, store_on_server(store) };
	if (walk->server && store_run(store, cursor))
		return FAULT_STORE;
	walk->ask = store_prepare(
	    store, walk->server ? "FETCH " AT_ONCE " FROM walk" : sql);
	return walk->ask ? FAULT_NONE : FAULT_STORE;
}

static enum store_step walk_next(struct walk *walk)
{
	enum store_step step = store_step(walk->ask);

	/* The handful is empty: there may be another. */
	if (walk->server && step == STORE_DONE)
		step = store_step(walk->ask);
	return step;
}

static enum fault walk_end(struct walk *walk)
{
	store_end(walk->ask);
	return walk->server ? store_run(walk->store, "CLOSE walk") : FAULT_NONE;
}

static char *insert_of(const struct table *table)
{
	struct bytes sql = { 0 };

	bytes_add_format(&sql, "INSERT INTO \"%s\" (%s) VALUES (", table->name,
			 table->columns);
	for (int i = 1; i <= table->count; i++)
		bytes_add_format(&sql, "%s?%d", i > 1 ? ", " : "", i);
	bytes_add_text(&sql, ")");
	return bytes_take_text(&sql);
}

static void bind_row(struct store_ask *put, struct store_ask *row,
		     const struct table *table)
{
	for (int i = 0; i < table->count; i++) {
		if (store_is_null(row, i))
			store_bind_text(put, i + 1, NULL);
		else if (table->kinds[i] == 'I')
			store_bind(put, i + 1, store_number(row, i));
		else if (table->kinds[i] == 'B')
			store_bind_bytes(put, i + 1, store_bytes(row, i) ?: "",
					 store_length(row, i));
		else
			store_bind_text(put, i + 1, store_text(row, i));
	}
}

static enum fault copy_table(struct store *from, struct store *to,
			     const struct table *table, int64_t *rows)
{
	SCOPED(char_freep) char *sql = insert_of(table);
	SCOPED(store_endp) struct store_ask *put = store_prepare(to, sql);
	enum store_step step = STORE_FAILED, done = STORE_DONE;
	struct walk walk;
	enum fault fault = walk_begin(from, table, &walk);

	*rows = 0;
	while (!fault && done == STORE_DONE &&
	       (step = walk_next(&walk)) == STORE_ROW) {
		bind_row(put, walk.ask, table);
		done = store_step(put);
		store_reset(put);
		++*rows;
	}
	if (fault || step == STORE_FAILED || done != STORE_DONE)
		fault = FAULT_STORE;
	return walk_end(&walk) || fault ? FAULT_STORE : FAULT_NONE;
}

#define HASH 32

static void hash_row(crypto_generichash_state *state, struct store_ask *row,
		     const struct table *table)
{
	for (int i = 0; i < table->count; i++) {
		const bool null = store_is_null(row, i);
		const bool number = table->kinds[i] == 'I';
		const int64_t value = number ? store_number(row, i) : 0;
		const uint64_t length = null     ? UINT64_MAX
					: number ? sizeof value
						 : store_length(row, i);

		crypto_generichash_update(state, (const uint8_t *)&length,
					  sizeof length);
		if (null || !length)
			continue;
		crypto_generichash_update(state,
					  number ? (const uint8_t *)&value
						 : store_bytes(row, i),
					  length);
	}
}

/* What a table holds, and how many rows, in the order of its key. */
static enum fault hash_table(struct store *store, const struct table *table,
			     uint8_t hash[HASH], int64_t *rows)
{
	crypto_generichash_state state;
	enum store_step step = STORE_FAILED;
	struct walk walk;
	enum fault fault = walk_begin(store, table, &walk);

	*rows = 0;
	crypto_generichash_init(&state, NULL, 0, HASH);
	while (!fault && (step = walk_next(&walk)) == STORE_ROW) {
		hash_row(&state, walk.ask, table);
		++*rows;
	}
	crypto_generichash_final(&state, hash, HASH);
	return walk_end(&walk) || fault || step == STORE_FAILED ? FAULT_STORE
								: FAULT_NONE;
}

/* --- all of them -----------------------------------------------------------
 */

struct moving {
	struct record *from, *to;
	struct store *model;
	char *names; /* of tables, a line each */
	const struct move_watch *watch;
	struct move_told *told;
};

typedef enum fault table_act(struct moving *moving, const struct table *table);

static enum fault each_table(struct moving *moving, table_act *act)
{
	SCOPED(char_freep) char *names = xstrdup(moving->names);
	char *rest = names, *name;
	enum fault fault = FAULT_NONE;

	while (!fault && (name = strsep(&rest, "\n"))) {
		struct table table = { 0 };

		if (!*name)
			continue;
		if (!(fault = table_read(moving->model, name, &table)))
			fault = act(moving, &table);
		table_done(&table);
	}
	return fault;
}

static enum fault empty_one(struct moving *moving, const struct table *table)
{
	SCOPED(char_freep)
	char *sql = xasprintf("DELETE FROM \"%s\"", table->name);

	return store_run(moving->to->db, sql);
}

static enum fault copy_one(struct moving *moving, const struct table *table)
{
	int64_t rows = 0;

	if (copy_table(moving->from->db, moving->to->db, table, &rows)) {
		(void)!statement_refuse(moving->from, table->name);
		return statement_refuse(moving->to, table->name);
	}
	moving->told->tables++;
	moving->told->rows += rows;
	if (moving->watch)
		moving->watch->tell(moving->watch->to, table->name, rows);
	return FAULT_NONE;
}

static enum fault compare_one(struct moving *moving, const struct table *table)
{
	uint8_t here[HASH], there[HASH];
	int64_t rows_here, rows_there;

	if (moving->told->table[0])
		return FAULT_NONE;
	if (hash_table(moving->from->db, table, here, &rows_here))
		return statement_refuse(moving->from, table->name);
	if (hash_table(moving->to->db, table, there, &rows_there))
		return statement_refuse(moving->to, table->name);
	if (rows_here == rows_there && !memcmp(here, there, HASH))
		return FAULT_NONE;
	snprintf(moving->told->table, sizeof moving->told->table, "%s",
		 table->name);
	log_error("%s: %s has %lld rows here and %lld there, or they differ; "
		  "nothing was moved",
		  moving->to->path, table->name, (long long)rows_here,
		  (long long)rows_there);
	return FAULT_NONE;
}

/* The last number that a table of a server gave away; 0: none, or it gives
 * none. */
static enum fault given_there(struct store *server, const char *table,
			      int64_t *last)
{
	SCOPED(char_freep)
	char *where = xasprintf(
	    "SELECT pg_get_serial_sequence('" POSTGRES_SCHEMA ".\"%s\"', 'id')",
	    table);
	SCOPED(store_endp)
	struct store_ask *name = store_prepare(server, where);
	SCOPED(store_endp) struct store_ask *ask = NULL;
	SCOPED(char_freep) char *sql = NULL;

	*last = 0;
	if (store_step(name) != STORE_ROW)
		return FAULT_STORE;
	if (store_is_null(name, 0))
		return FAULT_NONE;
	sql = xasprintf("SELECT last_value - CASE WHEN is_called THEN 0 ELSE 1"
			" END FROM %s",
			store_text(name, 0));
	ask = store_prepare(server, sql);
	if (store_step(ask) != STORE_ROW)
		return FAULT_STORE;
	*last = store_number(ask, 0);
	return FAULT_NONE;
}

static enum fault given_here(struct store *file, const char *table,
			     int64_t *last)
{
	SCOPED(char_freep)
	char *sql = xasprintf("SELECT seq FROM sqlite_sequence WHERE name ="
			      " '%s'",
			      table);
	SCOPED(store_endp) struct store_ask *ask = store_prepare(file, sql);
	const enum store_step step = store_step(ask);

	*last = step == STORE_ROW ? store_number(ask, 0) : 0;
	return step == STORE_FAILED ? FAULT_STORE : FAULT_NONE;
}

/* Numbers that were given away are not given again, whatever was erased. */
static enum fault keep_numbers(struct moving *moving, const struct table *table)
{
	const bool server = store_on_server(moving->to->db);
	SCOPED(char_freep) char *write = NULL;
	int64_t last;

	if (strcmp(table->primary, "\"id\"") != 0)
		return FAULT_NONE;
	if (server ? given_here(moving->from->db, table->name, &last)
		   : given_there(moving->from->db, table->name, &last))
		return statement_refuse(moving->from, "counting on");
	if (!last)
		return FAULT_NONE;
	if (server)
		write = xasprintf(
		    "SELECT setval(pg_get_serial_sequence('" POSTGRES_SCHEMA
		    ".\"%s\"', 'id'), %lld)",
		    table->name, (long long)last);
	else
		write = xasprintf("DELETE FROM sqlite_sequence WHERE name ="
				  " '%s'; INSERT INTO sqlite_sequence (name,"
				  " seq) VALUES ('%s', %lld)",
				  table->name, table->name, (long long)last);
	return store_run(moving->to->db, write)
		   ? statement_refuse(moving->to, "counting on")
		   : FAULT_NONE;
}

/* By which proposals name a ticket that is kept aside; no column of its own. */
static enum fault keep_rows_of_tickets(struct moving *moving)
{
	static const char set[] =
	    "UPDATE ticket_held SET rowid = ?1 WHERE wire_hash = ?2";
	static const char read[] = "SELECT rowid, wire_hash FROM ticket_held";
	SCOPED(store_endp)
	struct store_ask *ask = store_prepare(moving->from->db, read);
	SCOPED(store_endp)
	struct store_ask *put = store_prepare(moving->to->db, set);
	enum store_step step, done = STORE_DONE;

	/* Out of each other's way first. */
	if (store_run(moving->to->db,
		      "UPDATE ticket_held SET rowid = -1 - rowid"))
		return statement_refuse(moving->to, "numbering tickets");
	while (done == STORE_DONE && (step = store_step(ask)) == STORE_ROW) {
		store_bind(put, 1, store_number(ask, 0));
		store_bind_bytes(put, 2, store_bytes(ask, 1),
				 store_length(ask, 1));
		done = store_step(put);
		store_reset(put);
	}
	if (done != STORE_DONE)
		return statement_refuse(moving->to, "numbering tickets");
	return step == STORE_DONE
		   ? FAULT_NONE
		   : statement_refuse(moving->from, "numbering tickets");
}

/* All rows in one transaction of the target's. */
static enum fault fill(struct moving *moving)
{
	if (store_run(moving->to->db, "BEGIN") || each_table(moving, empty_one))
		return statement_refuse(moving->to, "making room");
	if (each_table(moving, copy_one) || each_table(moving, keep_numbers) ||
	    keep_rows_of_tickets(moving))
		return FAULT_STORE;
	return store_run(moving->to->db, "COMMIT")
		   ? statement_refuse(moving->to, "keeping what came")
		   : FAULT_NONE;
}

static enum fault compare(struct moving *moving)
{
	enum fault fault;

	/* A cursor lives in a transaction. */
	moving->told->table[0] = '\0';
	if (store_run(moving->to->db, "BEGIN"))
		return statement_refuse(moving->to, "comparing");
	fault = each_table(moving, compare_one);
	if (store_run(moving->to->db, "COMMIT") && !fault)
		fault = statement_refuse(moving->to, "comparing");
	return fault;
}

static void moving_done(struct moving *moving)
{
	record_close(moving->from);
	record_close(moving->to);
	store_close(moving->model);
	free(moving->names);
}
DEFINE_SCOPED(struct moving, moving_done)

static enum fault moving_begin(struct moving *moving)
{
	if (schema_model(&moving->model) ||
	    schema_tables(moving->model, &moving->names)) {
		log_error("the tables of a record cannot be laid in memory");
		return FAULT_STORE;
	}
	return FAULT_NONE;
}

/* The audit of where it is now says where it came from. */
static enum fault note_in(const char *where, const char *from,
			  const struct record_who *who, int64_t now)
{
	SCOPED(record_closep) struct record *record = NULL;
	enum fault fault = record_open(where, &record);

	return fault ? fault
		     : record_note(record, "moved", "record", from, who, now);
}

/* --- to a server -----------------------------------------------------------
 */

static enum fault connect_to(const char *address, struct record **out)
{
	SCOPED(record_closep)
	struct record *record = xcalloc(1, sizeof *record);
	SCOPED(char_freep) char *refused = postgres_refused(address);

	record->path = postgres_told(address);
	if (refused) {
		log_error("%s: %s", record->path, refused);
		return FAULT_STORE;
	}
	if (postgres_open(address, &record->db))
		return statement_refuse(record, "connecting");
	*out = record;
	record = NULL;
	return FAULT_NONE;
}

enum fault move_look(const char *address, enum move_answer *answer)
{
	SCOPED(record_closep) struct record *record = NULL;
	enum schema_found found;
	enum fault fault = connect_to(address, &record);

	if (fault)
		return fault;
	if (schema_look(record->db, &found))
		return statement_refuse(record, "looking for a record");
	*answer = found == SCHEMA_NOTHING || found == SCHEMA_HALF
		      ? MOVE_DONE
		      : MOVE_OCCUPIED;
	return FAULT_NONE;
}

/* Empty tables that say of themselves that a record is on its way. */
static enum fault make_room(struct moving *moving)
{
	static const char half[] =
	    "DELETE FROM " POSTGRES_SCHEMA ".kept; INSERT INTO " POSTGRES_SCHEMA
	    ".kept (version, whole) VALUES (1, false)";

	return schema_lay(moving->to->db) || store_run(moving->to->db, half)
		   ? statement_refuse(moving->to, "making its tables")
		   : FAULT_NONE;
}

/* A move that was broken off behind its last step has only its mark to set. */
static enum fault arrive(struct moving *moving, enum schema_found found,
			 enum move_answer *answer)
{
	enum fault fault = FAULT_NONE;

	if (found == SCHEMA_NEWER || found == SCHEMA_OLDER)
		return *answer = MOVE_OCCUPIED, FAULT_NONE;
	if (found != SCHEMA_RECORD &&
	    ((fault = make_room(moving)) || (fault = fill(moving))))
		return fault;
	if ((fault = compare(moving)))
		return fault;
	*answer = !moving->told->table[0]  ? MOVE_DONE
		  : found == SCHEMA_RECORD ? MOVE_OCCUPIED
					   : MOVE_DIFFERS;
	if (*answer == MOVE_DONE && found != SCHEMA_RECORD &&
	    schema_finish(moving->to->db))
		return statement_refuse(moving->to, "finishing");
	return FAULT_NONE;
}

static enum fault mark_file(struct record *record)
{
	SCOPED(char_freep)
	char *mark = xasprintf("PRAGMA application_id = %d", RECORD_MOVED_ID);

	return store_run(record->db, mark)
		   ? statement_refuse(record, "marking it")
		   : FAULT_NONE;
}

enum fault move_to_server(const char *path, const char *address,
			  const struct move_watch *watch,
			  const struct record_who *who, int64_t now,
			  enum move_answer *answer, struct move_told *told)
{
	SCOPED(moving_donep)
	struct moving *moving =
	    &(struct moving){ .watch = watch, .told = told };
	SCOPED(transaction_endp) struct transaction *transaction = NULL;
	enum schema_found found;
	enum fault fault;

	*told = (struct move_told){ 0 };
	*answer = MOVE_IN_USE;
	if (place_in_use(path))
		return FAULT_NONE;
	if ((fault = record_open(path, &moving->from)))
		return fault;
	*answer = MOVE_APART;
	if (moving->from->names)
		return FAULT_NONE;
	if ((fault = moving_begin(moving)) ||
	    (fault = connect_to(address, &moving->to)))
		return fault;
	if (schema_look(moving->to->db, &found))
		return statement_refuse(moving->to, "looking for a record");
	if ((fault = transaction_begin(moving->from, &transaction)) ||
	    (fault = arrive(moving, found, answer)) || *answer != MOVE_DONE)
		return fault;
	if ((fault = mark_file(moving->from)) ||
	    (fault = transaction_commit(&transaction)))
		return fault;
	return note_in(address, moving->from->path, who, now);
}

/* --- to a file -------------------------------------------------------------
 */

/* Nobody else is connected, nobody begins to write, and afterwards nobody can:
 * there is no row to lock any more. */
static enum fault hold_server(struct record *record, bool *free)
{
	SCOPED(store_endp) struct store_ask *ask = NULL;

	if (store_run(record->db, "BEGIN IMMEDIATE"))
		return statement_refuse(record, "keeping others from writing");
	ask = store_prepare(record->db,
			    "SELECT 1 FROM pg_stat_activity WHERE"
			    " application_name = 'foyer' AND datname ="
			    " current_database() AND pid <> pg_backend_pid()");
	*free = store_step(ask) == STORE_DONE;
	return FAULT_NONE;
}

static enum fault let_server_go(struct record *record)
{
	return store_run(record->db,
			 "DELETE FROM writing; UPDATE kept SET version = 1,"
			 " whole = false; COMMIT")
		   ? statement_refuse(record, "marking it")
		   : FAULT_NONE;
}

static enum fault fill_file(struct moving *moving, const char *beside,
			    enum move_answer *answer)
{
	enum fault fault;

	if ((fault = file_remove(beside)) ||
	    (fault = record_open(beside, &moving->to)) ||
	    (fault = moving_begin(moving)))
		return fault;
	if (store_run(moving->to->db, "PRAGMA foreign_keys = OFF"))
		return statement_refuse(moving->to, "making room");
	if ((fault = fill(moving)) || (fault = compare(moving)))
		return fault;
	*answer = moving->told->table[0] ? MOVE_DIFFERS : MOVE_DONE;
	return FAULT_NONE;
}

enum fault move_to_file(const char *address, const char *path,
			const struct move_watch *watch,
			const struct record_who *who, int64_t now,
			enum move_answer *answer, struct move_told *told)
{
	SCOPED(moving_donep)
	struct moving *moving =
	    &(struct moving){ .watch = watch, .told = told };
	SCOPED(char_freep) char *beside = xasprintf("%s.arriving", path);
	SCOPED(char_freep) char *kept = NULL;
	enum place_answer place;
	bool alone = false;
	enum fault fault;

	*told = (struct move_told){ 0 };
	*answer = MOVE_OCCUPIED;
	if ((fault = place_look(path, false, &place)) || place != PLACE_TAKEN)
		return fault;
	*answer = MOVE_IN_USE;
	if ((fault = record_open(address, &moving->from)) ||
	    (fault = hold_server(moving->from, &alone)) || !alone)
		return fault;
	if ((fault = fill_file(moving, beside, answer)) || *answer != MOVE_DONE)
		return fault;
	record_close(moving->to);
	moving->to = NULL;
	if ((fault = place_take(beside, path, false, now, &place, &kept)))
		return fault;
	*answer = place == PLACE_TAKEN ? MOVE_DONE : MOVE_OCCUPIED;
	if (*answer != MOVE_DONE || (fault = let_server_go(moving->from)))
		return fault;
	return note_in(path, moving->from->path, who, now);
}

/* --- a copy of a moment ----------------------------------------------------
 */

static enum fault lay_copy(struct record *copy)
{
	SCOPED(char_freep)
	char *mark =
	    xasprintf("PRAGMA application_id = %d", RECORD_APPLICATION_ID);
	int version;

	return schema_migrate(copy->db, &version) || store_run(copy->db, mark)
		   ? statement_refuse(copy, "making its tables")
		   : FAULT_NONE;
}

static enum fault copy_whole(struct moving *moving, bool *same)
{
	enum fault fault;

	if ((fault = moving_begin(moving)) || (fault = lay_copy(moving->to)) ||
	    (fault = fill(moving)) || (fault = compare(moving)))
		return fault;
	*same = !moving->told->table[0];
	return FAULT_NONE;
}

enum fault move_copy(struct record *server, struct record *copy)
{
	struct move_told told = { 0 };
	struct moving moving = { .from = server, .to = copy, .told = &told };
	bool same = false;
	enum fault fault;

	/* What is read is of the moment of the first look, whoever writes. */
	if (store_run(server->db, "BEGIN ISOLATION LEVEL REPEATABLE READ"))
		return statement_refuse(server, "beginning a backup");
	fault = copy_whole(&moving, &same);
	(void)!store_run(server->db, "ROLLBACK");
	store_close(moving.model);
	free(moving.names);
	return fault ? fault : same ? FAULT_NONE : FAULT_STORE;
}
