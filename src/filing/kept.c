#include "filing/kept.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "filing/inside.h"
#include "ticket/frame.h"

/*
 * A file's name: when it was scanned, so that names sort by time, a part of its
 * hash, by which the same ticket is known again, and the process, so that no
 * two write the same file.
 */
#define TIME_DIGITS 16
#define HASH_BYTES 16
#define HASH_DIGITS (2 * HASH_BYTES)
#define PROCESS_DIGITS 8
#define NAME_HASH (TIME_DIGITS + 1)
#define NAME_PROCESS (NAME_HASH + HASH_DIGITS + 1)
#define NAME_LENGTH (NAME_PROCESS + PROCESS_DIGITS)

#define BUSY_LIMIT 3 /* tries that another program outwaited, then later */

static char *folder_of(const struct filing *filing)
{
	return home_path(filing->home, HOME_RECORD, KEPT_FOLDER);
}

static void write_hash(const uint8_t hash[KEY_HASH_BYTES],
		       char text[HASH_DIGITS + 1])
{
	for (size_t i = 0; i < HASH_BYTES; i++)
		sprintf(text + 2 * i, "%02x", hash[i]);
}

/* --- what is there -------------------------------------------------------- */

struct names {
	char (*rows)[NAME_LENGTH + 1];
	size_t count;
};

/* What a power cut left half written has another name, and so has what was
 * damaged. */
static bool is_name(const char *name)
{
	static const char hex[] = "0123456789abcdef";

	return strlen(name) == NAME_LENGTH &&
	       strspn(name, "0123456789") == TIME_DIGITS &&
	       name[TIME_DIGITS] == '-' &&
	       strspn(name + NAME_HASH, hex) == HASH_DIGITS &&
	       name[NAME_PROCESS - 1] == '-' &&
	       strspn(name + NAME_PROCESS, hex) == PROCESS_DIGITS;
}

static int by_name(const void *one, const void *two)
{
	return strcmp(one, two);
}

/* Those in the folder, the oldest first; none where there is no folder. */
static enum fault read_names(const char *folder, struct names *names)
{
	DIR *entries = opendir(folder);
	const struct dirent *entry;

	*names = (struct names){ 0 };
	if (!entries && errno == ENOENT)
		return FAULT_NONE;
	if (!entries) {
		log_error("%s: cannot be read: %s", folder, strerror(errno));
		return FAULT_SYSTEM;
	}
	while ((entry = readdir(entries))) {
		if (!is_name(entry->d_name))
			continue;
		names->rows = xreallocarray(names->rows, names->count + 1,
					    sizeof *names->rows);
		memcpy(names->rows[names->count++], entry->d_name,
		       NAME_LENGTH + 1);
	}
	closedir(entries);
	if (names->count)
		qsort(names->rows, names->count, sizeof *names->rows, by_name);
	return FAULT_NONE;
}

enum fault kept_count(const struct filing *filing, size_t *count)
{
	SCOPED(char_freep) char *folder = folder_of(filing);
	struct names names;
	enum fault fault = read_names(folder, &names);

	*count = names.count;
	free(names.rows);
	return fault;
}

/* --- keeping -------------------------------------------------------------- */

/* What the record would take in now or put aside, and what only it can tell. */
static bool is_kept(const struct filing_ticket *ticket)
{
	switch (ticket->status) {
	case FILING_FILED:
	case FILING_UNKNOWN_KIOSK:
	case FILING_REVOKED:
	case FILING_OTHER_AGENCY:
	case FILING_UNREADABLE:
	case FILING_LOCKED:
		return true;
	case FILING_UNKNOWN_FORM:
		return ticket->number;
	default:
		return false;
	}
}

static enum kept_answer look(const struct names *names, const char *hash)
{
	for (size_t i = 0; i < names->count; i++) {
		if (!strncmp(names->rows[i] + NAME_HASH, hash, HASH_DIGITS))
			return KEPT_BEFORE;
	}
	return names->count < KEPT_LIMIT ? KEPT_NOW : KEPT_FULL;
}

