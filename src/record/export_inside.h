#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "record/kind.h"

/* Inside the room: what an export has of each table. */

/* A table that is no kind's. */
struct export_table {
	const char *name;
	/* "id:number at:instant", in any order; a ! before a type: the value
	 * is sealed where names lie apart. NULL: it is left out. */
	const char *columns;
	const char *why; /* it is left out; else NULL */
};

size_t export_table_count(void);
const struct export_table *export_table_at(size_t index);

/*
 * What a column of a table holds, as record/export.h has it. kind is the
 * table's, or NULL. The caller frees it; NULL: nothing is known of it, which
 * is a mistake of ours. *sealed as above.
 */
char *export_column(const struct export_table *table, const struct kind *kind,
		    const char *column, bool *sealed);
