#include "record/place.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"

static enum fault refuse(const char *path, const char *doing)
{
	log_error("%s: %s: %s", path, doing, strerror(errno));
	return FAULT_SYSTEM;
}

/* --- who has it open ------------------------------------------------------ */

/*
 * Whoever has a record open holds a shared lock on this byte of its -shm file,
 * and nobody can open it while the lock is held alone (SQLite's os_unix.c,
 * UNIX_SHM_DMS). This works where the record is too damaged to ask SQLite.
 */
#define OPEN_BYTE 128

static struct flock open_lock(void)
{
	return (struct flock){ .l_type = F_WRLCK,
			       .l_whence = SEEK_SET,
			       .l_start = OPEN_BYTE,
			       .l_len = 1 };
}

/* Holds everybody off for as long as *file is open. */
static enum fault hold_off(const char *shared, int *file, bool *in_use)
{
	struct flock lock = open_lock();

	*in_use = false;
	*file = open(shared, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (*file < 0)
		return refuse(shared, "cannot be opened");
	if (!fcntl(*file, F_SETLK, &lock))
		return FAULT_NONE;
	*in_use = errno == EACCES || errno == EAGAIN;
	return *in_use ? FAULT_NONE : refuse(shared, "cannot be locked");
}

static bool is_open(const char *shared)
{
	struct flock lock = open_lock();
	int file = open(shared, O_RDWR | O_CLOEXEC);
	bool held;

	if (file < 0)
		return false;
	held = !fcntl(file, F_GETLK, &lock) && lock.l_type != F_UNLCK;
	close(file);
	return held;
}

bool place_in_use(const char *path)
{
	SCOPED(char_freep) char *shared = xasprintf("%s-shm", path);

	return is_open(shared);
}

enum fault place_look(const char *path, bool replace, enum place_answer *answer)
{
	SCOPED(char_freep) char *copy = xstrdup(path);

	*answer = !file_exists(path)   ? PLACE_TAKEN
		  : !replace           ? PLACE_OCCUPIED
		  : place_in_use(path) ? PLACE_IN_USE
				       : PLACE_TAKEN;
	return folder_make(dirname(copy));
}

/* --- moving --------------------------------------------------------------- */

/* Another name for the file; one that is not there needs none. */
static enum fault name_also(const char *path, const char *name)
{
	return link(path, name) && errno != ENOENT
		   ? refuse(path, "the record that is here cannot be kept "
				  "beside; move it away yourself")
		   : FAULT_NONE;
}

/* A name that is free: twice within a second is a script, or a test. */
char *place_before(const char *path, int64_t now)
{
	const time_t seconds = (time_t)(now / 1000);
	char text[32], *name;
	struct tm parts;

	gmtime_r(&seconds, &parts);
	strftime(text, sizeof text, "%Y-%m-%d-%H%M%S", &parts);
	name = xasprintf("%s.before-%s", path, text);
	for (int more = 2; file_exists(name); more++) {
		free(name);
		name = xasprintf("%s.before-%s-%d", path, text, more);
	}
	return name;
}

/*
 * The old one gets its second name first, with its journal. Only then is the
 * journal taken from its place, and last the new record laid over the old: at
 * no moment does a journal lie beside a record that is not its own.
 */
static enum fault swap(const char *beside, const char *path,
		       const char *journal, int64_t now, char **kept)
{
	SCOPED(char_freep) char *old = place_before(path, now);
	SCOPED(char_freep) char *old_journal = xasprintf("%s-wal", old);
	const bool there = file_exists(path);
	enum fault fault;

	if ((fault = name_also(path, old)) ||
	    (fault = name_also(journal, old_journal)) ||
	    (fault = folder_sync(path)) || (fault = file_remove(journal)))
		return fault;
	if (rename(beside, path))
		return refuse(path, "the restored record cannot be put here");
	if (there) {
		*kept = old;
		old = NULL;
	}
	return folder_sync(path);
}

enum fault place_take(const char *beside, const char *path, bool replace,
		      int64_t now, enum place_answer *answer, char **kept)
{
	SCOPED(char_freep) char *shared = xasprintf("%s-shm", path);
	SCOPED(char_freep) char *journal = xasprintf("%s-wal", path);
	int file = -1;
	bool in_use = false;
	enum fault fault = place_look(path, replace, answer);

	*kept = NULL;
	if (fault || *answer != PLACE_TAKEN)
		return fault;
	if (!(fault = hold_off(shared, &file, &in_use)) && !in_use)
		fault = swap(beside, path, journal, now, kept);
	if (in_use)
		*answer = PLACE_IN_USE;
	/* Removed before it is let go: it counts the old journal's frames. */
	else if (file >= 0)
		(void)unlink(shared);
	if (file >= 0)
		close(file);
	return fault;
}