static enum fault write_one(const char *folder, int64_t now, const char *hash,
			    const struct filing_ticket *ticket)
{
	SCOPED(char_freep)
	char *path = xasprintf("%s/%0*" PRId64 "-%s-%0*x", folder, TIME_DIGITS,
			       now > 0 ? now : 0, hash, PROCESS_DIGITS,
			       (unsigned)getpid());
	SCOPED(bytes_done) struct bytes digits = { 0 };
	enum fault fault = folder_make(folder);

	frame_write(FRAME_TICKET, ticket->seq % 10000, ticket->wire.bytes,
		    ticket->wire.length, &digits);
	return fault ? fault
		     : file_write(path, digits.data, digits.length, 0600);
}

static enum fault keep(const struct filing *filing, int64_t now,
		       const struct filing_ticket *ticket,
		       enum kept_answer *answer)
{
	SCOPED(char_freep) char *folder = folder_of(filing);
	char hash[HASH_DIGITS + 1];
	struct names names;
	enum fault fault = read_names(folder, &names);

	write_hash(ticket->wire_hash, hash);
	*answer = look(&names, hash);
	free(names.rows);
	if (fault || *answer != KEPT_NOW)
		return fault;
	return write_one(folder, now, hash, ticket);
}

enum fault kept_add(struct filing *filing, const char *digits, int64_t now,
		    enum kept_answer *answer, struct filing_ticket *out)
{
	struct filing_ticket ticket = { 0 };
	enum fault fault = judge_digits(filing, digits, now, &ticket);

	*answer = KEPT_NOT;
	if (!fault && is_kept(&ticket))
		fault = keep(filing, now, &ticket, answer);
	if (fault) {
		filing_ticket_done(&ticket);
		return fault;
	}
	if (ticket.status == FILING_FILED)
		content_tell(ticket.content, &ticket);
	*out = ticket;
	return FAULT_NONE;
}

/* --- filing --------------------------------------------------------------- */

struct kept_filing {
	struct filing *filing;
	const struct record_who *who;
	int64_t now;
	kept_told *told;
	void *to;
};

/* false: the file is no ticket any more. */
static enum fault read_kept(const char *path, bool *sound, struct wire *wire)
{
	SCOPED(bytes_done) struct bytes digits = { 0 };
	struct frame frame;
	enum fault fault = file_read(path, FRAME_DIGITS_MAX, &digits);

	*sound = false;
	if (fault == FAULT_LIMIT)
		return FAULT_NONE;
	if (fault)
		return fault;
	*sound = frame_read((const char *)digits.data, digits.length, &frame) ==
		     FRAME_READ &&
		 frame.magic == FRAME_TICKET;
	if (*sound) {
		wire->length = frame.length;
		memcpy(wire->bytes, frame.payload, frame.length);
	}
	return FAULT_NONE;
}

/* It is not tried again, and not thrown away either. */
static enum fault put_by(const struct kept_filing *filing, const char *path,
			 int64_t arrived)
{
	SCOPED(char_freep) char *beside = xasprintf("%s.damaged", path);

	log_error("%s: a ticket that was kept while the record was away cannot "
		  "be read any more: its paper has to be scanned again",
		  path);
	if (rename(path, beside)) {
		log_error("%s: cannot be renamed: %s", path, strerror(errno));
		return FAULT_SYSTEM;
	}
	filing->told(filing->to, arrived, NULL);
	return folder_sync(path);
}

static enum fault take_in(const struct kept_filing *filing,
			  const struct wire *wire, int64_t arrived,
			  struct filing_ticket *ticket)
{
	enum fault fault =
	    read_wire(filing->filing, wire, filing->who, filing->now, ticket);

