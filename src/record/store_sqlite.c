#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/file.h"
#include "record/store.h"

/* SQLite as the engine: the one file that knows of it. */

struct store {
	sqlite3 *db;
	int system; /* errno that the last failed call left */
};

/* --- opening -------------------------------------------------------------- */

/* immutable: no journal is looked for, no lock taken. */
static char *immutable(const char *path)
{
	struct bytes name = { 0 };
	char *real = realpath(path, NULL);

	bytes_add_text(&name, "file:");
	for (const char *at = real ? real : path; *at; at++) {
		if (strchr("%?#", *at))
			bytes_add_format(&name, "%%%02X", (unsigned char)*at);
		else
			bytes_add_byte(&name, (uint8_t)*at);
	}
	free(real);
	bytes_add_text(&name, "?immutable=1");
	return bytes_take_text(&name);
}

/*
 * Whoever was killed after a change was written, and before the disk said that
 * it has it, leaves it in the journal. Whoever opens the file next finds it
 * there, and says that it is done: so the disk has it before anything is read.
 */
static bool settle(const char *path)
{
	SCOPED(char_freep) char *real = realpath(path, NULL);
	SCOPED(char_freep)
	char *journal = xasprintf("%s-wal", real ? real : path);
	int file = open(journal, O_RDONLY | O_CLOEXEC);
	bool settled;

	if (file < 0)
		return errno == ENOENT;
	settled = fsync(file) == 0;
	close(file);
	return settled && folder_sync(journal) == FAULT_NONE;
}

enum fault store_open_file(const char *path, enum store_use use,
			   struct store **out)
{
	struct store *store = *out = xcalloc(1, sizeof *store);
	SCOPED(char_freep)
	char *name = use == STORE_READING ? immutable(path) : xstrdup(path);
	const int flags = use == STORE_READING
			      ? SQLITE_OPEN_READONLY | SQLITE_OPEN_URI
			      : SQLITE_OPEN_READWRITE;

	if (sqlite3_open_v2(name, &store->db, flags | SQLITE_OPEN_NOMUTEX,
			    NULL) ||
	    (use == STORE_SHARED && !settle(path))) {
		store->system = errno;
		return FAULT_STORE;
	}
	sqlite3_extended_result_codes(store->db, 1);
	sqlite3_busy_timeout(store->db, RECORD_BUSY_MS);
	sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE,
			  use == STORE_SHARED, NULL);
	return FAULT_NONE;
}

void store_close(struct store *store)
{
	if (!store)
		return;
	sqlite3_close(store->db);
	free(store);
}

const char *store_error(const struct store *store)
{
	return sqlite3_errcode(store->db) ? sqlite3_errmsg(store->db)
					  : strerror(store->system);
}

enum record_trouble store_trouble(const struct store *store)
{
	switch (sqlite3_extended_errcode(store->db) & 0xff) {
	case SQLITE_FULL:
		return RECORD_FULL;
	case SQLITE_BUSY:
	case SQLITE_LOCKED:
		return RECORD_BUSY;
	case SQLITE_CORRUPT:
	case SQLITE_NOTADB:
		return RECORD_DAMAGED;
	case SQLITE_IOERR:
		/* A quota or a limit is not SQLITE_FULL, and means the same. */
		if (store->system == ENOSPC || store->system == EDQUOT ||
		    store->system == EFBIG)
			return RECORD_FULL;
		return RECORD_REFUSED;
	default:
		return RECORD_REFUSED;
	}
}

enum fault store_run(struct store *store, const char *sql)
{
	errno = 0;
	if (!sqlite3_exec(store->db, sql, NULL, NULL, NULL))
		return FAULT_NONE;
	store->system = errno;
	return FAULT_STORE;
}

bool store_in_transaction(const struct store *store)
{
	return !sqlite3_get_autocommit(store->db);
}

int64_t store_changed(const struct store *store)
{
	return sqlite3_changes64(store->db);
}

int64_t store_changed_in_all(const struct store *store)
{
	return sqlite3_total_changes64(store->db);
}

/* --- asking --------------------------------------------------------------- */

struct store_ask {
	struct store *store;
	sqlite3_stmt *rows;
};

struct store_ask *store_prepare(struct store *store, const char *sql)
{
	struct store_ask *ask;
	sqlite3_stmt *rows;

	errno = 0;
	if (sqlite3_prepare_v3(store->db, sql, -1, SQLITE_PREPARE_PERSISTENT,
			       &rows, NULL)) {
		store->system = errno;
		return NULL;
	}
	ask = xcalloc(1, sizeof *ask);
	*ask = (struct store_ask){ store, rows };
	return ask;
}

void store_end(struct store_ask *ask)
{
	if (!ask)
		return;
	sqlite3_finalize(ask->rows);
	free(ask);
}

const char *store_sql(const struct store_ask *ask)
{
	return sqlite3_sql(ask->rows);
}

int store_parameters(const struct store_ask *ask)
{
	return sqlite3_bind_parameter_count(ask->rows);
}

bool store_bind(struct store_ask *ask, int parameter, int64_t number)
{
	return ask && !sqlite3_bind_int64(ask->rows, parameter, number);
}

bool store_bind_text(struct store_ask *ask, int parameter, const char *text)
{
	return ask && !sqlite3_bind_text(ask->rows, parameter, text, -1,
					 SQLITE_STATIC);
}

