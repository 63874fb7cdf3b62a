#ifndef WITHOUT_SERVER

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/log.h"
#include "record/postgres.h"
#include "record/postgres_link.h"
#include "record/store_engine.h"

/* PostgreSQL as the engine: a connection, and what is asked over it. */

#define NUMBER 24 /* bytes of one of 64 bits, with its zero */

/*
 * A transaction that writes, by which it is found out whether it was saved: the
 * server's number of it (xid8; "": none), what writing.commits was before it,
 * and by how much it adds to that, which is at random: after a crash the server
 * may give the number of one that was lost to another.
 */
struct writes {
	char number[NUMBER];
	int64_t before, added;
};
#define ADDED_MOST 0xFFFFF

struct postgres_store {
	struct store is;
	struct postgres_link link;
	struct bytes error;
	char state[6];  /* SQLSTATE of the last failure; "" is none */
	bool away;      /* the last failure was the connection's */
	bool broke_off; /* it was so while it was told to save */
	bool refused;   /* that it lets nobody in again was told */
	struct writes now, unsure;
	int epoch; /* which connection this is: what is prepared is its */
	int named; /* statements that have a name so far */
	int64_t changed, all, before;
	bool writes;    /* its role may */
	bool listens;   /* the server tells when others have changed it */
	bool told;      /* it did, or was never asked */
	int64_t others; /* what it said last */
};

struct value {
	char *text; /* as it is sent; NULL is NULL */
	size_t length;
	Oid type;
	bool idle; /* the text has no such parameter */
};

/* One statement is prepared once for each combination of types. */
struct prepared {
	Oid *types;
	int name, epoch;
};

struct postgres_ask {
	struct store_ask is;
	struct postgres_store *store;
	char *ours, *theirs;
	struct value *values;
	int count;
	struct prepared *prepared;
	size_t prepared_count;
	PGresult *rows;
	int row;
	/* Bytes of the row, by column; made when they are asked for. */
	struct cell {
		unsigned char *bytes;
		size_t length;
	} * cells;
};

enum {
	TYPE_TRUTH = 16,
	TYPE_BYTES = 17,
	TYPE_NUMBER = 20,
	TYPE_TEXT = 25
}; /* pg_type.dat */

static struct postgres_store *ours(const struct store *store)
{
	return (struct postgres_store *)store;
}

static struct postgres_ask *my(const struct store_ask *ask)
{
	return (struct postgres_ask *)ask;
}

/* --- what went wrong ------------------------------------------------------ */

static void say(struct postgres_store *store, const char *text)
{
	store->error.length = 0;
	bytes_add(&store->error, text, strcspn(text, "\n"));
	bytes_add_byte(&store->error, 0);
}

/* Only the first line of it: the others may quote a row. */
static enum fault note(struct postgres_store *store, const PGresult *result)
{
	const char *state = PQresultErrorField(result, PG_DIAG_SQLSTATE);
	const char *text = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);

	snprintf(store->state, sizeof store->state, "%s", state ? state : "");
	store->away = PQstatus(store->link.now) == CONNECTION_BAD;
	store->broke_off = false;
	say(store, text ? text : PQerrorMessage(store->link.now));
	return FAULT_STORE;
}

static const char *postgres_error(const struct store *store)
{
	const struct bytes *error = &ours(store)->error;

	return error->length ? (const char *)error->data : "";
}

static enum record_trouble postgres_trouble(const struct store *store)
{
	static const struct {
		const char *state; /* or the class that it begins with */
		enum record_trouble trouble;
	} troubles[] = {
		{ "53100", RECORD_FULL },    { "55P03", RECORD_BUSY },
		{ "40001", RECORD_BUSY },    { "40P01", RECORD_BUSY },
		{ "25006", RECORD_AWAY },    { "57P", RECORD_AWAY },
		{ "08", RECORD_AWAY },       { "XX001", RECORD_DAMAGED },
		{ "XX002", RECORD_DAMAGED },
	};
	const struct postgres_store *our = ours(store);

	if (our->broke_off)
		return RECORD_UNSURE;
	for (size_t i = 0; !our->away && i < COUNT(troubles); i++) {
		if (!strncmp(our->state, troubles[i].state,
			     strlen(troubles[i].state)))
			return troubles[i].trouble;
	}
	return our->away ? RECORD_AWAY : RECORD_REFUSED;
}

