#include "tests/support/folder.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include "base/memory.h"
#include "tests/test.h"

char *folder_new(void)
{
	const char *above = getenv("TMPDIR");
	char *path = xasprintf("%s/foyer-XXXXXX", above ? above : "/tmp");

	assert_non_null(mkdtemp(path));
	return path;
}

static int drop(const char *path, const struct stat *about, int kind,
		struct FTW *where)
{
	(void)about;
	(void)kind;
	(void)where;
	return remove(path);
}

void folder_remove(const char *path)
{
	nftw(path, drop, 16, FTW_DEPTH | FTW_PHYS);
}

void folder_freep(char **path)
{
	if (!*path)
		return;
	folder_remove(*path);
	free(*path);
}

char *folder_file(const char *path, const char *name)
{
	return xasprintf("%s/%s", path, name);
}
