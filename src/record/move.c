#include "record/move_copy.h"

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
#include "record/table.h"

char *move_roles(void)
{
	return schema_roles();
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

	if (table_copy(moving->from->db, moving->to->db, table, &rows)) {
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
	uint8_t here[TABLE_HASH], there[TABLE_HASH];
	int64_t rows_here, rows_there;

	if (moving->told->table[0])
		return FAULT_NONE;
	if (table_hash(moving->from->db, table, here, &rows_here))
		return statement_refuse(moving->from, table->name);
	if (table_hash(moving->to->db, table, there, &rows_there))
		return statement_refuse(moving->to, table->name);
	if (rows_here == rows_there && !memcmp(here, there, TABLE_HASH))
		return FAULT_NONE;
	snprintf(moving->told->table, sizeof moving->told->table, "%s",
		 table->name);
	log_error("%s: %s has %lld rows here and %lld there, or they differ; "
		  "nothing was moved",
		  moving->to->path, table->name, (long long)rows_here,
		  (long long)rows_there);
	return FAULT_NONE;
}

static enum fault keep_numbers(struct moving *moving, const struct table *table)
{
	if (!table_count_on(moving->from->db, moving->to->db, table))
		return FAULT_NONE;
	(void)!statement_refuse(moving->from, "counting on");
	return statement_refuse(moving->to, "counting on");
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

enum fault move_lay(struct record *copy)
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

	if ((fault = moving_begin(moving)) || (fault = move_lay(moving->to)) ||
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
