#pragma once

#include "record/backup.h"
#include "record/statement.h"

/*
 * Inside the room: a sealed copy of the record, whole or of a part of it. fill
 * is given an empty file, on a connection that nobody else has and that watches
 * over no links, and makes a record of it; what it deletes again is in no page
 * of the file. NULL: the copy is the record page by page.
 */
struct backup_take {
	enum backup_what what;
	enum fault (*fill)(void *to, struct record *copy);
	void *to;
	const char *act; /* in the audit */
};

/* As backup_make(). */
MUST_CHECK enum fault backup_take(struct record *record, const char *path,
				  const uint8_t agency[KEY_BYTES],
				  const struct backup_take *take,
				  const struct record_who *who, int64_t now,
				  const struct backup_watch *watch,
				  struct backup_told *told);