bool store_bind_bytes(struct store_ask *ask, int parameter, const void *bytes,
		      size_t length)
{
	return ask && !sqlite3_bind_blob64(ask->rows, parameter, bytes, length,
					   SQLITE_STATIC);
}

enum store_step store_step(struct store_ask *ask)
{
	int code;

	if (!ask)
		return STORE_FAILED;
	errno = 0;
	code = sqlite3_step(ask->rows);
	if (code == SQLITE_ROW)
		return STORE_ROW;
	if (code == SQLITE_DONE)
		return STORE_DONE;
	ask->store->system = errno;
	return STORE_FAILED;
}

void store_reset(struct store_ask *ask)
{
	if (!ask)
		return;
	sqlite3_reset(ask->rows);
	sqlite3_clear_bindings(ask->rows);
}

bool store_is_null(struct store_ask *ask, int column)
{
	return sqlite3_column_type(ask->rows, column) == SQLITE_NULL;
}

int64_t store_number(struct store_ask *ask, int column)
{
	return sqlite3_column_int64(ask->rows, column);
}

double store_real(struct store_ask *ask, int column)
{
	return sqlite3_column_double(ask->rows, column);
}

const char *store_text(struct store_ask *ask, int column)
{
	return (const char *)sqlite3_column_text(ask->rows, column);
}

const void *store_bytes(struct store_ask *ask, int column)
{
	return sqlite3_column_blob(ask->rows, column);
}

size_t store_length(struct store_ask *ask, int column)
{
	return (size_t)sqlite3_column_bytes(ask->rows, column);
}

const char *store_column(struct store_ask *ask, int column)
{
	return sqlite3_column_name(ask->rows, column);
}

/* --- functions of ours ---------------------------------------------------- */

struct store_call {
	sqlite3_context *to;
	sqlite3_value **values;
};

/* What SQLite is told to give back at each call of one. */
struct ours {
	store_function *run;
	void *own;
};

static void run_ours(sqlite3_context *to, int count, sqlite3_value **values)
{
	const struct ours *ours = sqlite3_user_data(to);
	struct store_call call = { to, values };

	(void)count;
	ours->run(&call, ours->own);
}

const char *store_argument(struct store_call *call, int at)
{
	return (const char *)sqlite3_value_text(call->values[at]);
}

int64_t store_argument_number(struct store_call *call, int at)
{
	return sqlite3_value_int64(call->values[at]);
}

size_t store_argument_length(struct store_call *call, int at)
{
	return (size_t)sqlite3_value_bytes(call->values[at]);
}

bool store_argument_is_null(struct store_call *call, int at)
{
	return sqlite3_value_type(call->values[at]) == SQLITE_NULL;
}

bool store_argument_is_text(struct store_call *call, int at)
{
	return sqlite3_value_type(call->values[at]) == SQLITE_TEXT;
}

void store_give(struct store_call *call, int64_t number)
{
	sqlite3_result_int64(call->to, number);
}

void store_give_text(struct store_call *call, const char *text, size_t length)
{
	sqlite3_result_text(call->to, text, (int)length, SQLITE_TRANSIENT);
}

void store_give_bytes(struct store_call *call, const void *bytes, size_t length)
{
	sqlite3_result_blob(call->to, bytes, (int)length, SQLITE_TRANSIENT);
}

void store_give_argument(struct store_call *call, int at)
{
	sqlite3_result_value(call->to, call->values[at]);
}

void store_give_refusal(struct store_call *call, const char *why)
{
	sqlite3_result_error(call->to, why, -1);
}

enum fault store_functions(struct store *store, const struct store_named *named,
			   size_t count, void *own)
{
	for (size_t i = 0; i < count; i++) {
		struct ours *ours = xcalloc(1, sizeof *ours);
		const int kind =
		    named[i].pure ? SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS : 0;

		*ours = (struct ours){ named[i].run, own };
		/* Where it fails it frees ours, too. */
		if (sqlite3_create_function_v2(
			store->db, named[i].name, named[i].count,
			SQLITE_UTF8 | kind, ours, run_ours, NULL, NULL, free))
			return FAULT_STORE;
	}
	return FAULT_NONE;
}

/* --- of a file ------------------------------------------------------------ */

enum fault store_empty_journal(struct store *store, int wait_ms)
{
	int code;

	sqlite3_busy_timeout(store->db, wait_ms);
	errno = 0;
	code = sqlite3_wal_checkpoint_v2(
	    store->db, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
	store->system = errno;
	sqlite3_busy_timeout(store->db, RECORD_BUSY_MS);
	return code && (code & 0xff) != SQLITE_BUSY ? FAULT_STORE : FAULT_NONE;
}

void store_forget_pages(struct store *store)
{
	(void)sqlite3_db_release_memory(store->db);
}

#define PAGES 256 /* copied between two tellings */

enum fault store_copy_pages(struct store *from, struct store *to,
			    store_tell *tell, void *tell_to)
{
	sqlite3_backup *pages =
	    sqlite3_backup_init(to->db, "main", from->db, "main");
	int code = SQLITE_OK;

	errno = 0;
	while (pages && (code = sqlite3_backup_step(pages, PAGES)) == SQLITE_OK)
		tell(tell_to,
		     sqlite3_backup_pagecount(pages) -
			 sqlite3_backup_remaining(pages),
		     sqlite3_backup_pagecount(pages));
	to->system = errno;
	if (pages && sqlite3_backup_finish(pages) == SQLITE_OK &&
	    code == SQLITE_DONE)
		return FAULT_NONE;
	return FAULT_STORE;
}
