#pragma once

#include <stdbool.h>

#include "record/backup.h"
#include "seal/agency_key.h"

/* The way back: from a backup's file to a record that desks work on. */

/*
 * Reads the head of the file at path and measures it; needs no key. On
 * BACKUP_SOUND, *head says whose key opens it. FAULT_SYSTEM: it cannot be read.
 */
MUST_CHECK enum fault restore_look(const char *path, struct backup_head *head,
				   enum backup_answer *answer);

struct restored {
	enum backup_answer answer; /* BACKUP_SOUND: it is done */
	char *kept;   /* where the record lies that was there before, or NULL */
	int64_t made; /* when the backup was taken */
	struct backup_told told;
};
void restored_done(struct restored *restored);

/* What is restored, where to, and by whom. */
struct restore {
	const char *from, *to; /* the backup; the record's path */
	const struct agency_key *key;
	enum backup_what what; /* that it has to be */
	bool replace;    /* a record that lies at `to` may be moved aside */
	const char *act; /* in the audit of what was restored; NULL: none */
	const struct record_who *who;
	int64_t now;
	const struct backup_watch *watch; /* may be NULL */
};

/*
 * Opens the backup beside its place, looks through all of it, and puts it
 * there whole: on any other answer, at a fault or a power cut, what lay there
 * is as it was. A record that was there is kept beside as
 * "record.db.before-DATE-TIME", and its journal with it. The restored record
 * is brought up to date and gets an audit row. The caller releases *out with
 * restored_done().
 *
 * FAULT_SYSTEM: a file cannot be read or written; the log has it.
 * FAULT_STORE: as record_open().
 */
MUST_CHECK enum fault restore_run(const struct restore *restore,
				  struct restored *out);

/*
 * The same to a server's address (record/postgres.h) that holds no record yet,
 * by way of a folder at restore->to, which is gone again afterwards. replace
 * says nothing: BACKUP_OCCUPIED where there is one, which is looked for first.
 */
MUST_CHECK enum fault restore_to_server(const struct restore *restore,
					const char *address,
					struct restored *out);
