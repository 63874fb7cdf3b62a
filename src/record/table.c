#include "record/table.h"

#include <sodium.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "record/postgres.h"
#include "record/schema_postgres.h"

#define AT_ONCE "512" /* rows */

void table_done(struct table *table)
{
	free(table->columns);
	free(table->primary);
}

enum fault table_read(struct store *model, const char *name,
		      struct table *table)
{
	SCOPED(char_freep)
	char *sql = xasprintf("SELECT type FROM pragma_table_info('%s') ORDER"
			      " BY cid",
			      name);
	SCOPED(store_endp) struct store_ask *ask = store_prepare(model, sql);

	*table = (struct table){ .name = name };
	while (store_step(ask) == STORE_ROW && table->count < TABLE_COLUMNS)
		table->kinds[table->count++] = *store_text(ask, 0);
	return schema_columns(model, name, &table->columns, &table->primary);
}

/* One walk at a time: a server gives its rows in handfuls, not all at once. */
struct walk {
	struct store *store;
	struct store_ask *ask;
	bool server;
};

static enum fault walk_begin(struct store *store, const char *sql,
			     struct walk *walk)
{
	SCOPED(char_freep)
	char *cursor = xasprintf("DECLARE walk CURSOR FOR %s", sql);

	*walk = (struct walk){ store, NULL, store_on_server(store) };
	if (walk->server && store_run(store, cursor))
		return FAULT_STORE;
	walk->ask = store_prepare(
	    store, walk->server ? "FETCH " AT_ONCE " FROM walk" : sql);
	return walk->ask ? FAULT_NONE : FAULT_STORE;
}

/* All of its rows, in the order of its key. */
static char *all_of(const struct table *table)
{
	return xasprintf("SELECT %s FROM \"%s\" ORDER BY %s", table->columns,
			 table->name, table->primary);
}

static enum store_step walk_next(struct walk *walk)
{
	enum store_step step = store_step(walk->ask);

	/* The handful is empty: there may be another. */
	if (walk->server && step == STORE_DONE)
		step = store_step(walk->ask);
	return step;
}

static enum fault walk_end(struct walk *walk)
{
	store_end(walk->ask);
	return walk->server ? store_run(walk->store, "CLOSE walk") : FAULT_NONE;
}

static char *insert_of(const struct table *table)
{
	struct bytes sql = { 0 };

	bytes_add_format(&sql, "INSERT INTO \"%s\" (%s) VALUES (", table->name,
			 table->columns);
	for (int i = 1; i <= table->count; i++)
		bytes_add_format(&sql, "%s?%d", i > 1 ? ", " : "", i);
	bytes_add_text(&sql, ")");
	return bytes_take_text(&sql);
}

static void bind_row(struct store_ask *put, struct store_ask *row,
		     const struct table *table)
{
	for (int i = 0; i < table->count; i++) {
		if (store_is_null(row, i))
			store_bind_text(put, i + 1, NULL);
		else if (table->kinds[i] == 'I')
			store_bind(put, i + 1, store_number(row, i));
		else if (table->kinds[i] == 'B')
			store_bind_bytes(put, i + 1, store_bytes(row, i) ?: "",
					 store_length(row, i));
		else
			store_bind_text(put, i + 1, store_text(row, i));
	}
}

static enum fault copy_found(struct store *from, struct store *to,
			     const struct table *table, const char *found,
			     int64_t *rows)
{
	SCOPED(char_freep) char *sql = insert_of(table);
	SCOPED(store_endp) struct store_ask *put = store_prepare(to, sql);
	enum store_step step = STORE_FAILED, done = STORE_DONE;
	struct walk walk;
	enum fault fault = walk_begin(from, found, &walk);

	*rows = 0;
	while (!fault && done == STORE_DONE &&
	       (step = walk_next(&walk)) == STORE_ROW) {
		bind_row(put, walk.ask, table);
		done = store_step(put);
		store_reset(put);
		++*rows;
	}
	if (fault || step == STORE_FAILED || done != STORE_DONE)
		fault = FAULT_STORE;
	return walk_end(&walk) || fault ? FAULT_STORE : FAULT_NONE;
}

enum fault table_copy(struct store *from, struct store *to,
		      const struct table *table, int64_t *rows)
{
	SCOPED(char_freep) char *all = all_of(table);

	return copy_found(from, to, table, all, rows);
}

