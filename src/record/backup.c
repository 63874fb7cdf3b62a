#include "record/backup.h"

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
#include "record/backup_file.h"
#include "record/backup_old.h"
#include "record/backup_take.h"
#include "record/move_copy.h"
#include "record/names_inside.h"
#include "record/schema.h"
#include "record/sound.h"

/*
 * The record as it was at one moment, in a file beside it that has no name any
 * more: however this ends, nothing readable stays.
 */
struct copy {
	int file;
	struct record pages;
};

/* --- the copy ------------------------------------------------------------- */

static enum fault open_copy(const char *beside, struct copy *copy)
{
	/* Exclusive: nobody else has it, so it is not looked for again. */
	static const char settings[] = "PRAGMA main.locking_mode = EXCLUSIVE;"
				       "PRAGMA journal_mode = OFF;"
				       "PRAGMA synchronous = OFF;"
				       "PRAGMA cell_size_check = ON;";

	copy->file = open(beside, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (copy->file < 0) {
		log_error("%s: cannot be made: %s", beside, strerror(errno));
		return FAULT_SYSTEM;
	}
	copy->pages.path = xstrdup(beside);
	if (store_open_file(beside, STORE_ALONE, &copy->pages.db) ||
	    store_run(copy->pages.db, settings))
		return statement_refuse(&copy->pages, "making a copy");
	return FAULT_NONE;
}

static void copy_done(struct copy *copy)
{
	store_close(copy->pages.db);
	if (copy->file >= 0)
		close(copy->file);
	free(copy->pages.path);
}

/* A home whose record is on a server may never have had the folder. */
static enum fault begin_copy(const char *path, struct copy *copy)
{
	SCOPED(char_freep)
	char *beside = xasprintf("%s.copy.%ld", path, (long)getpid());
	SCOPED(char_freep) char *folder = xstrdup(path);
	enum fault fault;

	*copy = (struct copy){ .file = -1 };
	if ((fault = folder_make(dirname(folder))))
		return fault;
	(void)unlink(beside);
	fault = open_copy(beside, copy);
	(void)unlink(beside);
	return fault;
}

static void tell_pages(void *to, int64_t done, int64_t all)
{
	const struct backup_watch *watch = to;

	if (watch)
		watch->tell(watch->to, BACKUP_COPYING, done, all);
}

static enum fault copy_pages(struct store *from, struct copy *copy,
			     const struct backup_watch *watch)
{
	return store_copy_pages(from, copy->pages.db, tell_pages, (void *)watch)
		   ? statement_refuse(&copy->pages, "copying the record")
		   : FAULT_NONE;
}

/*
 * Whether the file says that it has a write-ahead journal (fileformat2 §1.3.3).
 * For one without a name SQLite could not open it, so it is left out while the
 * copy is looked at; and that is done from the file, not from memory.
 */
static enum fault say_journal(struct copy *copy, uint8_t has)
{
	const uint8_t versions[2] = { has, has };

	if (pwrite(copy->file, versions, 2, 18) != 2) {
		log_error("%s: cannot be written: %s", copy->pages.path,
			  strerror(errno));
		return FAULT_SYSTEM;
	}
	store_forget_pages(copy->pages.db);
	return FAULT_NONE;
}

static enum fault count_copy(struct record *record, struct copy *copy,
			     struct backup_told *told)
{
	enum fault fault;

	if ((fault = sound_check(&copy->pages)) ||
	    (fault = sound_count(&copy->pages, record, &told->rows)) ||
	    (fault = sound_number(&copy->pages, "SELECT count(*) FROM person",
				  &told->people)) ||
	    (fault = sound_number(&copy->pages, "SELECT count(*) FROM visit",
				  &told->visits)))
		return fault;
	return FAULT_NONE;
}

static enum fault check_copy(struct record *record, struct copy *copy,
			     const struct backup_watch *watch,
			     struct backup_told *told)
{
	enum fault fault;

