#include "filing/kept.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "filing/inside.h"
#include "ticket/frame.h"

/* Stands beside them, of nobody: a quiet flag is in one of them. So it calls
 * before anybody can open them, after a desk was killed, too. */
#define CALLS ".calls"

#define BUSY_LIMIT 3 /* tries that another program outwaited, then later */

static char *folder_of(const struct filing *filing)
{
	return home_path(filing->home, HOME_RECORD, KEPT_FOLDER);
}

/* --- what is there -------------------------------------------------------- */

static char *calls_of(const char *folder)
{
	return xasprintf("%s/" CALLS, folder);
}

enum fault kept_look(const struct home *home, struct kept_state *out)
{
	SCOPED(char_freep)
	char *folder = home_path(home, HOME_RECORD, KEPT_FOLDER);
	SCOPED(char_freep) char *calls = calls_of(folder);
	struct kept_names names;
	enum fault fault = kept_names_read(folder, &names);

	*out = (struct kept_state){ .count = names.count };
	if (names.count) {
		out->since = kept_name_time(names.rows[0]);
		out->calls = file_exists(calls);
	}
	kept_names_done(&names);
	return fault;
}

enum fault kept_count(const struct filing *filing, size_t *count)
{
	struct kept_state state;
	enum fault fault = kept_look(filing->home, &state);

	*count = state.count;
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

static enum kept_answer look(const struct kept_names *names, const char *name)
{
	for (size_t i = 0; i < names->count; i++) {
		if (kept_name_same(names->rows[i], name))
			return KEPT_BEFORE;
	}
	return names->count < KEPT_LIMIT ? KEPT_NOW : KEPT_FULL;
}

/* Whoever reads a quiet flag in one of them, when it was scanned or later. */
static enum fault call(const char *folder, const struct filing_ticket *ticket)
{
	SCOPED(char_freep) char *calls = calls_of(folder);

	if (!ticket->quiet || file_exists(calls))
		return FAULT_NONE;
	return file_write(calls, "", 0, 0600);
}

/* It calls first: a desk that is killed leaves a call of nobody, and never
 * somebody without one. And again, where another desk that filed the last one
 * meanwhile took the call away. */
static enum fault write_one(const char *folder, const char *name,
			    const struct filing_ticket *ticket)
{
	SCOPED(char_freep) char *path = xasprintf("%s/%s", folder, name);
	SCOPED(bytes_done) struct bytes digits = { 0 };
	enum fault fault = folder_make(folder);

	frame_write(FRAME_TICKET, ticket->seq % 10000, ticket->wire.bytes,
		    ticket->wire.length, &digits);
	if (fault || (fault = call(folder, ticket)) ||
	    (fault = file_write(path, digits.data, digits.length, 0600)))
		return fault;
	return call(folder, ticket);
}

static enum fault keep(const struct filing *filing, int64_t now,
		       const struct filing_ticket *ticket,
		       enum kept_answer *answer)
{
	SCOPED(char_freep) char *folder = folder_of(filing);
	char name[KEPT_NAME + 1];
	struct kept_names names;
	enum fault fault = kept_names_read(folder, &names);

	kept_name_write(now, ticket->wire_hash, name);
	*answer = look(&names, name);
	kept_names_done(&names);
	/* It may have been kept by a desk that could not open it. */
	if (!fault && *answer == KEPT_BEFORE)
		return call(folder, ticket);
	if (fault || *answer != KEPT_NOW)
		return fault;
	return write_one(folder, name, ticket);
}

enum fault kept_add(struct filing *filing, const char *digits, int64_t now,
		    enum kept_answer *answer, struct filing_ticket *out)
{
	struct filing_ticket ticket = { 0 };
	enum fault fault = judge_digits(filing, digits, now, &ticket);

	*answer = KEPT_NOT;
	if (!fault && ticket.status == FILING_FILED)
		content_tell(ticket.content, &ticket);
	if (!fault && is_kept(&ticket))
		fault = keep(filing, now, &ticket, answer);
	if (fault) {
		filing_ticket_done(&ticket);
		return fault;
	}
	*out = ticket;
	return FAULT_NONE;
}

/* --- a walk --------------------------------------------------------------- */

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

/* The path of the one after place, which moves on to it; NULL: there is none.
 * The caller frees it. */
static enum fault go_on(const char *folder, struct kept_place *place,
			char **path)
{
	struct kept_names names;
	enum fault fault = kept_names_read(folder, &names);
	size_t at = 0;

	*path = NULL;
	while (at < names.count && strcmp(names.rows[at], place->after) <= 0)
		at++;
	place->over = at == names.count;
	if (!place->over) {
		*path = xasprintf("%s/%s", folder, names.rows[at]);
		memcpy(place->after, names.rows[at], sizeof place->after);
	}
	kept_names_done(&names);
	return fault;
}

enum fault kept_next(struct filing *filing, struct kept_place *place,
		     int64_t now, int64_t *arrived, struct filing_ticket *out)
{
	SCOPED(char_freep) char *folder = folder_of(filing);
	SCOPED(char_freep) char *path = NULL;
	struct wire wire = { 0 };
	bool sound = false;
	enum fault fault = go_on(folder, place, &path);

	*out = (struct filing_ticket){ .status = FILING_INCOMPLETE };
	*arrived = kept_name_time(place->after);
	/* Another desk may have filed it meanwhile. */
	if (!fault && path && file_exists(path))
		fault = read_kept(path, &sound, &wire);
	if (fault || !sound)
		return fault;
	fault = judge_wire(filing, &wire, now, out);
	if (fault)
		filing_ticket_done(out);
	else if (out->status == FILING_FILED)
		content_tell(out->content, out);
	/* It is read all the same, and the next who reads it calls. */
	if (!fault && call(folder, out))
		log_warning("a quiet flag of a kept ticket shows nowhere else");
	return fault;
}

enum fault kept_each(const struct home *home, kept_visit *visit, void *to)
{
	SCOPED(char_freep)
	char *folder = home_path(home, HOME_RECORD, KEPT_FOLDER);
	struct kept_names names;
	enum fault fault = kept_names_read(folder, &names);