enum fault table_copy_some(struct store *from, struct store *to,
			   const struct table *table, const char *which)
{
	/* Only what is asked for has these names, whatever it is found by. */
	SCOPED(char_freep)
	char *some = xasprintf("SELECT %s FROM (SELECT r.* FROM %s) AS found",
			       table->columns, which);
	int64_t rows;

	return copy_found(from, to, table, some, &rows);
}

static void hash_row(crypto_generichash_state *state, struct store_ask *row,
		     const struct table *table)
{
	for (int i = 0; i < table->count; i++) {
		const bool null = store_is_null(row, i);
		const bool number = table->kinds[i] == 'I';
		const int64_t value = number ? store_number(row, i) : 0;
		const uint64_t length = null     ? UINT64_MAX
					: number ? sizeof value
						 : store_length(row, i);

		crypto_generichash_update(state, (const uint8_t *)&length,
					  sizeof length);
		if (null || !length)
			continue;
		crypto_generichash_update(state,
					  number ? (const uint8_t *)&value
						 : store_bytes(row, i),
					  length);
	}
}

enum fault table_hash(struct store *store, const struct table *table,
		      uint8_t hash[TABLE_HASH], int64_t *rows)
{
	SCOPED(char_freep) char *all = all_of(table);
	crypto_generichash_state state;
	enum store_step step = STORE_FAILED;
	struct walk walk;
	enum fault fault = walk_begin(store, all, &walk);

	*rows = 0;
	crypto_generichash_init(&state, NULL, 0, TABLE_HASH);
	while (!fault && (step = walk_next(&walk)) == STORE_ROW) {
		hash_row(&state, walk.ask, table);
		++*rows;
	}
	crypto_generichash_final(&state, hash, TABLE_HASH);
	return walk_end(&walk) || fault || step == STORE_FAILED ? FAULT_STORE
								: FAULT_NONE;
}

/* --- the numbers it gives --------------------------------------------------
 */

/* The last number that a table of a server gave away; 0: none, or it gives
 * none. */
static enum fault given_there(struct store *server, const char *table,
			      int64_t *last)
{
	SCOPED(char_freep)
	char *where = xasprintf(
	    "SELECT pg_get_serial_sequence('" POSTGRES_SCHEMA ".\"%s\"', 'id')",
	    table);
	SCOPED(store_endp)
	struct store_ask *name = store_prepare(server, where);
	SCOPED(store_endp) struct store_ask *ask = NULL;
	SCOPED(char_freep) char *sql = NULL;

	*last = 0;
	if (store_step(name) != STORE_ROW)
		return FAULT_STORE;
	if (store_is_null(name, 0))
		return FAULT_NONE;
	sql = xasprintf("SELECT last_value - CASE WHEN is_called THEN 0 ELSE 1"
			" END FROM %s",
			store_text(name, 0));
	ask = store_prepare(server, sql);
	if (store_step(ask) != STORE_ROW)
		return FAULT_STORE;
	*last = store_number(ask, 0);
	return FAULT_NONE;
}

static enum fault given_here(struct store *file, const char *table,
			     int64_t *last)
{
	SCOPED(char_freep)
	char *sql = xasprintf("SELECT seq FROM sqlite_sequence WHERE name ="
			      " '%s'",
			      table);
	SCOPED(store_endp) struct store_ask *ask = store_prepare(file, sql);
	const enum store_step step = store_step(ask);

	*last = step == STORE_ROW ? store_number(ask, 0) : 0;
	return step == STORE_FAILED ? FAULT_STORE : FAULT_NONE;
}

enum fault table_count_on(struct store *from, struct store *to,
			  const struct table *table)
{
	SCOPED(char_freep) char *write = NULL;
	int64_t last;

	if (strcmp(table->primary, "\"id\"") != 0)
		return FAULT_NONE;
	if (store_on_server(from) ? given_there(from, table->name, &last)
				  : given_here(from, table->name, &last))
		return FAULT_STORE;
	if (!last)
		return FAULT_NONE;
	if (store_on_server(to))
		write = xasprintf(
		    "SELECT setval(pg_get_serial_sequence('" POSTGRES_SCHEMA
		    ".\"%s\"', 'id'), %lld)",
		    table->name, (long long)last);
	else
		write = xasprintf("DELETE FROM sqlite_sequence WHERE name ="
				  " '%s'; INSERT INTO sqlite_sequence (name,"
				  " seq) VALUES ('%s', %lld)",
				  table->name, table->name, (long long)last);
	return store_run(to, write);
}
