#include <errno.h>
#include <fcntl.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/file.h"
#include "record/store_engine.h"

/* SQLite as the engine: the one file that knows of it. */

struct sqlite_store {
	struct store is;
	sqlite3 *db;
	int system; /* errno that the last failed call left */
};

static sqlite3 *db_of(const struct store *store)
{
	return ((const struct sqlite_store *)store)->db;
}

static void sqlite_close(struct store *store)
{
	sqlite3_close(db_of(store));
	free(store);
}

static const char *sqlite_error(const struct store *store)
{
	const struct sqlite_store *our = (const struct sqlite_store *)store;

	return sqlite3_errcode(our->db) ? sqlite3_errmsg(our->db)
					: strerror(our->system);
}

static enum record_trouble sqlite_trouble(const struct store *store)
{
	const struct sqlite_store *our = (const struct sqlite_store *)store;

	switch (sqlite3_extended_errcode(db_of(store)) & 0xff) {
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
		if (our->system == ENOSPC || our->system == EDQUOT ||
		    our->system == EFBIG)
			return RECORD_FULL;
		return RECORD_REFUSED;
	default:
		return RECORD_REFUSED;
	}
}

/* A file says whether it saved. */
static enum record_settled sqlite_settled(struct store *store)
{
	(void)store;
	return RECORD_NOTHING_UNSURE;
}

static enum fault sqlite_run(struct store *store, const char *sql)
{
	struct sqlite_store *our = (struct sqlite_store *)store;

	errno = 0;
	if (!sqlite3_exec(db_of(store), sql, NULL, NULL, NULL))
		return FAULT_NONE;
	our->system = errno;
	return FAULT_STORE;
}

static bool sqlite_in_transaction(const struct store *store)
{
	return !sqlite3_get_autocommit(db_of(store));
}

static int64_t sqlite_changed(const struct store *store)
{
	return sqlite3_changes64(db_of(store));
}

static int64_t sqlite_changed_in_all(const struct store *store)
{
	return sqlite3_total_changes64(db_of(store));
}

/* --- asking --------------------------------------------------------------- */

struct sqlite_ask {
	struct store_ask is;
	struct sqlite_store *store;
	sqlite3_stmt *rows;
};

static sqlite3_stmt *rows_of(const struct store_ask *ask)
{
	return ((const struct sqlite_ask *)ask)->rows;
}

static struct store_ask *sqlite_prepare(struct store *store, const char *sql)
{
	struct sqlite_store *our = (struct sqlite_store *)store;
	struct sqlite_ask *ask;
	sqlite3_stmt *rows;

	errno = 0;
	if (sqlite3_prepare_v3(our->db, sql, -1, SQLITE_PREPARE_PERSISTENT,
			       &rows, NULL)) {
		our->system = errno;
		return NULL;
	}
	ask = xcalloc(1, sizeof *ask);
	*ask = (struct sqlite_ask){ { store->engine }, our, rows };
	return &ask->is;
}

static void sqlite_end(struct store_ask *ask)
{
	sqlite3_finalize(rows_of(ask));
	free(ask);
}

static const char *sqlite_sql(const struct store_ask *ask)
{
	return sqlite3_sql(rows_of(ask));
}

static int sqlite_parameters(const struct store_ask *ask)
{
	return sqlite3_bind_parameter_count(rows_of(ask));
}

static bool sqlite_bind(struct store_ask *ask, int parameter, int64_t number)
{
	return !sqlite3_bind_int64(rows_of(ask), parameter, number);
}

static bool sqlite_bind_text(struct store_ask *ask, int parameter,
			     const char *text)
{
	return !sqlite3_bind_text(rows_of(ask), parameter, text, -1,
				  SQLITE_STATIC);
}

static bool sqlite_bind_bytes(struct store_ask *ask, int parameter,
			      const void *bytes, size_t length)
{
	return !sqlite3_bind_blob64(rows_of(ask), parameter, bytes, length,
				    SQLITE_STATIC);
}

static enum store_step sqlite_step(struct store_ask *ask)
{
	int code;

	errno = 0;
	code = sqlite3_step(rows_of(ask));
	if (code == SQLITE_ROW)
		return STORE_ROW;
	if (code == SQLITE_DONE)
		return STORE_DONE;
	((struct sqlite_ask *)ask)->store->system = errno;
	return STORE_FAILED;
}

static void sqlite_reset(struct store_ask *ask)
{
	sqlite3_reset(rows_of(ask));
	sqlite3_clear_bindings(rows_of(ask));
}

static bool sqlite_is_null(struct store_ask *ask, int column)
{
	return sqlite3_column_type(rows_of(ask), column) == SQLITE_NULL;
}

static int64_t sqlite_number(struct store_ask *ask, int column)
{
	return sqlite3_column_int64(rows_of(ask), column);
}

