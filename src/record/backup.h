#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "record/record.h"
#include "seal/key.h"
#include "seal/stream.h"

/*
 * A backup: the whole record as it was at one moment, in one file that only
 * the agency's secret key opens. It is taken while desks go on working, and
 * needs no secret.
 *
 * The file, numbers big-endian:
 *
 *	 0   8  "FOYERBK1"
 *	 8  32  the agency's public key
 *	40   8  when it was taken, ms since 1970 UTC
 *	48   4  version of the record (its user_version)
 *	52   8  plain bytes inside
 *	60 104  head of a sealed stream (seal/stream.h), purpose
 *backup_purpose(), whose front are the 60 bytes before it 164     its frames:
 *each STREAM_FRAME plain bytes, the last one fewer
 *
 * Inside lie parts, each the length of its name (1), its name, its size (8)
 * and its bytes, and behind the last a zero byte. The first is RECORD_FILE, an
 * SQLite database; where the names lie apart, NAMES_FILE follows, whose rows
 * are sealed once more.
 */
/* Whole, or the people that a laptop takes out (record/caseload.h), whose file
 * begins "FOYERCL1" and has a purpose of its own. */
enum backup_what { BACKUP_RECORD, BACKUP_CASELOAD, BACKUP_WHATS };
const char *backup_magic(enum backup_what what);   /* eight bytes */
const char *backup_purpose(enum backup_what what); /* of the sealed stream */

#define BACKUP_FRONT 60
#define BACKUP_START (BACKUP_FRONT + STREAM_HEAD)

struct backup_head {
	enum backup_what what;
	uint8_t agency[KEY_BYTES];
	int64_t made;     /* ms since 1970 UTC */
	uint32_t version; /* of the record inside */
	uint64_t length;  /* plain bytes inside */
};

/* What a file turns out to be, and what became of restoring it. */
enum backup_answer {
	BACKUP_SOUND,
	BACKUP_NOT_ONE,   /* some other file */
	BACKUP_OF_OTHER,  /* a caseload for a whole record, or the reverse */
	BACKUP_CUT_SHORT, /* not as long as it was written */
	BACKUP_DAMAGED,   /* its bytes are not those that were written */
	BACKUP_NEWER,     /* of a newer Foyer */
	BACKUP_NOT_OURS,  /* sealed to a key that was not given */
	BACKUP_OCCUPIED,  /* a record lies where it would go */
	BACKUP_IN_USE,    /* and a program has that one open */
	BACKUP_APART,     /* its names lie apart, which a server cannot hold */
	BACKUP_ANSWERS,
};

void backup_head_write(const struct backup_head *head,
		       uint8_t front[BACKUP_FRONT]);
/* Reads the first bytes of a file; says nothing of what follows them. */
enum backup_answer backup_head_read(const uint8_t *data, size_t length,
				    struct backup_head *head);
/* The bytes that a sound file with this head has. */
uint64_t backup_file_size(const struct backup_head *head);

/* Long work tells how far it is: done of so many; of is 0 where unknown. */
enum backup_step {
	BACKUP_COPYING,      /* pages of the record */
	BACKUP_CHECKING,     /* the copy */
	BACKUP_WRITING,      /* bytes */
	BACKUP_READING_BACK, /* bytes */
	BACKUP_OPENING,      /* bytes, when restoring */
	BACKUP_STEPS,
};
struct backup_watch {
	void (*tell)(void *to, enum backup_step step, int64_t done, int64_t of);
	void *to;
};

/* What a backup holds. */
struct backup_told {
	int64_t bytes; /* of the file */
	int64_t rows, people, visits;
};

/*
 * Takes a backup at path, sealed to the agency's public key. It is there whole
 * and checked or not at all: the copy is held against the record (rows of every
 * table), its pages and links are looked through, and the sealed file is read
 * back from the disk and opened. A backup that this record took before is
 * replaced then; another one (record/backup_old.h) is kept beside it under the
 * name place_before() gives, and the log says so.
 * Beside the record, or where that is on a server in the home's record folder,
 * never beside the backup, it needs room for a copy meanwhile, which has no
 * name and is gone with this process. One on a server is opened by its home
 * then (record_open_home()). Leaves an audit row.
 *
 * FAULT_STORE: the record refused; record_trouble() says why.
 * FAULT_FORMAT: agency is no key, or what lies at path is no backup.
 * FAULT_SYSTEM: path cannot be written, or did not read back.
 */
MUST_CHECK enum fault backup_make(struct record *record, const char *path,
				  const uint8_t agency[KEY_BYTES],
				  const struct record_who *who, int64_t now,
				  const struct backup_watch *watch,
				  struct backup_told *told);
