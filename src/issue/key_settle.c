#include "issue/key_settle.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "base/memory.h"
#include "issue/agency.h"
#include "issue/key_gone.h"
#include "issue/key_open.h"
#include "issue/key_told.h"
#include "seal/agency_key.h"

static char *path_of(const struct home *home, const char *name)
{
	return home_path(home, HOME_KEYS, name);
}

/* --- alone -----------------------------------------------------------------
 */

int key_lock_try(const struct home *home)
{
	const int lock = open(home_folder(home, HOME_KEYS),
			      O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (lock < 0 || !flock(lock, LOCK_EX | LOCK_NB))
		return lock;
	close(lock);
	return -1;
}

enum fault key_lock_take(const struct home *home, int *lock)
{
	*lock = key_lock_try(home);
	if (*lock >= 0)
		return FAULT_NONE;
	log_error("%s: another program changes the keys now; try again in a "
		  "minute",
		  home_folder(home, HOME_KEYS));
	return FAULT_SYSTEM;
}

/* --- old ones ---------------------------------------------------------------
 */

char *key_old_path(const struct home *home, const uint8_t public[KEY_BYTES],
		   int64_t now)
{
	char name[KEY_OLD_NAME];
	char *path;

	old_key_name(public, now, 1, name);
	path = path_of(home, name);
	for (int i = 2; file_exists(path); i++) {
		free(path);
		old_key_name(public, now, i, name);
		path = path_of(home, name);
	}
	return path;
}

enum fault key_old_is_kept(const struct home *home, const struct bytes *file,
			   bool *kept)
{
	struct old_key list[KEYS_OLD];
	size_t count;
	enum fault fault = keys_old(home, list, &count);

	*kept = false;
	for (size_t i = 0; !fault && !*kept && i < count; i++) {
		SCOPED(char_freep) char *path = path_of(home, list[i].name);
		struct bytes other = { 0 };

		if (!(fault = file_read(path, AGENCY_KEY_FILE_LIMIT, &other)))
			*kept = other.length == file->length &&
				!memcmp(other.data, file->data, file->length);
		bytes_done(&other);
	}
	return fault;
}

/* --- a change --------------------------------------------------------------
 */

/* The present key under an old one's name, once. */
static enum fault keep_present(const struct home *home, int64_t now)
{
	SCOPED(char_freep) char *secret = path_of(home, KEYS_SECRET);
	SCOPED(char_freep) char *public = path_of(home, AGENCY_FILE);
	SCOPED(char_freep) char *old = NULL;
	struct bytes file = { 0 };
	struct card card = { 0 };
	bool found, kept = false;
	enum fault fault;

	if (!file_exists(secret))
		return FAULT_NONE;
	if (!(fault = file_read(secret, AGENCY_KEY_FILE_LIMIT, &file)) &&
	    !(fault = key_old_is_kept(home, &file, &kept)) && !kept &&
	    !(fault = agency_file_read(public, &found, &card)) &&
	    !(fault = key_gone_note_kept(home, card.key))) {
		old = key_old_path(home, card.key, now);
		fault = file_write(old, file.data, file.length, 0600);
	}
	bytes_done(&file);
	return fault;
}

static enum fault move(const char *from, const char *to)
{
	if (rename(from, to) == 0)
		return folder_sync(to);
	log_error("%s: cannot become %s: %s", from, to, strerror(errno));
	return FAULT_SYSTEM;
}

enum fault key_settle_end(const struct home *home, int64_t now)
{
	SCOPED(char_freep) char *next = path_of(home, KEY_NEXT_SECRET);
	SCOPED(char_freep) char *next_public = path_of(home, KEY_NEXT_PUBLIC);
	SCOPED(char_freep) char *secret = path_of(home, KEYS_SECRET);
	SCOPED(char_freep) char *public = path_of(home, AGENCY_FILE);
	enum fault fault;

	if ((fault = keep_present(home, now)) ||
	    (file_exists(next_public) && (fault = move(next_public, public))))
		return fault;
	return move(next, secret);
}

enum fault keys_settle_alone(const struct home *home, int64_t now)
{
	SCOPED(char_freep) char *next = path_of(home, KEY_NEXT_SECRET);
	SCOPED(char_freep) char *next_public = path_of(home, KEY_NEXT_PUBLIC);

	return file_exists(next) ? key_settle_end(home, now)
				 : file_remove(next_public);
}

enum fault keys_settle(const struct home *home, int64_t now)
{
	const int lock = key_lock_try(home);
	enum fault fault;

	/* Whoever holds it ends what was begun. */
	if (lock < 0)
		return FAULT_NONE;
	fault = keys_settle_alone(home, now);
	close(lock);
	return fault;
}