static double sqlite_real(struct store_ask *ask, int column)
{
	return sqlite3_column_double(rows_of(ask), column);
}

static const char *sqlite_text(struct store_ask *ask, int column)
{
	return (const char *)sqlite3_column_text(rows_of(ask), column);
}

static const void *sqlite_bytes(struct store_ask *ask, int column)
{
	return sqlite3_column_blob(rows_of(ask), column);
}

static size_t sqlite_length(struct store_ask *ask, int column)
{
	return (size_t)sqlite3_column_bytes(rows_of(ask), column);
}

static const char *sqlite_column(struct store_ask *ask, int column)
{
	return sqlite3_column_name(rows_of(ask), column);
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

static enum fault sqlite_functions(struct store *store,
				   const struct store_named *named,
				   size_t count, void *own)
{
	for (size_t i = 0; i < count; i++) {
		struct ours *ours = xcalloc(1, sizeof *ours);
		const int kind =
		    named[i].pure ? SQLITE_DETERMINISTIC | SQLITE_INNOCUOUS : 0;

		*ours = (struct ours){ named[i].run, own };
		/* Where it fails it frees ours, too. */
		if (sqlite3_create_function_v2(
			db_of(store), named[i].name, named[i].count,
			SQLITE_UTF8 | kind, ours, run_ours, NULL, NULL, free))
			return FAULT_STORE;
	}
	return FAULT_NONE;
}

/* --- of a file ------------------------------------------------------------ */

static enum fault sqlite_empty_journal(struct store *store, int wait_ms)
{
	struct sqlite_store *our = (struct sqlite_store *)store;
	int code;

	sqlite3_busy_timeout(db_of(store), wait_ms);
	errno = 0;
	code = sqlite3_wal_checkpoint_v2(
	    db_of(store), NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
	our->system = errno;
	sqlite3_busy_timeout(db_of(store), RECORD_BUSY_MS);
	return code && (code & 0xff) != SQLITE_BUSY ? FAULT_STORE : FAULT_NONE;
}

static void sqlite_forget_pages(struct store *store)
{
	(void)sqlite3_db_release_memory(db_of(store));
}

#define PAGES 256 /* copied between two tellings */

enum fault store_copy_pages(struct store *from, struct store *to,
			    store_tell *tell, void *tell_to)
{
	sqlite3_backup *pages =
	    sqlite3_backup_init(db_of(to), "main", db_of(from), "main");
	int code = SQLITE_OK;

	errno = 0;
	while (pages && (code = sqlite3_backup_step(pages, PAGES)) == SQLITE_OK)
		tell(tell_to,
		     sqlite3_backup_pagecount(pages) -
			 sqlite3_backup_remaining(pages),
		     sqlite3_backup_pagecount(pages));
	((struct sqlite_store *)to)->system = errno;
	if (pages && sqlite3_backup_finish(pages) == SQLITE_OK &&
	    code == SQLITE_DONE)
		return FAULT_NONE;
	return FAULT_STORE;
}

/* How often others have changed the file: never less. */
static enum fault sqlite_others(struct store *store, int64_t *count)
{
	SCOPED(store_endp)
	struct store_ask *ask = store_prepare(store, "PRAGMA data_version");

	if (store_step(ask) != STORE_ROW)
		return FAULT_STORE;
	*count = store_number(ask, 0);
	return FAULT_NONE;
}

static const struct store_engine engine = {
	.close = sqlite_close,
	.error = sqlite_error,
	.trouble = sqlite_trouble,
	.settled = sqlite_settled,
	.run = sqlite_run,
	.in_transaction = sqlite_in_transaction,
	.changed = sqlite_changed,
	.changed_in_all = sqlite_changed_in_all,
	.others = sqlite_others,
	.functions = sqlite_functions,
	.empty_journal = sqlite_empty_journal,
	.forget_pages = sqlite_forget_pages,
	.prepare = sqlite_prepare,
	.end = sqlite_end,
	.sql = sqlite_sql,
	.parameters = sqlite_parameters,
	.bind = sqlite_bind,
	.bind_text = sqlite_bind_text,
	.bind_bytes = sqlite_bind_bytes,
	.step = sqlite_step,
	.reset = sqlite_reset,
	.is_null = sqlite_is_null,
	.number = sqlite_number,
	.real = sqlite_real,
	.text = sqlite_text,
	.bytes = sqlite_bytes,
	.length = sqlite_length,
	.column = sqlite_column,
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
	struct sqlite_store *store = xcalloc(1, sizeof *store);
	SCOPED(char_freep)
	char *name = use == STORE_READING ? immutable(path) : xstrdup(path);
	const int flags = use == STORE_READING
			      ? SQLITE_OPEN_READONLY | SQLITE_OPEN_URI
			      : SQLITE_OPEN_READWRITE;

	store->is.engine = &engine;
	*out = &store->is;
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
