#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "record/backup.h"
#include "record/record.h"
#include "seal/agency_key.h"

/*
 * Work away from the agency, whose record is in its file or on a server; a
 * laptop's is in a file. A caseload, some people with everything that is
 * theirs, goes to a laptop in one sealed file; there it is a record of its own
 * that needs no network; and what was done to it comes back by merging:
 *
 *	agency   caseload_check_out()   the people, in a file
 *	laptop   caseload_open()        the file becomes its record
 *	laptop   caseload_check_in()    its record, in a file
 *	agency   caseload_merge()       what was done away is done here
 *
 * The file is a backup's (record/backup.h) of the kind BACKUP_CASELOAD. What
 * each way costs grows with the caseload, and not with the record.
 *
 * Both sides go on giving out the same ids, so nothing that is new comes back
 * under its own: it gets one of the agency's, and a map keeps which. The map is
 * the laptop's own, not the file's, so that the same file may be opened on two
 * laptops and merged from both. By it, merging twice brings nothing twice, and
 * a laptop may come back again and again.
 *
 * A laptop whose record was put back from an older backup of its own after a
 * merge gives out numbers that the map has for something else. It is refused
 * whole (CASELOAD_ROLLED_BACK), as its new work would be lost in silence.
 *
 * Merging is act by act, as the laptop made them, and all of it with the rows
 * of the map in one transaction: killed in between, nothing came, and it is
 * begun again; desks that write wait for it. A field that both sides changed
 * keeps the agency's value, and both values lie in an entity of the kind
 * conflict, which the list "conflicts" shows and somebody decides
 * (record/conflict.h). What the laptop takes back later is taken back here; a
 * conflict is one laptop's, and no other closes it.
 * Tickets follow the ticket's specification: same number and bytes are one
 * visit, other bytes are the counter alarm.
 *
 * Some things stay where they are. Notes that are restricted or about safety
 * leave the agency in no caseload (those written away come back, guarded); so
 * do proposals, suggestions, feedback, debriefs and the audit. Users, teams,
 * sites and the agency's own fields are not brought back: they are changed at
 * the agency. What was erased here stays erased. Where the names lie apart, the
 * people go by their numbers, without names, contacts and kiosk answers.
 */
enum caseload_answer {
	CASELOAD_DONE,
	CASELOAD_NOBODY,   /* to take out: a team without people, no such id */
	CASELOAD_AWAY,     /* this record is itself a laptop's */
	CASELOAD_NOT_AWAY, /* this one is the agency's own */
	CASELOAD_RETURNED, /* to open: it is one that came from a laptop */
	CASELOAD_UNOPENED, /* to merge: it never was on a laptop */
	CASELOAD_FOREIGN,  /* to merge: not from this record */
	CASELOAD_ROLLED_BACK, /* to merge: the laptop went back to a backup
				 of before it was merged last */
	CASELOAD_BUSY,        /* another is opened or merged here just now */
	CASELOAD_LOCKED, /* this key does not open the names, which lie apart */
	CASELOAD_FILE,   /* the file; see caseload_told.file */
	CASELOAD_ANSWERS,
};

/* Whom to take out; a team's households go whole. */
struct caseload_scope {
	int64_t team; /* 0: none */
	const int64_t *people;
	size_t count;
};

struct caseload_told {
	enum backup_answer file; /* what is wrong with it */
	int64_t made;            /* when the file was made */
	struct backup_told held; /* what is in it */
	/* Of merging: */
	int64_t acts;      /* that were new here */
	int64_t visits;    /* filed away alone */
	int64_t same;      /* filed at both sides, and one visit now */
	int64_t alarms;    /* tickets whose number was used with other bytes */
	int64_t held_back; /* tickets that were aside there */
	int64_t conflicts; /* left to decide */
	int64_t left;      /* changes of what was erased here, or stays there */
};

/*
 * Takes people out into a file at path, which agency's secret key alone opens.
 * Needs no secret. Audited. Faults as backup_make().
 */
MUST_CHECK enum fault caseload_check_out(
    struct record *record, const char *path, const uint8_t agency[KEY_BYTES],
    const struct caseload_scope *scope, const struct record_who *who,
    int64_t now, const struct backup_watch *watch, enum caseload_answer *answer,
    struct caseload_told *told);

/* A file and the record's path it is for, or that it is merged into; of a
 * record on a server, a path in the home's record folder. */
struct caseload_file {
	const char *from, *to;
	const struct agency_key *key;
	const struct record_who *who;
	int64_t now;
	const struct backup_watch *watch; /* NULL: none */
};

/*
 * Puts the caseload where the laptop's record belongs; one that is there is
 * never replaced (BACKUP_OCCUPIED). Faults as restore_run().
 */
MUST_CHECK enum fault caseload_open(const struct caseload_file *file,
				    enum caseload_answer *answer,
				    struct caseload_told *told);

/* Writes the laptop's record for its way back; as often as one likes, and the
 * work goes on. Faults as backup_make(). */
MUST_CHECK enum fault
caseload_check_in(struct record *record, const char *path,
		  const uint8_t agency[KEY_BYTES], const struct record_who *who,
		  int64_t now, const struct backup_watch *watch,
		  enum caseload_answer *answer, struct caseload_told *told);

/*
 * Merges a file into the record, whose names it unlocks with the key where they
 * lie apart. Meanwhile the opened file lies in a folder beside the record.
 * FAULT_STORE, FAULT_SYSTEM: nothing was merged.
 */
MUST_CHECK enum fault caseload_merge(struct record *record,
				     const struct caseload_file *file,
				     enum caseload_answer *answer,
				     struct caseload_told *told);

/* Those that were taken out, newest first. */
struct caseload_out {
	int64_t mark; /* numbers of new people there begin with it: "L3-17" */
	int64_t at;
	const char *user;
	int64_t people;
	int64_t back; /* last merged; 0: never */
};
typedef void caseload_visit(void *to, const struct caseload_out *out);
MUST_CHECK enum fault caseload_each(struct record *record,
				    caseload_visit *visit, void *to);
