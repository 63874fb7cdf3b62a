#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/fault.h"
#include "record/store.h"

/* Inside the room: the tables of the kinds. */

/*
 * Lays the tables, columns and indexes of all kinds that lie apart, or of all
 * that do not, in a database of the connection ("main"), as far as they are
 * missing. Inside the caller's transaction. The store
 * says why it was refused.
 */
MUST_CHECK enum fault lay_kinds(struct store *db, const char *schema,
				bool apart);

/* Adds the columns that every kind's table has: "id, version, made_at". */
void lay_common(struct bytes *names);

/* A number that changes with what lay_kinds() would lay. */
int64_t lay_mark(void);

/* Whether the names of a record lie apart: then none of their tables are in
 * "main". The store says why not. */
MUST_CHECK enum fault lay_is_apart(struct store *db, bool *apart);
