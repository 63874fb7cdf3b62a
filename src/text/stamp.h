#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/fault.h"
#include "base/memory.h"

/*
 * What the build found in each PO file that ships, so that a kiosk need not
 * read them all before its first question: the file languages.index beside
 * them, a line a file below a first line that names its kind. Words are parted
 * by single blanks:
 *
 *	foyer languages 1
 *	kiosk.fr.po 12034 <SHA-256 in hex> draft 0
 *
 * name, bytes, digest, state (draft or reviewed; the source is), and how many
 * findings there are against the English. A file that was changed since is not
 * vouched for: one of other bytes, or that is newer than the index and of
 * another digest.
 */
struct stamps;

#define STAMPS_NAME "languages.index"
#define STAMPS_LIMIT (256 * 1024) /* bytes */

struct stamp {
	const char *name;
	bool reviewed; /* or the source */
	size_t findings;
};

/* An empty index of a folder. The caller frees it. */
struct stamps *stamps_new(const char *folder);
void stamps_free(struct stamps *stamps); /* NULL is fine */
DEFINE_SCOPED(struct stamps, stamps_free)

/*
 * Adds what the folder's index says. One that is not there, or is no index,
 * vouches for nothing, and the log says so: every file is then read.
 */
void stamps_read(struct stamps *stamps);

/* What is known of a file of the folder as it is now; NULL: nothing. Reads it
 * only where it is newer than the index. */
const struct stamp *stamps_of(const struct stamps *stamps, const char *name);

/* Adds a file of the folder; name is copied. Faults are file_read()'s. */
MUST_CHECK enum fault stamps_add(struct stamps *stamps,
				 const struct stamp *stamp);

/* Writes the index to path, in the order added. Faults are file_write()'s. */
MUST_CHECK enum fault stamps_write(const struct stamps *stamps,
				   const char *path);
