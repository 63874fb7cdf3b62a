#include "record/record.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "base/network.h"
#include "record/calendar.h"
#include "record/names_inside.h"
#include "record/own.h"
#include "record/people_key.h"
#include "record/postgres.h"
#include "record/schema.h"
#include "record/schema_postgres.h"
#include "record/statement.h"

/* --- before SQLite touches the file --------------------------------------- */

static enum fault refuse_network(const char *path, const char *folder,
				 network_ask *filesystem)
{
	const char *name = network_filesystem(filesystem(folder));

	if (!name)
		return FAULT_NONE;
	log_error("%s: this folder is on a network file system, %s. Two "
		  "computers writing there would damage the record: keep it "
		  "on a disk of this computer (--home DIR)",
		  path, name);
	return FAULT_STORE;
}

static uint32_t number_at(const uint8_t *data, size_t offset)
{
	return (uint32_t)data[offset] << 24 | (uint32_t)data[offset + 1] << 16 |
	       (uint32_t)data[offset + 2] << 8 | data[offset + 3];
}

/*
 * Reads the header (fileformat2 §1.3) without SQLite, which would take an
 * empty file for a new database and roll a journal into a damaged one.
 */
static enum fault look_at_header(const char *path)
{
	uint8_t header[100];
	ssize_t got;
	int file = open(path, O_RDONLY | O_CLOEXEC);

	if (file < 0) {
		log_error("%s: cannot be opened: %s", path, strerror(errno));
		return FAULT_SYSTEM;
	}
	got = read(file, header, sizeof header);
	close(file);
	if (got < (ssize_t)sizeof header) {
		log_error("%s: the record is cut short: it has only %zd "
			  "bytes. " STATEMENT_MEND,
			  path, got < 0 ? 0 : got);
		return FAULT_STORE;
	}
	/* Ours are born whole, in WAL mode (2, 2) and of version 1 or more. */
	if (memcmp(header, "SQLite format 3", 16) ||
	    (number_at(header, 68) == RECORD_APPLICATION_ID &&
	     (header[18] != 2 || header[19] != 2 ||
	      number_at(header, 60) == 0))) {
		log_error("%s: not a record of Foyer, or damaged at its "
			  "beginning. " STATEMENT_MEND,
			  path);
		return FAULT_STORE;
	}
	if (number_at(header, 68) == RECORD_MOVED_ID) {
		log_error("%s: this record was moved to a server and is not "
			  "written here any more. Write its address into "
			  "foyer.ini: at = postgresql://... below [record]",
			  path);
		return FAULT_STORE;
	}
	if (number_at(header, 68) != RECORD_APPLICATION_ID) {
		log_error("%s: a database of another program (application id "
			  "%u). Name another folder for the record",
			  path, number_at(header, 68));
		return FAULT_STORE;
	}
	if (number_at(header, 60) > SCHEMA_VERSION) {
		log_error("%s: written by a newer Foyer (version %u of the "
			  "record; this one knows %d). Update Foyer on this "
			  "computer",
			  path, number_at(header, 60), SCHEMA_VERSION);
		return FAULT_STORE;
	}
	return FAULT_NONE;
}

static bool has_bytes(const char *path)
{
	struct stat about;

	return !stat(path, &about) && about.st_size > 0;
}

/* How many bytes the file has, and how many its header says. */
static void measure(const char *path, uint64_t *has, uint64_t *due)
{
	uint8_t header[100] = { 0 };
	struct stat about = { 0 };
	uint64_t page;
	int file = open(path, O_RDONLY | O_CLOEXEC);

	*has = *due = 0;
	if (file < 0)
		return;
	if (read(file, header, sizeof header) == (ssize_t)sizeof header &&
	    !fstat(file, &about)) {
		page = (uint64_t)header[16] << 8 | header[17];
		*due = (page == 1 ? 65536 : page) * number_at(header, 28);
		*has = (uint64_t)about.st_size;
	}
	close(file);
}

