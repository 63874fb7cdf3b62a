#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "base/memory.h"
#include "record/record.h"

/*
 * Inside the room: the database that holds a record. What is asked of it is
 * SQL; which engine answers is known to the files named store_*.c alone.
 *
 * Nothing here logs: whoever asked does, with store_error() and
 * store_trouble() of the same store.
 */
struct store;

enum store_use {
	STORE_SHARED,  /* other programs may have it, too */
	STORE_ALONE,   /* a file that is nobody else's */
	STORE_READING, /* no journal is looked for, no lock taken */
};

/*
 * Opens the SQLite file at path, which is there. The caller closes *out with
 * store_close(), also after a fault, when it says why.
 */
MUST_CHECK enum fault store_open_file(const char *path, enum store_use use,
				      struct store **out);
void store_close(struct store *store); /* NULL is fine */
DEFINE_SCOPED(struct store, store_close)

/* Whether another program keeps it, perhaps on another computer. */
bool store_on_server(const struct store *store);

/* Whether whoever opened it may change rows; not where a server lets them read
 * alone, as it does reports. */
bool store_may_write(const struct store *store);

/* Why the last call failed: the engine's words, and what a screen can say. */
const char *store_error(const struct store *store);
enum record_trouble store_trouble(const struct store *store);

/* As record_settled(). */
enum record_settled store_settled(struct store *store);

/* Runs statements without rows or parameters, parted by semicolons. */
MUST_CHECK enum fault store_run(struct store *store, const char *sql);

/* Between BEGIN and COMMIT; an engine may have rolled back by itself. */
bool store_in_transaction(const struct store *store);

/* Rows that the last statement changed, and all since the store was opened. */
int64_t store_changed(const struct store *store);
int64_t store_changed_in_all(const struct store *store);

/* A number that grows when others have changed the record: never less. */
MUST_CHECK enum fault store_others(struct store *store, int64_t *count);

/* --- asking --------------------------------------------------------------- */

/* A prepared statement, with what is bound to it and the row it stands on. */
struct store_ask;

/* NULL: it was refused. Every call below takes that, and store_step() fails.
 * The caller ends it with store_end() before its store is closed. */
struct store_ask *store_prepare(struct store *store, const char *sql);
void store_end(struct store_ask *ask);
DEFINE_SCOPED(struct store_ask, store_end)
const char *store_sql(const struct store_ask *ask);
int store_parameters(const struct store_ask *ask);

/*
 * Parameters count from 1 (?1); one that is not bound is NULL, and one that
 * the statement does not have is let be. Text (NULL is NULL) and bytes have to
 * live until the statement is reset. false: out of the engine's bounds.
 */
bool store_bind(struct store_ask *ask, int parameter, int64_t number);
bool store_bind_text(struct store_ask *ask, int parameter, const char *text);
bool store_bind_bytes(struct store_ask *ask, int parameter, const void *bytes,
		      size_t length);

enum store_step { STORE_ROW, STORE_DONE, STORE_FAILED };
enum store_step store_step(struct store_ask *ask);

/* May be asked anew; nothing that was bound is kept alive, or in memory. */
void store_reset(struct store_ask *ask);

/* Columns of the row count from 0. What is pointed at belongs to the row. */
bool store_is_null(struct store_ask *ask, int column);
int64_t store_number(struct store_ask *ask, int column); /* 0 for NULL */
double store_real(struct store_ask *ask, int column);
const char *store_text(struct store_ask *ask, int column); /* NULL for NULL */
const void *store_bytes(struct store_ask *ask, int column);
size_t store_length(struct store_ask *ask, int column); /* of bytes or text */
const char *store_column(struct store_ask *ask, int column); /* its name */

/* --- functions of ours in statements -------------------------------------- */

/* One call of a function; its arguments count from 0. */
struct store_call;
typedef void store_function(struct store_call *call, void *own);

const char *store_argument(struct store_call *call, int at); /* NULL for NULL */
int64_t store_argument_number(struct store_call *call, int at);
size_t store_argument_length(struct store_call *call, int at); /* of its text */
bool store_argument_is_null(struct store_call *call, int at);
bool store_argument_is_text(struct store_call *call, int at);

/* What it gives; NULL where none of these was called. */
void store_give(struct store_call *call, int64_t number);
void store_give_text(struct store_call *call, const char *text, size_t length);
void store_give_bytes(struct store_call *call, const void *bytes,
		      size_t length);
void store_give_argument(struct store_call *call, int at);
void store_give_refusal(struct store_call *call, const char *why);

struct store_named {
	const char *name;
	int count; /* of arguments */
	store_function *run;
	bool pure; /* the same of the same arguments */
};
/* own comes back in each call and outlives the store. */
MUST_CHECK enum fault store_functions(struct store *store,
				      const struct store_named *named,
				      size_t count, void *own);

/* --- of a file ------------------------------------------------------------ */

/* Empties the journal, in which what was erased may still be read. Where
 * another program is reading just now, nothing is done: that is no fault. */
MUST_CHECK enum fault store_empty_journal(struct store *store, int wait_ms);

/* Memory in which pages were kept is given back. */
void store_forget_pages(struct store *store);

/* Copies every page of from into to, whose file is nobody else's. The fault
 * is to's. */
typedef void store_tell(void *to, int64_t done, int64_t all);
MUST_CHECK enum fault store_copy_pages(struct store *from, struct store *to,
				       store_tell *tell, void *tell_to);