/* --- connecting ----------------------------------------------------------- */

/* Waited for a writer no longer than SQLite's are; a statement that somebody
 * left on the server ends there, too. */
static const char session[] = "SET lock_timeout = '5s';"
			      "SET idle_in_transaction_session_timeout = '60s';"
			      "SET client_min_messages = error;"
			      "SET timezone = 'UTC'";

/* Whoever may write nobody's visit reads what is shown to reports. */
static const char may_write[] =
    "SELECT CASE WHEN coalesce(has_table_privilege(to_regclass("
    "'" POSTGRES_SCHEMA ".visit'), 'UPDATE'), true) THEN 1 END";
static const char path_of_writers[] =
    "SET search_path = " POSTGRES_SCHEMA ", pg_catalog";
static const char path_of_readers[] =
    "SET search_path = " POSTGRES_SHOWN ", " POSTGRES_SCHEMA ", pg_catalog";

static PGresult *ask_plain(struct postgres_store *store, const char *sql)
{
	return postgres_link_answer(&store->link,
				    PQsendQuery(store->link.now, sql));
}

static enum fault run_plain(struct postgres_store *store, const char *sql)
{
	PGresult *result = ask_plain(store, sql);
	const ExecStatusType status = PQresultStatus(result);
	enum fault fault = FAULT_NONE;

	if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK)
		fault = note(store, result);
	PQclear(result);
	return fault;
}

static void quiet(void *to, const char *text)
{
	(void)to;
	(void)text;
}

/* Not every server says it in English. */
static const char *why_not(const PGconn *link)
{
	const char *why = postgres_why(PQerrorMessage(link));

	return !why && PQconnectionNeedsPassword(link)
		   ? postgres_why("no password supplied")
		   : why;
}

/* Nothing has been asked over it: it did not come to be. */
static enum fault note_why(struct postgres_store *store, const char *why)
{
	store->state[0] = '\0';
	store->broke_off = false;
	say(store, why ?: PQerrorMessage(store->link.now));
	return FAULT_STORE;
}

static enum fault find_path(struct postgres_store *store)
{
	PGresult *result = ask_plain(store, may_write);

	/* Where that may not be asked the path is not the matter. */
	store->writes = PQresultStatus(result) != PGRES_TUPLES_OK ||
			!PQgetisnull(result, 0, 0);
	PQclear(result);
	return run_plain(store,
			 store->writes ? path_of_writers : path_of_readers);
}

static enum fault begin_session(struct postgres_store *store)
{
	PQsetNoticeProcessor(store->link.now, quiet, NULL);
	store->epoch++;
	store->told = true;
	store->away = false;
	if (run_plain(store, session) || find_path(store))
		return FAULT_STORE;
	/* Some that speak its language have no such thing: then it is asked. */
	store->listens = !run_plain(store, "LISTEN foyer_changed");
	return FAULT_NONE;
}

/* Whoever was let in and is not any more goes on as if it were away: it may be
 * mended there, and what is scanned until then is kept. */
static enum fault be_away(struct postgres_store *store)
{
	const char *why = why_not(store->link.now);

	store->away = true;
	if (why && !store->refused)
		log_error("%s", why);
	store->refused = store->refused || why;
	return note_why(store, why);
}

/* A connection that was lost is made again, but not within a transaction. */
static enum fault be_connected(struct postgres_store *store)
{
	if (PQstatus(store->link.now) == CONNECTION_OK)
		return FAULT_NONE;
	if (!postgres_link_mend(&store->link))
		return be_away(store);
	store->refused = false;
	return begin_session(store);
}

static void postgres_close(struct store *store)
{
	struct postgres_store *our = ours(store);

	postgres_link_done(&our->link);
	bytes_done(&our->error);
	free(our);
}

/* --- statements that are not prepared ------------------------------------- */

/*
 * What differs, and why: one row's lock stands for SQLite's one writer, and
 * commits are counted there and told to whoever listens, if anything changed.
 */