#define LOOKS 3 /* another program may be writing the file just now */

/*
 * A file that is shorter than its header says, with no journal that could
 * still bring the rest, has lost its end.
 */
static enum fault look_for_a_cut(const char *path)
{
	SCOPED(char_freep) char *journal = xasprintf("%s-wal", path);
	uint64_t has = 0, due = 0;

	for (int look = 0; look < LOOKS; look++) {
		if (has_bytes(journal))
			return FAULT_NONE;
		measure(path, &has, &due);
		if (has >= due)
			return FAULT_NONE;
	}
	log_error("%s: the record is cut short: it has %llu of %llu bytes. " //
		  STATEMENT_MEND,
		  path, (unsigned long long)has, (unsigned long long)due);
	return FAULT_STORE;
}

/* --- opening -------------------------------------------------------------- */

/*
 * What every connection needs. Erasing has to erase: deleted content is
 * overwritten, and sorting never spills into a file elsewhere.
 */
static const char settings[] = "PRAGMA journal_mode = WAL;"
			       "PRAGMA synchronous = FULL;"
			       "PRAGMA foreign_keys = ON;"
			       "PRAGMA secure_delete = ON;"
			       "PRAGMA temp_store = MEMORY;"
			       "PRAGMA trusted_schema = OFF;"
			       "PRAGMA cell_size_check = ON;";

static enum fault connect_to(struct record *record, const char *path)
{
	record->path = xstrdup(path);
	if (store_open_file(path, STORE_SHARED, &record->db))
		return statement_refuse(record, "opening it");
	if (store_run(record->db, settings) || names_functions(record) ||
	    calendar_functions(record->db))
		return statement_refuse(record, "opening it");
	return FAULT_NONE;
}

static enum fault refuse_damage(struct record *record, const char *what)
{
	record->trouble = RECORD_DAMAGED;
	log_error("%s: the record is damaged (%s). " STATEMENT_MEND,
		  record->path, what);
	return FAULT_STORE;
}

enum fault record_check(struct record *record)
{
	SCOPED(store_endp) struct store_ask *ask = NULL;

	/* A server looks after its own pages. */
	if (store_on_server(record->db))
		return FAULT_NONE;
	ask = store_prepare(record->db, "PRAGMA quick_check(1)");
	if (store_step(ask) == STORE_ROW)
		return strcmp(statement_text(ask, 0), "ok") == 0
			   ? FAULT_NONE
			   : refuse_damage(record, statement_text(ask, 0));
	if (store_trouble(record->db) == RECORD_DAMAGED)
		return refuse_damage(record, store_error(record->db));
	return statement_refuse(record, "checking it");
}

static enum fault check_at_opening(struct record *record)
{
	struct stat about;

	if (!stat(record->path, &about) && about.st_size > RECORD_CHECK_LIMIT)
		return FAULT_NONE;
	return record_check(record);
}

/* Migrates and prepares; a file made new is only seen when this is done. */
static enum fault make_ready(struct record *record)
{
	enum fault fault;
	int version = 0;

	if (schema_migrate(record->db, &version))
		return statement_refuse(record, "bringing it up to date");
	if (version > SCHEMA_VERSION) {
		log_error("%s: written by a newer Foyer; update this one",
			  record->path);
		return FAULT_STORE;
	}
	if ((fault = names_attach(record)))
		return fault;
	return statement_prepare(record);
}

/* A disk that is full, or another program that does it just now, is no reason
 * not to open: it goes on the next time. */
static void follow_folding(struct record *record)
{
	if (people_key_follow(record))
		log_warning("%s: some people are not found by their names "
			    "until it is opened once more",
			    record->path);
}

static enum fault open_there(const char *path, struct record **out)
{
	SCOPED(record_closep)
	struct record *record = xcalloc(1, sizeof *record);
	enum fault fault;

	if ((fault = look_at_header(path)) || (fault = look_for_a_cut(path)) ||
	    (fault = connect_to(record, path)) ||
	    (fault = check_at_opening(record)) || (fault = make_ready(record)))
		return fault;
	follow_folding(record);
	*out = record;
	record = NULL;
	return FAULT_NONE;
}

