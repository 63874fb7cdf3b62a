#pragma once

#include <sqlite3.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/fault.h"

/* Inside the room: the tables of the kinds. */

/*
 * Lays the tables, columns and indexes of all kinds that lie apart, or of all
 * that do not, in a database of the connection ("main"), as far as they are
 * missing. Inside the caller's transaction; returns an SQLite result code.
 */
MUST_CHECK int lay_kinds(sqlite3 *db, const char *schema, bool apart);

/* A number that changes with what lay_kinds() would lay. */
int64_t lay_mark(void);

/* Whether the names of a record lie apart: then none of their tables are in
 * "main". A result code of SQLite. */
MUST_CHECK int lay_is_apart(sqlite3 *db, bool *apart);
