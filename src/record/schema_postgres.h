#pragma once

#include "record/statement.h"

/* Inside the room: the record's tables on a server. */

/* A record of this Foyer in memory, without a row: what there has to be. The
 * caller closes *out with store_close(). */
MUST_CHECK enum fault schema_model(struct store **out);

/* What a server holds in the record's schema. */
enum schema_found {
	SCHEMA_NOTHING,
	SCHEMA_RECORD,
	SCHEMA_OLDER, /* a record that lacks what this Foyer knows */
	SCHEMA_NEWER, /* of a newer Foyer */
	SCHEMA_HALF,  /* a record that was not moved here to its end */
};
MUST_CHECK enum fault schema_look(struct store *server,
				  enum schema_found *found);

/* Makes whatever is not there yet: schema, functions, tables, columns and
 * indexes; whoever connects has to own them. One transaction. */
MUST_CHECK enum fault schema_lay(struct store *server);

/* And when rows are in: foreign keys, sequences, and what roles may. */
MUST_CHECK enum fault schema_finish(struct store *server);

/* The views that reports read: see schema_grants.c. */
extern const char schema_shown[];

/* The last of it: what the roles may, of those that the server has. */
MUST_CHECK enum fault schema_grant(struct store *server);

/* What an administrator of the server runs first, and after each update: the
 * three roles, and what they may of a record that is there. The caller frees
 * it. */
char *schema_roles(void);

/* The tables of a model by name, and the columns of one in their order, quoted
 * and parted by commas; primary has those that number its rows. Each is the
 * caller's to free. */
MUST_CHECK enum fault schema_tables(struct store *model, char **names);
MUST_CHECK enum fault schema_columns(struct store *model, const char *table,
				     char **columns, char **primary);
