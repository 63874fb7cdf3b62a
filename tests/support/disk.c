#include "tests/support/disk.h"

#include <signal.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/*
 * An SQLite VFS that passes everything on to the system's own. The methods of
 * a file are copied once, with the writing ones replaced, so that a file is
 * the system's own object and only its table differs.
 */
static sqlite3_vfs *below, ours;
static enum disk_trouble trouble;
static int point, points;

#define KINDS 4 /* method tables that the system's VFS hands out */
static struct {
	const sqlite3_io_methods *theirs;
	sqlite3_io_methods mine;
} kinds[KINDS];

static const sqlite3_io_methods *theirs(sqlite3_file *file)
{
	for (int i = 0; i < KINDS; i++) {
		if (file->pMethods == &kinds[i].mine)
			return kinds[i].theirs;
	}
	abort();
}

static int reach_a_point(void)
{
	points++;
	if (trouble == DISK_KILLS && points == point)
		raise(SIGKILL);
	return trouble == DISK_FULL && points >= point ? SQLITE_FULL
						       : SQLITE_OK;
}

static int put(sqlite3_file *file, const void *data, int length,
	       sqlite3_int64 offset)
{
	int code = reach_a_point();

	return code ? code : theirs(file)->xWrite(file, data, length, offset);
}

static int cut(sqlite3_file *file, sqlite3_int64 size)
{
	int code = reach_a_point();

	return code ? code : theirs(file)->xTruncate(file, size);
}

/* Syncs nothing: what is written is there for the next process, and quickly. */
static int sync_it(sqlite3_file *file, int flags)
{
	(void)file;
	(void)flags;
	return reach_a_point() ? SQLITE_IOERR_FSYNC : SQLITE_OK;
}

static int open_it(sqlite3_vfs *vfs, const char *name, sqlite3_file *file,
		   int flags, int *out)
{
	int code = below->xOpen(below, name, file, flags, out);

	(void)vfs;
	for (int i = 0; !code && file->pMethods && i < KINDS; i++) {
		if (!kinds[i].theirs) {
			kinds[i].theirs = file->pMethods;
			kinds[i].mine = *file->pMethods;
			kinds[i].mine.xWrite = put;
			kinds[i].mine.xTruncate = cut;
			kinds[i].mine.xSync = sync_it;
		}
		if (kinds[i].theirs == file->pMethods) {
			file->pMethods = &kinds[i].mine;
			break;
		}
	}
	return code;
}

void disk_install(void)
{
	below = sqlite3_vfs_find(NULL);
	ours = *below;
	ours.zName = "disk";
	ours.xOpen = open_it;
	sqlite3_vfs_register(&ours, 1);
}

void disk_set(enum disk_trouble to, int at)
{
	trouble = to;
	point = at;
	points = 0;
}
