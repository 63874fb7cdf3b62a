#include "record/sound.h"

#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/log.h"

enum fault sound_open(const char *path, struct record *look)
{
	*look = (struct record){ .path = xstrdup(path) };
	if (store_open_file(path, STORE_READING, &look->db))
		return statement_refuse(look, "opening the copy");
	return store_run(look->db, "PRAGMA cell_size_check = ON")
		   ? statement_refuse(look, "opening the copy")
		   : FAULT_NONE;
}

void sound_done(struct record *look)
{
	store_close(look->db);
	free(look->path);
	*look = (struct record){ 0 };
}

static enum fault refuse_damage(struct record *look, const char *what)
{
	look->trouble = RECORD_DAMAGED;
	log_error("%s: the record is damaged (%s)", look->path, what);
	return FAULT_STORE;
}

static enum fault check_pages(struct record *look)
{
	SCOPED(store_endp)
	struct store_ask *ask =
	    store_prepare(look->db, "PRAGMA integrity_check(1)");

	if (store_step(ask) != STORE_ROW)
		return refuse_damage(look, store_error(look->db));
	return strcmp(statement_text(ask, 0), "ok") == 0
		   ? FAULT_NONE
		   : refuse_damage(look, statement_text(ask, 0));
}

/* A row of foreign_key_check is one that names another which is not there. */
static enum fault check_links(struct record *look)
{
	SCOPED(store_endp)
	struct store_ask *ask =
	    store_prepare(look->db, "PRAGMA foreign_key_check");

	switch (store_step(ask)) {
	case STORE_ROW:
		return refuse_damage(look, statement_text(ask, 0));
	case STORE_DONE:
		return FAULT_NONE;
	default:
		return refuse_damage(look, store_error(look->db));
	}
}

enum fault sound_check(struct record *look)
{
	enum fault fault = check_pages(look);

	return fault ? fault : check_links(look);
}

enum fault sound_number(struct record *look, const char *sql, int64_t *number)
{
	SCOPED(store_endp) struct store_ask *ask = store_prepare(look->db, sql);
	const enum store_step step = store_step(ask);

	*number = 0;
	if (step == STORE_ROW)
		*number = store_number(ask, 0);
	return step == STORE_FAILED ? statement_refuse(look, sql) : FAULT_NONE;
}

/* The table's name is one that the room gave it. */
static enum fault count_table(struct record *look, const char *table,
			      int64_t *count)
{
	SCOPED(char_freep)
	char *sql = xasprintf("SELECT count(*) FROM \"%s\"", table);

	return sound_number(look, sql, count);
}

static enum fault count_both(struct record *look, struct record *other,
			     const char *table, int64_t *rows)
{
	int64_t here = 0, there = 0;
	enum fault fault = count_table(look, table, &here);

	if (!fault && other)
		fault = count_table(other, table, &there);
	if (fault)
		return fault;
	*rows += here;
	if (!other || here == there)
		return FAULT_NONE;
	log_error("%s: the copy has %lld rows of %s and the record %lld",
		  look->path, (long long)here, table, (long long)there);
	return FAULT_STORE;
}

enum fault sound_count(struct record *look, struct record *other, int64_t *rows)
{
	static const char tables[] = "SELECT name FROM sqlite_schema"
				     " WHERE type = 'table' AND rootpage > 0"
				     " ORDER BY name";
	struct record *from = other ? other : look;
	SCOPED(store_endp)
	struct store_ask *ask = store_prepare(from->db, tables);
	enum fault fault = FAULT_NONE;
	enum store_step step = STORE_FAILED;

	*rows = 0;
	while (!fault && (step = store_step(ask)) == STORE_ROW)
		fault = count_both(look, other, statement_text(ask, 0), rows);
	if (fault)
		return fault;
	return step == STORE_DONE ? FAULT_NONE
				  : statement_refuse(from, "counting its rows");
}
