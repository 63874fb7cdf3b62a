#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/fault.h"
#include "base/home.h"
#include "record/backup.h"
#include "text/catalogue.h"
#include "vault/message.h"

/*
 * What a desk box keeps on a USB stick, in the folder foyer-desk: backups of
 * the record, which the agency's key alone opens; beside the newest the
 * settings, the forms and the public key, which tell nothing of anybody, with
 * what became of old keys; and, to move to another desk, the files of the key
 * and of the old ones that are kept, which its passphrase opens.
 */
#define STICK_FOLDER "foyer-desk"
#define STICK_BACKUPS 6 /* that are offered, newest first */

/* "FOYER, 32 GB (sda1)"; the caller frees it. */
char *stick_words(const struct vault_stick *stick,
		  const struct catalogue *words);

/* Takes a backup onto the stick that is mounted at stick. *told is what it
 * holds. Old keys that were destroyed, here or where the stick was before, lie
 * there no more; others that this home does not have stay. Faults as
 * backup_make(), or of writing what lies beside it. */
MUST_CHECK enum fault stick_backup(const struct home *home,
				   struct record *record, const char *stick,
				   bool with_key, const struct record_who *who,
				   int64_t now, struct backup_told *told);

/* The names of a stick's backups, newest first. Zeros are none. */
struct sticks_found {
	char *names[STICK_BACKUPS];
	size_t count;
	bool key; /* a key's file lies beside them */
};
void stick_look(const char *stick, struct sticks_found *out);
void stick_found_done(struct sticks_found *found);

/* The path of one of them; the caller frees it. */
char *stick_path(const char *stick, const char *name);

/*
 * Brings settings, forms and the public key from beside a backup into a home
 * that has none, and what became of old keys. The secret key is not copied:
 * whoever opened it writes it. with_old: under the stick's own passphrase, so
 * that old keys open with it, too; they are brought, but none that was
 * destroyed, and none that cannot be read, which is logged.
 */
MUST_CHECK enum fault stick_bring(const char *stick, const struct home *home,
				  bool with_old);

/* When the record of a home was last put on a stick, ms; 0: never. */
int64_t stick_last(const struct home *home);

/* Why a stick that is mounted takes nothing, in the order that counts. */
enum stick_trouble {
	STICK_SOUND,  /* none that can be seen */
	STICK_PULLED, /* its node is gone */
	STICK_LOCKED, /* it cannot be written to at all */
	STICK_FULL,   /* fewer than those bytes are free */
	STICK_TROUBLES,
};
/* node: its node below /dev; bytes: that it should take, 0 for any. */
enum stick_trouble stick_trouble(const char *stick, const char *node,
				 uint64_t bytes);
