#pragma once

#include <stdint.h>

#include "record/store.h"

/*
 * Inside the room: a table as a model of a record has it (schema_postgres.h),
 * and its rows on their way from one store to another, whichever engines those
 * are. Where a server gives the rows, a transaction of its own is open there.
 * The faults are a store's, which says why.
 */
#define TABLE_COLUMNS 64 /* at most */
#define TABLE_HASH 32    /* bytes */

struct table {
	const char *name;          /* the caller's */
	char *columns, *primary;   /* quoted, parted by commas */
	char kinds[TABLE_COLUMNS]; /* I, T or B: as SQLite calls the types */
	int count;
};

/* The caller releases *table with table_done(), also after a fault. */
MUST_CHECK enum fault table_read(struct store *model, const char *name,
				 struct table *table);
void table_done(struct table *table);

/* Every row; *rows says how many. */
MUST_CHECK enum fault table_copy(struct store *from, struct store *to,
				 const struct table *table, int64_t *rows);

/* Those that are called r in what stands behind a FROM, each of them once:
 * "a JOIN b AS r ON r.a = a.id". */
MUST_CHECK enum fault table_copy_some(struct store *from, struct store *to,
				      const struct table *table,
				      const char *which);

/* What it holds, and how many rows, in the order of its key. */
MUST_CHECK enum fault table_hash(struct store *store, const struct table *table,
				 uint8_t hash[TABLE_HASH], int64_t *rows);

/* Numbers that were given away there are not given again, whatever was erased.
 */
MUST_CHECK enum fault table_count_on(struct store *from, struct store *to,
				     const struct table *table);
