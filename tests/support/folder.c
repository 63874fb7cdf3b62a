#include "tests/support/folder.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
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

#define FILE_MOST (1 << 24) /* bytes of a file that is looked into */

static const char *looked_for;

static int look_into(const char *path, const struct stat *about, int kind,
		     struct FTW *where)
{
	struct bytes file = { 0 };
	bool found;

	(void)about;
	(void)where;
	if (kind != FTW_F)
		return 0;
	assert_int_equal(file_read(path, FILE_MOST, &file), FAULT_NONE);
	found = file.length &&
		memmem(file.data, file.length, looked_for, strlen(looked_for));
	if (found)
		print_message("%s has \"%s\" in it\n", path, looked_for);
	bytes_done(&file);
	return found;
}

bool folder_holds(const char *path, const char *text)
{
	looked_for = text;
	return nftw(path, look_into, 8, FTW_PHYS) != 0;
}
