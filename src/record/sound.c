#include "record/sound.h"

#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/log.h"

enum fault sound_open(const char *path, struct record *look)
{
	/* immutable: no journal is looked for, no lock taken. */
	SCOPED(char_freep) char *uri = NULL;
	char *real = realpath(path, NULL);
	struct bytes name = { 0 };
	int code;

	for (const char *at = real ? real : path; *at; at++) {
		if (strchr("%?#", *at))
			bytes_add_format(&name, "%%%02X", (unsigned char)*at);
		else
			bytes_add_byte(&name, (uint8_t)*at);
	}
	free(real);
	bytes_add_text(&name, "?immutable=1");
	uri = xasprintf("file:%s", (const char *)name.data);
	bytes_done(&name);
	*look = (struct record){ .path = xstrdup(path) };
	code = sqlite3_open_v2(
	    uri, &look->db,
	    SQLITE_OPEN_READONLY | SQLITE_OPEN_URI | SQLITE_OPEN_NOMUTEX, NULL);
	if (code)
		return statement_refuse(look, "opening the copy");
	return sqlite3_exec(look->db, "PRAGMA cell_size_check = ON", NULL, NULL,
			    NULL)
		   ? statement_refuse(look, "opening the copy")
		   : FAULT_NONE;
}

void sound_done(struct record *look)
{
	sqlite3_close(look->db);
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
	sqlite3_stmt *ask = NULL;
	enum fault fault = FAULT_NONE;
	int code = sqlite3_prepare_v2(look->db, "PRAGMA integrity_check(1)", -1,
				      &ask, NULL);

	if (code || sqlite3_step(ask) != SQLITE_ROW)
		fault = refuse_damage(look, sqlite3_errmsg(look->db));
	else if (strcmp(statement_text(ask, 0), "ok") != 0)
		fault = refuse_damage(look, statement_text(ask, 0));
	sqlite3_finalize(ask);
	return fault;
}

/* A row of foreign_key_check is one that names another which is not there. */
static enum fault check_links(struct record *look)
{
	sqlite3_stmt *ask = NULL;
	enum fault fault = FAULT_NONE;
	int code = sqlite3_prepare_v2(look->db, "PRAGMA foreign_key_check", -1,
				      &ask, NULL);

	if (!code && (code = sqlite3_step(ask)) == SQLITE_ROW)
		fault = refuse_damage(look, statement_text(ask, 0));
	else if (code != SQLITE_DONE)
		fault = refuse_damage(look, sqlite3_errmsg(look->db));
	sqlite3_finalize(ask);
	return fault;
}

enum fault sound_check(struct record *look)
{
	enum fault fault = check_pages(look);

	return fault ? fault : check_links(look);
}

enum fault sound_number(struct record *look, const char *sql, int64_t *number)
{
	sqlite3_stmt *ask = NULL;
	int code = sqlite3_prepare_v2(look->db, sql, -1, &ask, NULL);

	*number = 0;
	if (!code && (code = sqlite3_step(ask)) == SQLITE_ROW)
		*number = sqlite3_column_int64(ask, 0);
	sqlite3_finalize(ask);
	return code == SQLITE_ROW || code == SQLITE_DONE
		   ? FAULT_NONE
		   : statement_refuse(look, sql);
}

/* The table's name comes from the schema itself, quoted for SQL. */
static enum fault count_table(struct record *look, const char *table,
			      int64_t *count)
{
	char *sql = sqlite3_mprintf("SELECT count(*) FROM \"%w\"", table);
	enum fault fault = sound_number(look, sql, count);

	sqlite3_free(sql);
	return fault;
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
	sqlite3_stmt *ask = NULL;
	enum fault fault = FAULT_NONE;
	int code = sqlite3_prepare_v2(from->db, tables, -1, &ask, NULL);

	*rows = 0;
	while (!code && !fault && (code = sqlite3_step(ask)) == SQLITE_ROW) {
		code = SQLITE_OK;
		fault = count_both(look, other, statement_text(ask, 0), rows);
	}
	sqlite3_finalize(ask);
	if (fault)
		return fault;
	return code == SQLITE_DONE
		   ? FAULT_NONE
		   : statement_refuse(from, "counting its rows");
}
