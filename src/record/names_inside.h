#pragma once

#include "base/bytes.h"
#include "record/names.h"
#include "record/statement.h"
#include "seal/box.h"

/* Inside the room: the names of a record whose names lie apart. */
struct names {
	uint8_t *key; /* BOX_KEY bytes of secret memory; NULL: locked */
	struct store *vault;
	char *path;
	/* The last change that is in memory, and what it was when the
	 * transaction began. */
	int64_t seen, seen_before;
	/* The state of others' work (SQLite's data_version) that conflicts
	 * follow, and what it is in this transaction. */
	int64_t others, others_now;
	bool loading; /* rows come from the vault: they are not sent there */
};

/* A table that lies apart, and the column that numbers its rows. */
struct names_table {
	const char *name, *id;
};
#define NAMES_TABLES 16
size_t names_tables(struct names_table tables[NAMES_TABLES]);

/* "json_object('id', P"id", 'latin', P"latin")" of a table's columns, P being
 * a prefix ("NEW."); the caller frees it. NULL: the table cannot be read. */
char *names_json(struct store *db, const char *schema, const char *table,
		 const char *prefix);

/* Its columns, quoted and parted by commas; with wrap, each as
 * json_extract(?1, '$.NAME'). */
char *names_columns(struct store *db, const char *schema, const char *table,
		    bool wrap);

/* names_keep(), names_reveal() and what the triggers call. */
MUST_CHECK enum fault names_functions(struct record *record);

/* A text as it lies in the record: *sealed where it does so under the key.
 * False: it is sealed, and this process cannot open it. plain is added to, and
 * the caller's to wipe. */
bool names_open_text(const struct record *record, const char *text,
		     bool *sealed, struct bytes *plain);

/* At opening: where the names lie apart, the tables they will be in. */
MUST_CHECK enum fault names_attach(struct record *record);
void names_free(struct record *record);

/* A transaction of the record began, is about to be kept, is on the disk, or
 * was undone. */
MUST_CHECK enum fault names_begin(struct record *record);
MUST_CHECK enum fault names_settle(struct record *record);
void names_commit(struct record *record);
void names_roll_back(struct record *record);

/* The vault's file: made new, with its key sealed to an agency; or opened. */
MUST_CHECK enum fault vault_make(struct names *names, const uint8_t agency[32]);
MUST_CHECK enum fault vault_open(struct names *names);
MUST_CHECK enum fault vault_refuse(const struct names *names,
				   const char *doing);
MUST_CHECK enum fault vault_add_key(struct names *names,
				    const uint8_t agency[32]);
/* A row as it is after change seq; box NULL: it is gone. */
MUST_CHECK enum fault vault_put(struct names *names, const char *table,
				int64_t row, int64_t seq, const void *box,
				size_t length);
MUST_CHECK enum fault vault_run(struct names *names, const char *sql);

/* "name 17": what a row's box is about; the caller frees it. */
char *names_about(const char *table, int64_t row);
