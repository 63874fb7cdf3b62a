#pragma once

#include "record/statement.h"

/* Inside the room: a copy of a record, looked at without touching it. */

/*
 * Connects to the file at path, which nobody may be writing and which stays as
 * it is: nothing is made beside it. The caller ends it with sound_done().
 */
MUST_CHECK enum fault sound_open(const char *path, struct record *look);
void sound_done(struct record *look);

/*
 * Looks through every page, index and link between tables. FAULT_STORE: they
 * do not hold together; the log says where.
 */
MUST_CHECK enum fault sound_check(struct record *look);

/*
 * Adds up the rows of every table into *rows. FAULT_STORE: another connection
 * (NULL: none) has other tables, or another number of rows in one.
 */
MUST_CHECK enum fault sound_count(struct record *look, struct record *other,
				  int64_t *rows);

/* One number of a statement without values; 0 where there is no row. */
MUST_CHECK enum fault sound_number(struct record *look, const char *sql,
				   int64_t *number);
