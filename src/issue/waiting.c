#include "issue/waiting.h"

#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/log.h"
#include "issue/issue.h"

#define PATIENCE (ISSUE_PENDING_MINUTES * INT64_C(60000))

static char *path_of(const struct home *home)
{
	return home_path(home, HOME_KIOSK, "pending");
}

void waiting_begin(const struct home *home, int64_t now)
{
	SCOPED(char_freep) char *path = path_of(home);
	const struct timespec dated[] = { { .tv_sec = now / 1000 },
					  { .tv_sec = now / 1000 } };

	/* Where it cannot be dated it is as old as it is. */
	if (file_exists(path))
		(void)utimensat(AT_FDCWD, path, dated, 0);
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
