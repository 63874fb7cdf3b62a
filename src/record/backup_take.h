#pragma once

#include "record/backup.h"
#include "record/statement.h"

/*
 * Inside the room: a sealed copy of the record, whole or thinned. thin is given
 * the copy alone, on a connection that nobody else has and that watches over no
 * links; what it deletes is in no page of the file. NULL: nothing is left out.
 */
struct backup_take {
	enum backup_what what;
	enum fault (*thin)(void *to, struct record *copy);
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