/* --- making --------------------------------------------------------------- */

static enum fault fill_new(const char *beside)
{
	SCOPED(record_closep)
	struct record *record = xcalloc(1, sizeof *record);
	enum fault fault = connect_to(record, beside);

	return fault ? fault : make_ready(record);
}

/*
 * Gives the finished file its name unless it has been taken meanwhile. Links
 * where the file system has them; where not, renames without replacing.
 */
static enum fault put_in_place(const char *beside, const char *path)
{
	if (!link(beside, path) || errno == EEXIST)
		return FAULT_NONE;
	if (!renameat2(AT_FDCWD, beside, AT_FDCWD, path, RENAME_NOREPLACE) ||
	    errno == EEXIST)
		return FAULT_NONE;
	log_error("%s: cannot be made: %s", path, strerror(errno));
	return FAULT_SYSTEM;
}

/*
 * A new record is built beside its place and put there whole, so that an
 * empty file in its place always means damage.
 */
static enum fault make_new(const char *path)
{
	SCOPED(char_freep)
	char *beside = xasprintf("%s.new.%ld", path, (long)getpid());
	enum fault fault;
	int file;

	(void)unlink(beside);
	file = open(beside, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (file < 0) {
		log_error("%s: cannot be made: %s", path, strerror(errno));
		return FAULT_SYSTEM;
	}
	close(file);
	fault = fill_new(beside);
	if (!fault)
		fault = put_in_place(beside, path);
	/* Also makes the new name durable: the folder is synced. */
	if (file_remove(beside) && !fault)
		fault = FAULT_SYSTEM;
	return fault;
}

/* --- on a server ---------------------------------------------------------- */

static enum fault look_at_server(struct record *record)
{
	enum schema_found found;

	if (schema_look(record->db, &found))
		return statement_refuse(record, "looking for the record");
	record->seen = found == SCHEMA_RECORD || found == SCHEMA_OLDER
			   ? record->seen
			   : RECORD_WRONG;
	switch (found) {
	case SCHEMA_RECORD:
		return FAULT_NONE;
	case SCHEMA_OLDER:
		if (schema_lay(record->db) || schema_finish(record->db))
			return statement_refuse(
			    record, "bringing it up to date, as its owner does "
				    "once (foyer record queue) after the "
				    "server's administrator ran what foyer "
				    "record roles prints");
		return FAULT_NONE;
	case SCHEMA_NEWER:
		log_error("%s: written by a newer Foyer; update this one",
			  record->path);
		return FAULT_STORE;
	case SCHEMA_HALF:
		log_error("%s: no whole record: it was moved away from there, "
			  "or was on its way and did not arrive. Run foyer "
			  "record move again, or see [record] at in foyer.ini",
			  record->path);
		return FAULT_STORE;
	default:
		log_error("%s: there is no record. Bring one there with foyer "
			  "record move --to ADDRESS",
			  record->path);
		return FAULT_STORE;
	}
}

/* Only what is there tells that it is no record: another that keeps it busy, or
 * brings it up to date just now, does not, and it is looked at again. */
enum fault statement_arrive(struct record *record)
{
	enum fault fault;

	if (record->seen == RECORD_SEEN)
		return FAULT_NONE;
	if (record->seen == RECORD_WRONG)
		return FAULT_STORE;
	if ((fault = look_at_server(record)))
		return fault;
	record->seen = RECORD_SEEN;
	if (store_may_write(record->db))
		follow_folding(record);
	return FAULT_NONE;
}

static enum fault connect_to_server(struct record *record, const char *address,
				    bool waits)
{
	SCOPED(char_freep) char *refused = postgres_refused(address);
	enum fault fault;

	record->path = postgres_told(address);
	record->seen = RECORD_UNSEEN;
	if (refused) {
		log_error("%s: %s", record->path, refused);
		return FAULT_STORE;
	}
	if (postgres_open(address, &record->db))
		fault = statement_refuse(record, "connecting");
	else if (!(fault = statement_prepare(record)))
		return statement_arrive(record);
	/* Nothing is asked to prepare them. */
	return waits && record_away(record) ? statement_prepare(record) : fault;
}

static enum fault open_server(const char *address, bool waits,
			      struct record **out)
{
	SCOPED(record_closep)
	struct record *record = xcalloc(1, sizeof *record);
	enum fault fault;