	if (!fault && ticket->status == FILING_FILED)
		fault = file_ticket(filing->filing, filing->who, arrived,
				    filing->now, ticket);
	/* As a ticket that is aside and cannot be read: it is sound, and never
	 * blocks another. */
	if (fault == FAULT_FORMAT || fault == FAULT_LIMIT) {
		ticket->status = FILING_UNREADABLE;
		fault = FAULT_NONE;
	}
	if (!fault && !ticket->kept_aside &&
	    (ticket->status == FILING_UNKNOWN_KIOSK ||
	     ticket->status == FILING_UNREADABLE))
		fault = filing_keep_aside(filing->filing, filing->who,
					  filing->now, ticket);
	return fault;
}

static enum fault file_one(const struct kept_filing *filing, const char *path,
			   int64_t arrived)
{
	struct filing_ticket ticket = { 0 };
	struct wire wire = { 0 };
	bool sound;
	enum fault fault = read_kept(path, &sound, &wire);

	if (fault)
		return fault;
	if (!sound)
		return put_by(filing, path, arrived);
	fault = take_in(filing, &wire, arrived, &ticket);
	if (!fault) {
		filing->told(filing->to, arrived, &ticket);
		fault = file_remove(path);
	}
	filing_ticket_done(&ticket);
	return fault;
}

/* Another desk that files holds the folder's lock: it is let go of with the
 * descriptor, by a killed desk too. */
static int lock(const char *folder)
{
	const int file = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (file >= 0 && flock(file, LOCK_EX | LOCK_NB)) {
		close(file);
		return -1;
	}
	return file;
}

/* Whether no other could be filed now either. */
static bool ends_all(const struct filing *filing, enum fault fault, int *busy)
{
	const enum record_trouble trouble = record_trouble(filing->record);

	if (fault != FAULT_STORE)
		return fault && fault != FAULT_SYSTEM;
	*busy += trouble == RECORD_BUSY;
	return trouble == RECORD_AWAY || *busy == BUSY_LIMIT;
}

enum fault kept_file(struct filing *filing, const struct record_who *who,
		     int64_t now, kept_told *told, void *to)
{
	const struct kept_filing all = { filing, who, now, told, to };
	SCOPED(char_freep) char *folder = folder_of(filing);
	struct names names = { 0 };
	enum fault fault = FAULT_NONE, first = FAULT_NONE;
	const int held = lock(folder);
	bool over = false;
	int busy = 0;

	if (held < 0)
		return FAULT_NONE;
	fault = read_names(folder, &names);
	/* What is wrong with one alone holds up no other. */
	for (size_t i = 0; !fault && !over && i < names.count; i++) {
		SCOPED(char_freep)
		char *path = xasprintf("%s/%s", folder, names.rows[i]);
		const enum fault one =
		    file_one(&all, path, strtoll(names.rows[i], NULL, 10));

		over = ends_all(filing, one, &busy);
		first = first ? first : one;
	}
	free(names.rows);
	close(held);
	return fault ? fault : first;
}

/* --- what a key opens ----------------------------------------------------- */

static enum fault is_sealed_to(const char *path, uint16_t id, bool *sealed)
{
	struct wire wire = { 0 };
	struct wire_header header;
	bool sound;
	enum fault fault = FAULT_NONE;

	*sealed = false;
	/* Another desk may have filed it meanwhile. */
	if (!file_exists(path) || (fault = read_kept(path, &sound, &wire)))
		return fault;
	*sealed = sound &&
		  wire_read(wire.bytes, wire.length, &header) == WIRE_SOUND &&
		  header.agency == id;
	return FAULT_NONE;
}

enum fault kept_sealed_to(const struct home *home, uint16_t id, size_t *count)
{
	SCOPED(char_freep)
	char *folder = home_path(home, HOME_RECORD, KEPT_FOLDER);
	struct names names;
	enum fault fault = read_names(folder, &names);

	*count = 0;
	for (size_t i = 0; !fault && i < names.count; i++) {
		SCOPED(char_freep)
		char *path = xasprintf("%s/%s", folder, names.rows[i]);
		bool sealed;

		fault = is_sealed_to(path, id, &sealed);
		*count += sealed;
	}
	free(names.rows);
	return fault;
}
