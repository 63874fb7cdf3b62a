#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "seal/key.h"

/*
 * The names of the files in which a desk keeps tickets that it cannot file yet
 * (filing/kept.h): in KEPT_FOLDER below the home's HOME_RECORD, a file each. A
 * name says when the ticket was scanned, so that names sort by time; a part of
 * its hash, by which the same ticket is known again; and the process, so that
 * no two write the same file.
 */
#define KEPT_FOLDER "kept"
#define KEPT_NAME (16 + 1 + 32 + 1 + 8) /* characters */

struct kept_names {
	char (*rows)[KEPT_NAME + 1];
	size_t count;
};

/*
 * Those in the folder, the oldest first; none where there is no folder. The
 * caller frees them with kept_names_done(). FAULT_SYSTEM: it cannot be read.
 */
MUST_CHECK enum fault kept_names_read(const char *folder,
				      struct kept_names *out);
void kept_names_done(struct kept_names *names);

void kept_name_write(int64_t arrived, const uint8_t hash[KEY_HASH_BYTES],
		     char name[KEPT_NAME + 1]);

/* When it was scanned, ms since 1970 UTC. */
int64_t kept_name_time(const char *name);

/* Whether two are of the same ticket. */
bool kept_name_same(const char *one, const char *other);