	if (watch)
		watch->tell(watch->to, BACKUP_CHECKING, 0, 0);
	if ((fault = say_journal(copy, 1)) ||
	    (fault = count_copy(record, copy, told)))
		return fault;
	return say_journal(copy, 2);
}

/* Written anew after it was filled, so that no free page is left. */
static enum fault fill_copy(const struct backup_take *take, struct copy *copy,
			    struct backup_told *told)
{
	enum fault fault = take->fill(take->to, &copy->pages);

	if (fault)
		return fault;
	if (store_run(copy->pages.db, "VACUUM"))
		return statement_refuse(&copy->pages, "filling the copy");
	if ((fault = count_copy(NULL, copy, told)))
		return fault;
	return say_journal(copy, 2);
}

/*
 * All within one read transaction, so that the copy is of one moment and no
 * desk's writing makes it begin again.
 */
static enum fault take_copy(struct record *record, struct copy *copy,
			    const struct backup_watch *watch,
			    struct backup_told *told)
{
	enum fault fault;
	int64_t none;

	if (store_run(record->db, "BEGIN"))
		return statement_refuse(record, "beginning a backup");
	if (!(fault = sound_number(record, "SELECT count(*) FROM sqlite_schema",
				   &none)) &&
	    !(fault = copy_pages(record->db, copy, watch)))
		fault = check_copy(record, copy, watch, told);
	(void)!store_run(record->db, "ROLLBACK");
	if (copy->pages.trouble)
		record->trouble = copy->pages.trouble;
	return fault;
}

/* --- sealing it ----------------------------------------------------------- */

static enum fault add_start(struct backup_file *out, const char *name,
			    uint64_t size)
{
	uint8_t wide = (uint8_t)strlen(name), number[8];
	enum fault fault;

	for (int i = 0; i < 8; i++)
		number[i] = (uint8_t)(size >> (56 - 8 * i));
	if ((fault = backup_file_add(out, &wide, 1)) ||
	    (fault = backup_file_add(out, name, wide)))
		return fault;
	return backup_file_add(out, number, sizeof number);
}

static enum fault add_bytes(struct backup_file *out, int from, const char *name,
			    uint64_t size)
{
	uint8_t piece[16384];
	enum fault fault = FAULT_NONE;

	for (uint64_t at = 0; !fault && at < size;) {
		ssize_t got = pread(from, piece, sizeof piece, (off_t)at);

		if (got <= 0) {
			log_error("%s: the copy cannot be read: %s", name,
				  got ? strerror(errno) : "it is cut short");
			return FAULT_SYSTEM;
		}
		fault = backup_file_add(out, piece, (size_t)got);
		at += (uint64_t)got;
	}
	explicit_bzero(piece, sizeof piece);
	return fault;
}

#define PART_OVER (1 + 8) /* bytes a part has beside its name and content */

/* What goes into the file: the record, and its names where they lie apart. */
struct part {
	const char *name;
	const struct copy *copy;
	uint64_t size;
};

static enum fault measure(struct part *part, uint64_t *length)
{
	struct stat about;

	if (fstat(part->copy->file, &about)) {
		log_error("%s: the copy cannot be measured: %s", part->name,
			  strerror(errno));
		return FAULT_SYSTEM;
	}
	part->size = (uint64_t)about.st_size;
	*length += PART_OVER + strlen(part->name) + part->size;
	return FAULT_NONE;
}

static enum fault add_part(struct backup_file *out, const struct part *part)
{
	enum fault fault = add_start(out, part->name, part->size);