#define LOCK                                                                \
	"BEGIN; SELECT pg_current_xact_id(), commits FROM " POSTGRES_SCHEMA \
	".writing FOR UPDATE"
#define TELL                      \
	"UPDATE " POSTGRES_SCHEMA \
	".writing SET commits = commits + %lld; %sCOMMIT"

static void take_number(struct writes *writes, const PGresult *result)
{
	uint32_t random = 0;

	(void)!getentropy(&random, sizeof random);
	snprintf(writes->number, sizeof writes->number, "%s",
		 PQgetvalue(result, 0, 0));
	writes->before = strtoll(PQgetvalue(result, 0, 1), NULL, 10);
	writes->added = 1 + (random & ADDED_MOST);
}

/* No transaction is left open. */
static void end_open(struct postgres_store *store)
{
	if (PQtransactionStatus(store->link.now) > PQTRANS_ACTIVE)
		PQclear(ask_plain(store, "ROLLBACK"));
}

/* No row to lock: the record was moved away from here. */
static enum fault begin_writing(struct postgres_store *store)
{
	PGresult *result = ask_plain(store, LOCK);
	enum fault fault = FAULT_NONE;

	store->before = store->all;
	if (PQresultStatus(result) != PGRES_TUPLES_OK) {
		fault = note(store, result);
	} else if (PQntuples(result) != 1) {
		store->state[0] = '\0';
		say(store, "the record was moved away from this server: see "
			   "[record] at in foyer.ini");
		fault = FAULT_STORE;
	}
	if (!fault)
		take_number(&store->now, result);
	PQclear(result);
	if (fault)
		end_open(store);
	return fault;
}

/* --- whether it was saved ------------------------------------------------- */

/* One that the server says was aborted, or that left nothing behind, was not
 * saved. Where others have written since, only they know who it was. */
static enum record_settled judge(const struct writes *writes,
				 const PGresult *result)
{
	const char *status = PQgetvalue(result, 0, 0);
	const int64_t commits = strtoll(PQgetvalue(result, 0, 1), NULL, 10);

	if (commits == writes->before || !strcmp(status, "aborted"))
		return RECORD_WAS_NOT_SAVED;
	return commits == writes->before + writes->added &&
		       !strcmp(status, "committed")
		   ? RECORD_WAS_SAVED
		   : RECORD_NOT_KNOWN;
}

/* Somebody may wait at a screen, and is told later as well. */
#define LOCK_TO_SETTLE                                    \
	"BEGIN; SET LOCAL lock_timeout = '1s';"           \
	"SELECT commits FROM " POSTGRES_SCHEMA ".writing" \
	" FOR UPDATE"

/* While the writing lock is held, so that it is over, whichever way. The
 * server refuses to say of numbers that it has not given yet. */
static enum fault ask_of(struct postgres_store *store, const char *status,
			 enum record_settled *settled)
{
	SCOPED(char_freep)
	char *sql = xasprintf(
	    "SELECT %s, commits FROM " POSTGRES_SCHEMA ".writing", status);
	enum fault fault = run_plain(store, LOCK_TO_SETTLE);
	PGresult *result;

	if (!fault) {
		result = ask_plain(store, sql);
		if (PQresultStatus(result) != PGRES_TUPLES_OK)
			fault = note(store, result);
		else if (PQntuples(result) == 1)
			*settled = judge(&store->unsure, result);
		PQclear(result);
	}
	end_open(store);
	return fault;
}

/* Another holds the lock, perhaps what is asked about; or it is a server that
 * nobody may write to yet. */
static bool is_too_early(const struct postgres_store *store)
{
	const enum record_trouble trouble = postgres_trouble(&store->is);

	return trouble == RECORD_BUSY || trouble == RECORD_AWAY;
}

static enum record_settled ask_settled(struct postgres_store *store)
{
	SCOPED(char_freep)
	char *status = xasprintf("pg_xact_status('%s')", store->unsure.number);
	enum record_settled settled = RECORD_NOT_KNOWN;

	if (ask_of(store, status, &settled) &&
	    (is_too_early(store) ||
	     (ask_of(store, "''", &settled) && is_too_early(store))))
		return RECORD_NOTHING_UNSURE;
	return settled;
}

