#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "base/bytes.h"
#include "base/fault.h"

/* Whole files, read under a limit and written so that they are there or not. */

/*
 * Adds the file's bytes to out; on a fault out is untouched.
 * FAULT_SYSTEM: it cannot be read. FAULT_LIMIT: it has more than limit bytes.
 */
MUST_CHECK enum fault file_read(const char *path, size_t limit,
				struct bytes *out);

bool file_exists(const char *path);
bool folder_exists(const char *path);

/*
 * Puts length bytes at path with the mode given: a new file beside it, fsync,
 * rename, fsync of the folder. After a crash at any moment path holds the old
 * bytes or the new ones, whole. FAULT_SYSTEM: the old bytes are still there (or
 * the new ones, if only the folder could not be made durable).
 */
MUST_CHECK enum fault file_write(const char *path, const void *data,
				 size_t length, mode_t mode);

/* Removes path durably; one that is not there is fine. FAULT_SYSTEM: it is. */
MUST_CHECK enum fault file_remove(const char *path);

/*
 * Makes durable what was made, renamed or removed in path's folder.
 * FAULT_SYSTEM: the folder cannot be opened or refuses.
 */
MUST_CHECK enum fault folder_sync(const char *path);

/*
 * Makes path and the folders above it durably, mode 0700; there already is
 * fine. FAULT_SYSTEM: one cannot be made, or something else has its name.
 */
MUST_CHECK enum fault folder_make(const char *path);
