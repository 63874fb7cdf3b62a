#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "base/memory.h"
#include "base/network.h"

/*
 * The agency's record: one SQLite file (https://sqlite.org/fileformat2.html)
 * that several programs on one host may use at once. Every call below and in
 * the room's other headers is one transaction of its own: what it changed is
 * on the disk when it returns, or nothing of it is.
 *
 * Times are milliseconds since 1970-01-01 UTC and come in as arguments. Every
 * change names who did it and leaves an audit row.
 */
struct record;

#define RECORD_FILE "record.db"          /* in the home's HOME_RECORD folder */
#define RECORD_APPLICATION_ID 0x466f7965 /* "Foye" */
#define RECORD_MOVED_ID 0x466f796d       /* "Foym": it is on a server */
#define RECORD_CHECK_LIMIT (64L << 20)   /* bytes looked through at opening */
#define RECORD_BUSY_MS 5000              /* waited for another program */
#define RECORD_TEXT_LIMIT (1024 * 1024)  /* bytes of any one text kept */

/* Who does something, and at which desk; both are short names, never NULL. */
struct record_who {
	const char *user; /* "Sam" */
	const char *desk; /* "front"; "" from the command line */
	int64_t id;       /* the entity of kind user; 0: it has none */
	/* enum role; 0: the agency has no users, or this is whoever holds the
	 * file itself: no role and no wall is asked for. */
	unsigned roles;
	/* Ids of the teams whose people may be seen, as JSON ("[1,4]"); NULL:
	 * of all. */
	const char *teams;
};

/*
 * Opens the record at path. One that is not there is made, whole or not at
 * all, its folder too; an older one is brought up to date. The caller frees
 * *out with record_close().
 *
 * FAULT_STORE: the file is empty, cut short, damaged, not a Foyer record, from
 * a newer Foyer, or lies on a network file system. The log says which, and the
 * mend; the file is left as it was found.
 * FAULT_SYSTEM: its folder cannot be made or read.
 */
MUST_CHECK enum fault record_open(const char *path, struct record **out);
void record_close(struct record *record); /* NULL is fine */
DEFINE_SCOPED(struct record, record_close)

/*
 * The same for a screen that is to begin whatever its server does. One that
 * does not answer is opened all the same, and record_trouble() is RECORD_AWAY:
 * everything that is asked gives FAULT_STORE then, until record_changed()
 * (record/entity.h) finds it there, which looks at it as opening does. What is
 * not a record then has to be mended and the program begun anew; the log says
 * so.
 */
MUST_CHECK enum fault record_open_away(const char *path, struct record **out);

/*
 * The same, with the type of the folder's file system asked of filesystem. For
 * tests.
 */
MUST_CHECK enum fault record_open_on(const char *path, network_ask *filesystem,
				     struct record **out);

/*
 * What the last FAULT_STORE of this record came from, for a screen that has
 * to say it in the language of its staff.
 */
enum record_trouble {
	RECORD_FINE,
	RECORD_FULL,    /* no room on the disk; nothing was changed */
	RECORD_BUSY,    /* another program kept the file for too long */
	RECORD_DAMAGED, /* its pages do not hold together */
	RECORD_AWAY,    /* the server that holds it does not answer */
	RECORD_UNSURE,  /* nor did it say whether it saved what it was told to;
			   record_settled() tells once it is back */
	RECORD_REFUSED, /* anything else; the log has it */
};
enum record_trouble record_trouble(const struct record *record);

/* The server does not answer: RECORD_AWAY or RECORD_UNSURE. */
bool record_away(const struct record *record);

/* One that was away when it was opened has been reached since, and is not this
 * record, or one of a newer Foyer; the log has which. It stays so. */
bool record_is_another(const struct record *record);

/* Where it is, as the log says it: its path, or its server's address without
 * user and password. It belongs to the record. */
const char *record_place(const struct record *record);

/*
 * What became of the last change that was RECORD_UNSURE, once, when the server
 * answers again. The server remembers the number of its transaction.
 */
enum record_settled {
	RECORD_NOTHING_UNSURE, /* or it cannot be told yet: ask again */
	RECORD_WAS_SAVED,
	RECORD_WAS_NOT_SAVED,
	RECORD_NOT_KNOWN, /* the server cannot tell: who knows looks */
};
enum record_settled record_settled(struct record *record);

/* Whether it is on a server, which may be away. */
bool record_on_server(const struct record *record);

/*
 * Looks through the whole file. FAULT_STORE: damaged; the log says so. Opening
 * does this for files of at most RECORD_CHECK_LIMIT bytes.
 */
MUST_CHECK enum fault record_check(struct record *record);

/*
 * Erases whatever has reached its time: answers kept for today only, and
 * those not kept of visits that nobody ended, at the local midnight after
 * arrival. Every program calls it at opening and a desk every minute. erased
 * counts the visits it erased; NULL is fine.
 */
MUST_CHECK enum fault record_expire(struct record *record, int64_t now,
				    size_t *erased);

/* Walks the audit, oldest first; strings belong to the record. */
struct record_audit {
	int64_t at;
	const char *user, *desk;
	const char *act;     /* "call", "view", "erase" */
	const char *subject; /* "visit", "kiosk", "alert", "ticket" */
	int64_t id;          /* which one; 0 where it has no number */
	const char *old;     /* what it was before; NULL if nothing */
};
typedef void record_audit_visit(void *to, const struct record_audit *row);
MUST_CHECK enum fault record_audit_each(struct record *record, int64_t from,
					record_audit_visit *visit, void *to);

/* An audit row of something done outside of the record with what came out of
 * it: a paper that left the house, which what names. */
MUST_CHECK enum fault record_note(struct record *record, const char *act,
				  const char *subject, const char *what,
				  const struct record_who *who, int64_t now);

/*
 * The same around what is done: the row is written, the deed is done, and the
 * row counts. So nothing is done where no row can be written, and a deed that
 * gives a fault leaves none. Where the power goes between the deed and the
 * row's end, or that end fails, *done is true and there is no row. The record
 * is the caller's alone meanwhile; the deed does nothing to it. Faults are the
 * deed's and the record's.
 */
typedef enum fault record_deed(void *to);
struct record_doing {
	const char *act, *subject, *what;
	record_deed *deed;
	void *to;
};
MUST_CHECK enum fault record_note_doing(struct record *record,
					const struct record_doing *doing,
					const struct record_who *who,
					int64_t now, bool *done);

/*
 * The first moment of the local day after the one that holds at, in an IANA
 * zone ("America/Toronto"). NULL or an unknown zone is UTC.
 */
int64_t record_midnight_after(int64_t at, const char *zone);