static enum record_settled postgres_settled(struct store *store)
{
	struct postgres_store *our = ours(store);
	enum record_settled settled;

	if (!our->unsure.number[0] || be_connected(our))
		return RECORD_NOTHING_UNSURE;
	settled = ask_settled(our);
	if (settled != RECORD_NOTHING_UNSURE)
		our->unsure.number[0] = '\0';
	return settled;
}

/* The connection was lost before the server said that it saved: it is asked at
 * once, if it answers. */
static enum fault settle(struct postgres_store *store)
{
	store->unsure = store->now;
	switch (postgres_settled(&store->is)) {
	case RECORD_WAS_SAVED:
		return FAULT_NONE;
	case RECORD_WAS_NOT_SAVED:
		store->away = true;
		say(store, "the connection broke off, and nothing was saved");
		return FAULT_STORE;
	default:
		store->away = store->broke_off = true;
		return FAULT_STORE;
	}
}

static enum fault commit(struct postgres_store *store)
{
	SCOPED(char_freep) char *tell = NULL;
	enum fault fault;

	if (store->all == store->before)
		return run_plain(store, "COMMIT");
	tell = xasprintf(TELL, (long long)store->now.added,
			 store->listens ? "NOTIFY foyer_changed; " : "");
	fault = run_plain(store, tell);
	return fault && store->away ? settle(store) : fault;
}

static enum fault postgres_run(struct store *store, const char *sql)
{
	struct postgres_store *our = ours(store);

	if (be_connected(our))
		return FAULT_STORE;
	if (!strcmp(sql, "BEGIN IMMEDIATE"))
		return begin_writing(our);
	if (!strcmp(sql, "COMMIT"))
		return commit(our);
	return run_plain(our, sql);
}

static bool is_command(const char *sql)
{
	static const char *const commands[] = { "BEGIN", "COMMIT", "ROLLBACK",
						"SAVEPOINT", "RELEASE" };

	for (size_t i = 0; i < COUNT(commands); i++) {
		if (!strncmp(sql, commands[i], strlen(commands[i])))
			return true;
	}
	return false;
}

static bool postgres_in_transaction(const struct store *store)
{
	const PGTransactionStatusType now =
	    PQtransactionStatus(ours(store)->link.now);

	return now == PQTRANS_INTRANS || now == PQTRANS_INERROR;
}

static bool postgres_may_write(const struct store *store)
{
	return ours(store)->writes;
}

static int64_t postgres_changed(const struct store *store)
{
	return ours(store)->changed;
}

static int64_t postgres_changed_in_all(const struct store *store)
{
	return ours(store)->all;
}

/* Takes in what the server has told; whoever told it, oneself too. */
static void hear(struct postgres_store *store)
{
	PGnotify *told;

	if (!PQconsumeInput(store->link.now))
		return;
	while ((told = PQnotifies(store->link.now))) {
		store->told = true;
		PQfreemem(told);
	}
}

static enum fault postgres_others(struct store *store, int64_t *count)
{
	struct postgres_store *our = ours(store);
	SCOPED(store_endp) struct store_ask *ask = NULL;

	hear(our);
	if (our->listens && !our->told &&
	    PQstatus(our->link.now) == CONNECTION_OK) {
		*count = our->others;
		return FAULT_NONE;
	}
	ask = store_prepare(store, "SELECT commits FROM writing");
	if (store_step(ask) != STORE_ROW)
		return FAULT_STORE;
	our->told = false;
	*count = our->others = store_number(ask, 0);
	return FAULT_NONE;
}

/* They are in its schema: see schema_postgres.c. */
static enum fault postgres_functions(struct store *store,
				     const struct store_named *named,
				     size_t count, void *own)
{
	(void)store;
	(void)named;
	(void)count;
	(void)own;
	return FAULT_NONE;
}

/* What was erased goes when the server next vacuums. */
static enum fault postgres_empty_journal(struct store *store, int wait_ms)
{
	(void)store;
	(void)wait_ms;
	return FAULT_NONE;
}

static void postgres_forget_pages(struct store *store)
{
	(void)store;
}

/* --- asking --------------------------------------------------------------- */