	for (size_t i = 0; !fault && i < names.count; i++) {
		SCOPED(char_freep)
		char *path = xasprintf("%s/%s", folder, names.rows[i]);
		struct wire wire = { 0 };
		bool sound;

		if (!file_exists(path) ||
		    (fault = read_kept(path, &sound, &wire)))
			continue;
		visit(to, kept_name_time(names.rows[i]), sound ? &wire : NULL);
	}
	kept_names_done(&names);
	return fault;
}

/* --- filing --------------------------------------------------------------- */

struct kept_filing {
	struct filing *filing;
	const struct record_who *who;
	int64_t now;
	kept_told *told;
	void *to;
};

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
 * descriptor, by a killed desk too. *held is -1 then, and where nothing was
 * ever kept. */
static enum fault lock(const char *folder, struct kept_place *place, int *held)
{
	*held = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (*held < 0 && errno == ENOENT)
		return FAULT_NONE;
	if (*held >= 0 && !flock(*held, LOCK_EX | LOCK_NB))
		return FAULT_NONE;
	place->another = *held >= 0 && errno == EWOULDBLOCK;
	if (!place->another)
		log_error("%s: what is kept there cannot be filed: it cannot "
			  "be locked: %s",
			  folder, strerror(errno));
	if (*held >= 0)
		close(*held);
	*held = -1;
	return place->another ? FAULT_NONE : FAULT_SYSTEM;
}

/* Whether no other could be filed now either. */
static bool ends_all(const struct filing *filing, enum fault fault, int *busy)
{
	if (fault != FAULT_STORE)
		return fault && fault != FAULT_SYSTEM;
	*busy += record_trouble(filing->record) == RECORD_BUSY;
	return record_away(filing->record) || *busy == BUSY_LIMIT;
}

/* Nobody calls any more who has been filed. One that was kept just now, by
 * another desk, may: then it stands again. */
static enum fault settle_calls(const struct filing *filing, const char *folder)
{
	SCOPED(char_freep) char *calls = calls_of(folder);
	struct kept_state state;
	enum fault fault = kept_look(filing->home, &state);

	if (fault || state.count || !file_exists(calls))
		return fault;
	if ((fault = file_remove(calls)) ||
	    (fault = kept_look(filing->home, &state)))
		return fault;
	return state.count ? file_write(calls, "", 0, 0600) : FAULT_NONE;
}

enum fault kept_file(struct filing *filing, const struct record_who *who,
		     int64_t now, struct kept_place *place, kept_told *told,
		     void *to)
{
	const struct kept_filing all = { filing, who, now, told, to };
	SCOPED(char_freep) char *folder = folder_of(filing);
	SCOPED(char_freep) char *path = NULL;
	int held;
	enum fault fault = lock(folder, place, &held);

	place->over = held < 0;
	if (place->over)
		return fault;
	fault = go_on(folder, place, &path);
	if (!fault && path)
		fault = file_one(&all, path, kept_name_time(place->after));
	place->over = place->over || ends_all(filing, fault, &place->busy);
	if (!fault)
		fault = settle_calls(filing, folder);
	close(held);
	return fault;
}

/* --- what a key opens ----------------------------------------------------- */

struct sealed {
	uint16_t id;
	size_t *count;
};

static void count_sealed(void *to, int64_t arrived, const struct wire *wire)
{
	const struct sealed *sealed = to;
	struct wire_header header;

	(void)arrived;
	*sealed->count +=
	    wire &&
	    wire_read(wire->bytes, wire->length, &header) == WIRE_SOUND &&
	    header.agency == sealed->id;
}

enum fault kept_sealed_to(const struct home *home, uint16_t id, size_t *count)
{
	struct sealed sealed = { id, count };

	*count = 0;
	return kept_each(home, count_sealed, &sealed);
}