	return fault ? fault
		     : add_bytes(out, part->copy->file, part->name, part->size);
}

static enum fault seal_parts(struct record *record, struct part *parts,
			     size_t count, const char *path,
			     struct backup_head *head,
			     const struct backup_watch *watch)
{
	SCOPED(backup_file_freep) struct backup_file *out = NULL;
	enum fault fault = FAULT_NONE;
	bool keep = false;

	head->length = 1;
	for (size_t i = 0; !fault && i < count; i++)
		fault = measure(&parts[i], &head->length);
	if (!fault)
		fault = backup_old_worth(record, path, head, &keep);
	if (!fault)
		fault = backup_file_begin(path, keep, head, watch, &out);
	for (size_t i = 0; !fault && i < count; i++)
		fault = add_part(out, &parts[i]);
	if (!fault)
		fault = backup_file_add(out, "", 1);
	return fault ? fault : backup_file_finish(out);
}

/*
 * Taken after the record: what a name was changed to since comes along, and
 * what is still on its way lies in the record, sealed.
 */
static enum fault take_names(struct record *record, struct copy *copy,
			     const struct backup_watch *watch)
{
	struct names *names = record->names;
	enum fault fault;

	if (!names->vault)
		return FAULT_NONE;
	if ((fault = begin_copy(names->path, copy)) ||
	    (fault = copy_pages(names->vault, copy, watch)) ||
	    (fault = say_journal(copy, 1)) ||
	    (fault = sound_check(&copy->pages)))
		return fault;
	return say_journal(copy, 2);
}

static enum fault no_place(const struct record *record)
{
	log_error("%s: a copy of it needs the record folder of a home",
		  record->path);
	return FAULT_SYSTEM;
}

static enum fault take_and_seal(struct record *record, const char *path,
				const struct backup_take *take,
				struct backup_head *head,
				const struct backup_watch *watch,
				struct backup_told *told)
{
	struct copy copy = { .file = -1 }, names = { .file = -1 };
	struct part parts[] = { { RECORD_FILE, &copy, 0 },
				{ NAMES_FILE, &names, 0 } };
	/* In the clear, so never where the backup goes: that may be a stick. */
	const char *place =
	    store_on_server(record->db) ? record->beside : record->path;
	enum fault fault = place ? begin_copy(place, &copy) : no_place(record);

	if (!fault)
		fault = take->fill ? fill_copy(take, &copy, told)
				   : take_copy(record, &copy, watch, told);
	if (!fault && record->names && !take->fill)
		fault = take_names(record, &names, watch);
	if (!fault)
		fault = seal_parts(record, parts, names.file < 0 ? 1 : 2, path,
				   head, watch);
	copy_done(&names);
	copy_done(&copy);
	return fault;
}

static enum fault write_down(struct record *record, const char *act,
			     const struct record_who *who, int64_t now)
{
	SCOPED(transaction_endp) struct transaction *transaction = NULL;
	enum fault fault;

	if ((fault = transaction_begin(record, &transaction)) ||
	    (fault = audit_add(record, who, now, act, "record", 0, NULL)))
		return fault;
	return transaction_commit(&transaction);
}

/* A server has no pages to be copied. */
static enum fault fill_from_server(void *to, struct record *copy)
{
	return move_copy(to, copy);
}

enum fault backup_take(struct record *record, const char *path,
		       const uint8_t agency[KEY_BYTES],
		       const struct backup_take *take,
		       const struct record_who *who, int64_t now,
		       const struct backup_watch *watch,
		       struct backup_told *told)
{
	struct backup_head head = { .what = take->what,
				    .made = now,
				    .version = SCHEMA_VERSION };
	const struct backup_take rows = { take->what, fill_from_server, record,
					  take->act };
	const bool server = store_on_server(record->db);
	enum fault fault;

	memcpy(head.agency, agency, KEY_BYTES);
	*told = (struct backup_told){ 0 };
	fault =
	    take_and_seal(record, path, server && !take->fill ? &rows : take,
			  &head, watch, told);
	told->bytes = (int64_t)backup_file_size(&head);
	return fault ? fault : write_down(record, take->act, who, now);
}

enum fault backup_make(struct record *record, const char *path,
		       const uint8_t agency[KEY_BYTES],
		       const struct record_who *who, int64_t now,
		       const struct backup_watch *watch,
		       struct backup_told *told)
{
	static const struct backup_take whole = { .what = BACKUP_RECORD,
						  .act = "backup" };

	return backup_take(record, path, agency, &whole, who, now, watch, told);
}
