#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/fault.h"
#include "flash/volume.h"
#include "seal/key.h"

/*
 * Files in the FAT of a volume, by mtools: no mount, so nobody need be root,
 * and no driver puts a mark of its own on the card.
 *
 * Everywhere FAULT_SYSTEM is mtools that is missing or was killed, and
 * FAULT_FORMAT a FAT that it cannot read; the log says which.
 */

/* Called with each path of a listing, parted by "/", folders ending in one. */
typedef enum fault fat_visit(void *to, const char *path);
MUST_CHECK enum fault fat_list(const struct volume *volume, fat_visit *visit,
			       void *to);

/* Whether there is such a file or, with "/" at its end, folder. FAT knows no
 * case. */
MUST_CHECK enum fault fat_has(const struct volume *volume, const char *path,
			      bool *has);

/* Adds a file's bytes to out. FAULT_LIMIT: more than limit. */
MUST_CHECK enum fault fat_read(const struct volume *volume, const char *path,
			       size_t limit, struct bytes *out);

/* Puts a new file there, whose folder is there. FAULT_LIMIT: no room for it,
 * which is not told. */
MUST_CHECK enum fault fat_add(struct volume *volume, const char *path,
			      const struct bytes *data);
MUST_CHECK enum fault fat_folder(struct volume *volume, const char *path);
MUST_CHECK enum fault fat_remove(struct volume *volume, const char *path);
MUST_CHECK enum fault fat_rename(struct volume *volume, const char *from,
				 const char *to);

/*
 * Makes a FAT sound that an interrupted write left with clusters that belong to
 * nobody, or with parts of long names: fsck.fat's repair, without the files it
 * makes of such clusters. FAULT_FORMAT: it cannot be made sound.
 */
MUST_CHECK enum fault fat_repair(struct volume *volume);

/* One number for all names and contents of a folder and below. */
MUST_CHECK enum fault fat_digest(const struct volume *volume, const char *path,
				 uint8_t digest[KEY_HASH_BYTES]);