/* The highest number behind a $ that is not between quotes. */
static int count_parameters(const char *sql)
{
	int most = 0;
	char quote = '\0';

	for (; *sql; sql++) {
		if (quote)
			quote = *sql == quote ? '\0' : quote;
		else if (*sql == '\'' || *sql == '"')
			quote = *sql;
		else if (*sql == '$' && atoi(sql + 1) > most)
			most = atoi(sql + 1);
	}
	return most;
}

/* Whether the text has this parameter; one that it has not is of no type. */
static bool has_parameter(const char *sql, int parameter)
{
	SCOPED(char_freep) char *name = xasprintf("$%d", parameter);
	const size_t length = strlen(name);

	while ((sql = strstr(sql, name)) && sql[length] >= '0' &&
	       sql[length] <= '9')
		sql += length;
	return sql;
}

static struct store_ask *postgres_prepare(struct store *store, const char *sql)
{
	struct postgres_ask *ask = xcalloc(1, sizeof *ask);

	*ask = (struct postgres_ask){
		.is = { store->engine },
		.store = ours(store),
		.ours = xstrdup(sql),
		.theirs = postgres_text(sql),
	};
	ask->count = count_parameters(ask->theirs);
	ask->values = xcalloc((size_t)ask->count + 1, sizeof *ask->values);
	for (int i = 0; i < ask->count; i++)
		ask->values[i].idle = !has_parameter(ask->theirs, i + 1);
	return &ask->is;
}

static void drop_cells(struct postgres_ask *ask)
{
	for (int i = 0; ask->cells && i < PQnfields(ask->rows); i++)
		PQfreemem(ask->cells[i].bytes);
	free(ask->cells);
	ask->cells = NULL;
}

static void drop_rows(struct postgres_ask *ask)
{
	drop_cells(ask);
	PQclear(ask->rows);
	ask->rows = NULL;
}

/* What was bound is about somebody: it is not left in memory. */
static void unbind(struct value *value)
{
	if (value->text)
		explicit_bzero(value->text, value->length);
	free(value->text);
	*value = (struct value){ .idle = value->idle };
}

static void postgres_reset(struct store_ask *ask)
{
	struct postgres_ask *mine = my(ask);

	drop_rows(mine);
	for (int i = 0; i < mine->count; i++)
		unbind(&mine->values[i]);
}

static void postgres_end(struct store_ask *ask)
{
	struct postgres_ask *mine = my(ask);

	postgres_reset(ask);
	for (size_t i = 0; i < mine->prepared_count; i++) {
		struct prepared *prepared = &mine->prepared[i];
		SCOPED(char_freep) char *sql = NULL;

		if (prepared->epoch == mine->store->epoch &&
		    PQtransactionStatus(mine->store->link.now) !=
			PQTRANS_INERROR) {
			sql = xasprintf("DEALLOCATE f%d", prepared->name);
			PQclear(ask_plain(mine->store, sql));
		}
		free(prepared->types);
	}
	free(mine->prepared);
	free(mine->values);
	free(mine->ours);
	free(mine->theirs);
	free(mine);
}

static const char *postgres_sql(const struct store_ask *ask)
{
	return my(ask)->ours;
}

static int postgres_parameters(const struct store_ask *ask)
{
	return my(ask)->count;
}

static bool keep(struct store_ask *ask, int parameter, Oid type,
		 const void *bytes, size_t length)
{
	struct postgres_ask *mine = my(ask);
	struct value *value;

	if (parameter > mine->count)
		return false;
	value = &mine->values[parameter - 1];
	unbind(value);
	value->type = type;
	if (!bytes)
		return true;
	value->text = xcalloc(1, length + 1);
	memcpy(value->text, bytes, length);
	value->length = length;
	return true;
}

static bool postgres_bind(struct store_ask *ask, int parameter, int64_t number)
{
	char text[32];
	const int length =
	    snprintf(text, sizeof text, "%lld", (long long)number);

	return keep(ask, parameter, TYPE_NUMBER, text, (size_t)length);
}

static bool postgres_bind_text(struct store_ask *ask, int parameter,
			       const char *text)
{
	/* NULL is of whichever type it meets. */
	return keep(ask, parameter, text ? TYPE_TEXT : 0, text,
		    text ? strlen(text) : 0);
}

