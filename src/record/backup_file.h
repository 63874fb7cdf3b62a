#pragma once

#include "record/backup.h"

/* Inside the room: the sealed file of a backup while it is being written. */
struct backup_file;

/*
 * Begins one beside path, where nothing shows until backup_file_finish(); that
 * keeps what lies there as place_before() says, or replaces it. watch may be
 * NULL. The caller frees *out with backup_file_free(), which drops what
 * was not finished. Faults as backup_make().
 */
MUST_CHECK enum fault backup_file_begin(const char *path, bool keeps_old,
					const struct backup_head *head,
					const struct backup_watch *watch,
					struct backup_file **out);
void backup_file_free(struct backup_file *file); /* NULL is fine; wipes */
DEFINE_SCOPED(struct backup_file, backup_file_free)

/* Adds plain bytes; all in all head->length of them. */
MUST_CHECK enum fault backup_file_add(struct backup_file *file,
				      const void *data, size_t length);

/* Writes the rest, reads all of it back and opens it, and puts it at path. */
MUST_CHECK enum fault backup_file_finish(struct backup_file *file);
