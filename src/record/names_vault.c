#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/log.h"
#include "record/names.h"
#include "record/names_inside.h"
#include "seal/key.h"

#define VAULT_ID 0x466f794e /* "FoyN" */

char *names_about(const char *table, int64_t row)
{
	return xasprintf("%s %lld", table, (long long)row);
}

enum fault vault_refuse(const struct names *names, const char *doing)
{
	log_error("%s: %s: %s. What was written is in the record still, "
		  "sealed, and gets there later",
		  names->path, doing, store_error(names->vault));
	return FAULT_STORE;
}

enum fault vault_run(struct names *names, const char *sql)
{
	return store_run(names->vault, sql) ? vault_refuse(names, sql)
					    : FAULT_NONE;
}

static enum fault connect_to(struct names *names)
{
	if (store_open_file(names->path, STORE_SHARED, &names->vault))
		return vault_refuse(names, "opening it");
	return vault_run(names, "PRAGMA journal_mode = WAL;"
				"PRAGMA synchronous = FULL;"
				"PRAGMA secure_delete = ON;"
				"PRAGMA trusted_schema = OFF;");
}

enum fault vault_add_key(struct names *names, const uint8_t agency[32])
{
	uint8_t wrapped[BOX_WRAPPED];
	SCOPED(store_endp) struct store_ask *put = NULL;
	enum fault fault = box_wrap(agency, NAMES_PURPOSE, names->key, wrapped);

	if (fault)
		return fault;
	put = store_prepare(names->vault,
			    "INSERT OR IGNORE INTO key (agency, sealed)"
			    " VALUES (?1, ?2)");
	store_bind_bytes(put, 1, agency, 32);
	store_bind_bytes(put, 2, wrapped, BOX_WRAPPED);
	return store_step(put) == STORE_DONE
		   ? FAULT_NONE
		   : vault_refuse(names, "adding a key");
}

static enum fault vault_drop_key(struct names *names, const uint8_t agency[32])
{
	SCOPED(store_endp)
	struct store_ask *drop =
	    store_prepare(names->vault, "DELETE FROM key WHERE agency = ?1");

	store_bind_bytes(drop, 1, agency, 32);
	return store_step(drop) == STORE_DONE
		   ? FAULT_NONE
		   : vault_refuse(names, "forgetting a key");
}

#define VAULT_KEYS 32 /* that are looked at; a desk opens with fewer */

/* The public halves of the keys that open it. */
static enum fault vault_keys(struct names *names, uint8_t keys[VAULT_KEYS][32],
			     size_t *count)
{
	SCOPED(store_endp)
	struct store_ask *ask = store_prepare(
	    names->vault, "SELECT agency FROM key WHERE length(agency) = 32");
	enum store_step step = STORE_DONE;

	*count = 0;
	while (*count < VAULT_KEYS && (step = store_step(ask)) == STORE_ROW)
		memcpy(keys[(*count)++], store_bytes(ask, 0), 32);
	return step == STORE_FAILED ? vault_refuse(names, "reading its keys")
				    : FAULT_NONE;
}

enum fault names_forget_key(struct record *record, uint16_t id,
			    const char *fingerprint, const uint8_t keep[32],
			    bool *kept)
{
	struct names *names = record->names;
	uint8_t keys[VAULT_KEYS][32];
	size_t count;
	enum fault fault;

	*kept = true;
	if (!names || !names->vault)
		return FAULT_NONE;
	*kept = false;
	if ((fault = vault_keys(names, keys, &count)))
		return fault;
	for (size_t i = 0; i < count; i++)
		*kept |= !memcmp(keys[i], keep, 32);
	for (size_t i = 0; *kept && !fault && i < count; i++) {
		if (key_may_be(KEY_AGENCY, keys[i], id, fingerprint) &&
		    memcmp(keys[i], keep, 32) != 0)
			fault = vault_drop_key(names, keys[i]);
	}
	return fault;
}

enum fault vault_make(struct names *names, const uint8_t agency[32])
{
	SCOPED(char_freep)
	char *lay = xasprintf(
	    "PRAGMA application_id = %d; PRAGMA user_version = 1;"
	    "CREATE TABLE key (agency BLOB PRIMARY KEY, sealed BLOB NOT NULL)"
	    " STRICT;"
	    "CREATE TABLE sealed (name TEXT NOT NULL, row INTEGER NOT NULL,"
	    " seq INTEGER NOT NULL, box BLOB, PRIMARY KEY (name, row)) STRICT,"
	    " WITHOUT ROWID;"
	    "CREATE INDEX sealed_seq ON sealed (seq);",
	    VAULT_ID);
	SCOPED(char_freep) char *journal = xasprintf("%s-wal", names->path);
	enum fault fault;

	/* What a conversion that was broken off has left. */
	if ((fault = file_remove(names->path)) ||
	    (fault = file_remove(journal)) ||
	    (fault = file_write(names->path, "", 0, 0600)) ||
	    (fault = connect_to(names)) || (fault = vault_run(names, lay)))
		return fault;
	return vault_add_key(names, agency);
}

enum fault vault_open(struct names *names)
{
	SCOPED(store_endp) struct store_ask *ask = NULL;
	enum fault fault = connect_to(names);
	int version = 0;

	if (fault)
		return fault;
	ask = store_prepare(names->vault, "PRAGMA user_version");
	if (store_step(ask) == STORE_ROW)
		version = (int)store_number(ask, 0);
	if (version == 1)
		return FAULT_NONE;
	log_error("%s: %s", names->path,
		  version ? "written by a newer Foyer: update Foyer on this "
			    "computer"
			  : "no file of names, or damaged: put the newest "
			    "backup in its place");
	return FAULT_STORE;
}

static bool run_put(struct names *names, const char *sql, const char *table,
		    int64_t row, int64_t seq, const void *box, size_t length)
{
	SCOPED(store_endp)
	struct store_ask *put = store_prepare(names->vault, sql);

	store_bind_text(put, 1, table);
	store_bind(put, 2, row);
	store_bind(put, 3, seq);
	/* The one statement has no box, and none is bound there. */
	if (box)
		store_bind_bytes(put, 4, box, length);
	return store_step(put) == STORE_DONE;
}

/* What lies there and is as new, or newer, stays. */
enum fault vault_put(struct names *names, const char *table, int64_t row,
		     int64_t seq, const void *box, size_t length)
{
	static const char drop[] = "DELETE FROM sealed WHERE name = ?1"
				   " AND row = ?2 AND seq < ?3";
	static const char add[] = "INSERT OR IGNORE INTO sealed"
				  " (name, row, seq, box)"
				  " VALUES (?1, ?2, ?3, ?4)";
	return run_put(names, drop, table, row, seq, NULL, 0) &&
		       run_put(names, add, table, row, seq, box, length)
		   ? FAULT_NONE
		   : vault_refuse(names, "writing a name");
}