static bool postgres_bind_bytes(struct store_ask *ask, int parameter,
				const void *bytes, size_t length)
{
	return keep(ask, parameter, TYPE_BYTES, bytes, length);
}

static Oid type_of(const struct value *value)
{
	return value->idle ? (Oid)TYPE_TEXT : value->type;
}

static bool fits(const struct postgres_ask *ask,
		 const struct prepared *prepared)
{
	for (int i = 0; i < ask->count; i++) {
		if (prepared->types[i] != type_of(&ask->values[i]))
			return false;
	}
	return true;
}

/* The name under which it is prepared for what is bound; NULL: refused. */
static char *name_of(struct postgres_ask *ask)
{
	struct postgres_store *store = ask->store;
	struct prepared *prepared = NULL;
	char *name;
	PGresult *result;

	for (size_t i = 0; i < ask->prepared_count && !prepared; i++) {
		if (fits(ask, &ask->prepared[i]))
			prepared = &ask->prepared[i];
	}
	if (prepared && prepared->epoch == store->epoch)
		return xasprintf("f%d", prepared->name);
	if (!prepared) {
		ask->prepared =
		    xreallocarray(ask->prepared, ask->prepared_count + 1,
				  sizeof *ask->prepared);
		prepared = &ask->prepared[ask->prepared_count++];
		prepared->types =
		    xcalloc((size_t)ask->count + 1, sizeof *prepared->types);
		for (int i = 0; i < ask->count; i++)
			prepared->types[i] = type_of(&ask->values[i]);
	}
	prepared->name = ++store->named;
	prepared->epoch = 0;
	name = xasprintf("f%d", prepared->name);
	result = postgres_link_answer(
	    &store->link, PQsendPrepare(store->link.now, name, ask->theirs,
					ask->count, prepared->types));
	if (PQresultStatus(result) == PGRES_COMMAND_OK) {
		prepared->epoch = store->epoch;
	} else {
		(void)!note(store, result);
		free(name);
		name = NULL;
	}
	PQclear(result);
	return name;
}

static PGresult *execute(struct postgres_ask *ask, const char *name)
{
	struct postgres_link *link = &ask->store->link;
	const size_t count = (size_t)ask->count;
	const char **values = xcalloc(count + 1, sizeof *values);
	int *lengths = xcalloc(count + 1, sizeof *lengths);
	int *binary = xcalloc(count + 1, sizeof *binary);
	PGresult *result;

	for (size_t i = 0; i < count; i++) {
		values[i] = ask->values[i].text;
		lengths[i] = (int)ask->values[i].length;
		binary[i] = type_of(&ask->values[i]) == TYPE_BYTES;
	}
	result = postgres_link_answer(
	    link, PQsendQueryPrepared(link->now, name, ask->count, values,
				      lengths, binary, 0));
	free(values);
	free(lengths);
	free(binary);
	return result;
}

static enum store_step refuse(struct postgres_ask *ask)
{
	(void)!note(ask->store, ask->rows);
	drop_rows(ask);
	return STORE_FAILED;
}

static void count_changed(struct postgres_store *store, PGresult *result)
{
	static const char *const changes[] = { "INSERT", "UPDATE", "DELETE" };
	const char *status = PQcmdStatus(result);

	for (size_t i = 0; i < COUNT(changes); i++) {
		if (strncmp(status, changes[i], 6) != 0)
			continue;
		store->changed = strtoll(PQcmdTuples(result), NULL, 10);
		store->all += store->changed;
	}
}

static enum store_step ask_server(struct postgres_ask *ask)
{
	struct postgres_store *store = ask->store;
	SCOPED(char_freep) char *name = NULL;

	if (is_command(ask->ours))
		return postgres_run(&store->is, ask->ours) ? STORE_FAILED
							   : STORE_DONE;
	if (be_connected(store) || !(name = name_of(ask)))
		return STORE_FAILED;
	ask->rows = execute(ask, name);
	switch (PQresultStatus(ask->rows)) {
	case PGRES_TUPLES_OK:
	case PGRES_COMMAND_OK:
		break;
	default:
		return refuse(ask);
	}
	count_changed(store, ask->rows);
	ask->row = -1;
	return STORE_ROW;
}