	if ((fault = connect_to_server(record, address, waits)))
		return fault;
	*out = record;
	record = NULL;
	return FAULT_NONE;
}

enum fault record_open_on(const char *path, network_ask *filesystem,
			  struct record **out)
{
	SCOPED(char_freep) char *copy = xstrdup(path);
	const char *folder = dirname(copy);
	enum fault fault;

	if (postgres_is(path))
		return open_server(path, false, out);
	if ((fault = folder_make(folder)) ||
	    (fault = refuse_network(path, folder, filesystem)))
		return fault;
	if (!file_exists(path) && (fault = make_new(path)))
		return fault;
	return open_there(path, out);
}

enum fault record_open(const char *path, struct record **out)
{
	return record_open_on(path, network_ask_system, out);
}

enum fault record_open_away(const char *path, struct record **out)
{
	return postgres_is(path) ? open_server(path, true, out)
				 : record_open(path, out);
}

void record_close(struct record *record)
{
	if (!record)
		return;
	statement_release(record);
	own_fields_free(record->own);
	names_free(record);
	store_close(record->db);
	free(record->path);
	free(record->beside);
	free(record);
}

bool record_on_server(const struct record *record)
{
	return store_on_server(record->db);
}

enum record_trouble record_trouble(const struct record *record)
{
	return record->trouble;
}

bool record_away(const struct record *record)
{
	return record->trouble == RECORD_AWAY ||
	       record->trouble == RECORD_UNSURE;
}

const char *record_place(const struct record *record)
{
	return record->path;
}

bool record_is_another(const struct record *record)
{
	return record->seen == RECORD_WRONG;
}

enum record_settled record_settled(struct record *record)
{
	return store_settled(record->db);
}

enum fault record_audit_each(struct record *record, int64_t from,
			     record_audit_visit *visit, void *to)
{
	struct store_ask *ask;
	enum fault fault = statement_ask(record, AUDIT_EACH, &ask, "i", from);
	bool row;

	while (!fault && !(fault = statement_row(record, ask, &row)) && row) {
		const bool changed = !store_is_null(ask, 6);

		visit(to, &(struct record_audit){
			      .at = store_number(ask, 0),
			      .user = statement_text(ask, 1),
			      .desk = statement_text(ask, 2),
			      .act = statement_text(ask, 3),
			      .subject = statement_text(ask, 4),
			      .id = store_number(ask, 5),
			      .old = changed ? statement_text(ask, 6) : NULL,
			  });
	}
	return fault;
}

enum fault record_note(struct record *record, const char *act,
		       const char *subject, const char *what,
		       const struct record_who *who, int64_t now)
{
	SCOPED(transaction_endp) struct transaction *change = NULL;
	enum fault fault;

	if ((fault = transaction_begin(record, &change)) ||
	    (fault = audit_add(record, who, now, act, subject, 0, what)))
		return fault;
	return transaction_commit(&change);
}

enum fault record_note_doing(struct record *record,
			     const struct record_doing *doing,
			     const struct record_who *who, int64_t now,
			     bool *done)
{
	SCOPED(transaction_endp) struct transaction *change = NULL;
	enum fault fault;

	*done = false;
	if ((fault = transaction_begin(record, &change)) ||
	    (fault = audit_add(record, who, now, doing->act, doing->subject, 0,
			       doing->what)) ||
	    (fault = doing->deed(doing->to)))
		return fault;
	*done = true;
	return transaction_commit(&change);
}
