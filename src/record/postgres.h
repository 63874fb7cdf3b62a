#pragma once

#include "record/store.h"

/*
 * Inside the room: PostgreSQL (15 and newer) as the engine. The record's
 * tables lie in a schema of their own, POSTGRES_SCHEMA, in the database that
 * an address names (postgresql://user@host/database; see PostgreSQL's manual,
 * 34.1.1.2 Connection URIs).
 *
 * One writes at a time, as with SQLite: a transaction begins by locking the
 * one row of the table writing. Used are: schemas, identity columns, foreign
 * keys, prepared statements, SELECT FOR UPDATE, savepoints, cursors, REPEATABLE
 * READ, RETURNING, ON CONFLICT, window functions, partial indexes, temporary
 * tables, views and rights on columns for reports, functions in SQL and
 * PL/pgSQL, aggregates of them, a transaction's number and what became of it,
 * and LISTEN and NOTIFY; where the server has no LISTEN it is asked at each
 * look.
 */
#define POSTGRES_SCHEMA "foyer"
/* Views that stand before it for whoever may only read: see schema_grants.c. */
#define POSTGRES_SHOWN "foyer_shown"

/* Whether this names a server, and not a file. */
bool postgres_is(const char *address);

/* The address without a password, for the log; the caller frees it. */
char *postgres_told(const char *address);

/*
 * Why this address is not to be used, in plain words (the caller frees them);
 * NULL: it may be. A connection has to be under TLS unless the address names
 * this machine: a socket, a loopback number or localhost, and nothing in the
 * environment leads elsewhere.
 */
char *postgres_refused(const char *address);

/* One option of an address, "" where it does not say; the caller frees it. */
char *postgres_option(const char *address, const char *word);

/* What libpq says of a connection that TLS or the server refused, in plain
 * words, with what mends it; NULL: it says something else. */
const char *postgres_why(const char *message);

/*
 * Connects. With several hosts it is the one that takes writing. The caller
 * closes *out with store_close(), also after a fault, when it says why.
 */
MUST_CHECK enum fault postgres_open(const char *address, struct store **out);

/* The text of a statement as PostgreSQL has it; the caller frees it. */
char *postgres_text(const char *sql);
/* A table's or an index's, as SQLite keeps it, without its foreign keys. */
char *postgres_table(const char *sql);
