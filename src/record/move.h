#pragma once

#include "record/record.h"

/*
 * A record moves from its file to a PostgreSQL server, and back: every row of
 * every table, looked at once more on both sides before the move counts. Where
 * it came from it stays as it was, and is marked: no desk opens it there.
 * Broken off, it is begun again by the same call.
 */
enum move_answer {
	MOVE_DONE,
	MOVE_OCCUPIED, /* another record is there already */
	MOVE_IN_USE,   /* a desk or another program has it open */
	MOVE_APART,    /* its names lie apart: a server would have to know them
			* to look for them. Bring them together first */
	MOVE_DIFFERS,  /* the log says which table; nothing was marked */
};

struct move_told {
	int64_t tables, rows;
	char table[64]; /* that differs */
};
struct move_watch {
	void *to;
	void (*tell)(void *to, const char *table, int64_t rows);
};

/* Whether there is room for a record at a server's address: MOVE_DONE or
 * MOVE_OCCUPIED. Nothing is changed there. */
MUST_CHECK enum fault move_look(const char *address, enum move_answer *answer);

/* From the file at path to a server's address (record/postgres.h). Whoever
 * connects owns what is made. */
MUST_CHECK enum fault move_to_server(const char *path, const char *address,
				     const struct move_watch *watch,
				     const struct record_who *who, int64_t now,
				     enum move_answer *answer,
				     struct move_told *told);

/* And back, to a file that is not there yet. */
MUST_CHECK enum fault move_to_file(const char *address, const char *path,
				   const struct move_watch *watch,
				   const struct record_who *who, int64_t now,
				   enum move_answer *answer,
				   struct move_told *told);

/* The SQL that makes the roles on a server, for its administrator, and lays
 * anew what they may; it may run any time. The caller frees it. */
char *move_roles(void);
