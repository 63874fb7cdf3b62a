#include "issue/waiting.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/log.h"
#include "issue/issue.h"

#define PATIENCE (ISSUE_PENDING_MINUTES * INT64_C(60000))

static char *path_of(const struct home *home)
{
	return home_path(home, HOME_KIOSK, WAITING_FILE);
}

void waiting_begin(const struct home *home, int64_t now)
{
	SCOPED(char_freep)
	char *pending = home_path(home, HOME_KIOSK, ISSUE_PENDING_FILE);
	SCOPED(char_freep) char *path = path_of(home);
	const struct timespec dated[] = { { .tv_sec = now / 1000 },
					  { .tv_sec = now / 1000 } };

	if (!file_exists(pending))
		return;
	/* Where it cannot be dated it is as old as it is. */
	(void)utimensat(AT_FDCWD, pending, dated, 0);
	if (rename(pending, path) || folder_sync(path))
		log_error("%s: cannot be set aside, and is lost with the next "
			  "visit: %s",
			  pending, strerror(errno));
}

/* How long it has waited, ms; -1: there is none. A clock that was set back
 * makes nothing old. */
static int64_t age_of(const char *path, int64_t now)
{
	struct stat about;
	int64_t age;

	if (stat(path, &about))
		return -1;
	age = now - (int64_t)about.st_mtime * 1000;
	return age < 0 ? 0 : age;
}

bool waiting_is(const struct home *home, int64_t now)
{
	SCOPED(char_freep) char *path = path_of(home);
	const int64_t age = age_of(path, now);

	return age >= 0 && age < PATIENCE;
}

void waiting_end(const struct home *home, int64_t now)
{
	SCOPED(char_freep) char *path = path_of(home);

	if (age_of(path, now) >= PATIENCE && file_remove(path))
		log_warning("%s: a ticket that nobody came for stays", path);
}