static enum store_step postgres_step(struct store_ask *ask)
{
	struct postgres_ask *mine = my(ask);
	enum store_step step;

	if (!mine->rows && ((step = ask_server(mine)) != STORE_ROW))
		return step;
	drop_cells(mine);
	if (++mine->row < PQntuples(mine->rows))
		return STORE_ROW;
	drop_rows(mine);
	return STORE_DONE;
}

/* --- the row -------------------------------------------------------------- */

static bool postgres_is_null(struct store_ask *ask, int column)
{
	return PQgetisnull(my(ask)->rows, my(ask)->row, column);
}

/* What is true or false is 1 or 0, as with SQLite. */
static const char *postgres_text_at(struct store_ask *ask, int column)
{
	const char *text;

	if (postgres_is_null(ask, column))
		return NULL;
	text = PQgetvalue(my(ask)->rows, my(ask)->row, column);
	return PQftype(my(ask)->rows, column) != TYPE_TRUTH ? text
	       : *text == 't'                               ? "1"
							    : "0";
}

static int64_t postgres_number(struct store_ask *ask, int column)
{
	const char *text = postgres_text_at(ask, column);

	return text ? strtoll(text, NULL, 10) : 0;
}

static double postgres_real(struct store_ask *ask, int column)
{
	const char *text = postgres_text_at(ask, column);

	return text ? strtod(text, NULL) : 0;
}

static const struct cell *cell_of(struct store_ask *ask, int column)
{
	struct postgres_ask *mine = my(ask);
	const char *text = postgres_text_at(ask, column);
	struct cell *cell;

	if (!mine->cells)
		mine->cells = xcalloc((size_t)PQnfields(mine->rows) + 1,
				      sizeof *mine->cells);
	cell = &mine->cells[column];
	if (!cell->bytes && text)
		cell->bytes =
		    PQunescapeBytea((const unsigned char *)text, &cell->length);
	return cell;
}

static bool has_bytes(struct store_ask *ask, int column)
{
	return PQftype(my(ask)->rows, column) == TYPE_BYTES;
}

static const void *postgres_bytes(struct store_ask *ask, int column)
{
	return has_bytes(ask, column) ? (void *)cell_of(ask, column)->bytes
				      : postgres_text_at(ask, column);
}

static size_t postgres_length(struct store_ask *ask, int column)
{
	return has_bytes(ask, column)
		   ? cell_of(ask, column)->length
		   : (size_t)PQgetlength(my(ask)->rows, my(ask)->row, column);
}

static const char *postgres_column(struct store_ask *ask, int column)
{
	return PQfname(my(ask)->rows, column);
}

/* --- opening -------------------------------------------------------------- */

static const struct store_engine engine = {
	.server = true,
	.close = postgres_close,
	.error = postgres_error,
	.trouble = postgres_trouble,
	.settled = postgres_settled,
	.run = postgres_run,
	.may_write = postgres_may_write,
	.in_transaction = postgres_in_transaction,
	.changed = postgres_changed,
	.changed_in_all = postgres_changed_in_all,
	.others = postgres_others,
	.functions = postgres_functions,
	.empty_journal = postgres_empty_journal,
	.forget_pages = postgres_forget_pages,
	.prepare = postgres_prepare,
	.end = postgres_end,
	.sql = postgres_sql,
	.parameters = postgres_parameters,
	.bind = postgres_bind,
	.bind_text = postgres_bind_text,
	.bind_bytes = postgres_bind_bytes,
	.step = postgres_step,
	.reset = postgres_reset,
	.is_null = postgres_is_null,
	.number = postgres_number,
	.real = postgres_real,
	.text = postgres_text_at,
	.bytes = postgres_bytes,
	.length = postgres_length,
	.column = postgres_column,
};

enum fault postgres_open(const char *address, struct store **out)
{
	struct postgres_store *store = xcalloc(1, sizeof *store);
	const char *why;

	store->is.engine = &engine;
	*out = &store->is;
	postgres_link_open(&store->link, address);
	if (PQstatus(store->link.now) == CONNECTION_OK)
		return begin_session(store);
	why = why_not(store->link.now);
	store->away = !why;
	return note_why(store, why);
}

#endif
