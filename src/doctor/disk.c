#include "doctor/disk.h"

#include <dirent.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/bytes.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/mount.h"

#define DEEPEST 8           /* devices upon devices */
#define ATTRIBUTE_MOST 4096 /* bytes of a file of sysfs */

char *disk_attribute(const char *sys, const char *below)
{
	SCOPED(char_freep) char *path = xasprintf("%s/%s", sys, below);
	FILE *file = fopen(path, "re");
	char line[ATTRIBUTE_MOST] = "";

	if (!file)
		return xstrdup("");
	if (!fgets(line, sizeof line, file))
		line[0] = 0;
	fclose(file);
	line[strcspn(line, "\n")] = 0;
	return xstrdup(line);
}

/* The same of a block device. */
static char *attribute(const char *sys, const char *name, const char *what)
{
	SCOPED(char_freep)
	char *below = xasprintf("class/block/%s/%s", name, what);

	return disk_attribute(sys, below);
}

static bool begins(const char *text, const char *with)
{
	return strncmp(text, with, strlen(with)) == 0;
}

char *disk_name(const char *sys, const char *device)
{
	SCOPED(char_freep) char *blocks = xasprintf("%s/class/block", sys);
	const char *wanted = strrchr(device, '/');
	DIR *folder = opendir(blocks);
	struct dirent *entry;
	char *found = NULL;

	wanted = wanted ? wanted + 1 : device;
	while (folder && !found && (entry = readdir(folder))) {
		SCOPED(char_freep) char *mapped = NULL;

		if (entry->d_name[0] == '.')
			continue;
		mapped = attribute(sys, entry->d_name, "dm/name");
		if (!strcmp(wanted, begins(device, "/dev/mapper/")
					? mapped
					: entry->d_name))
			found = xstrdup(entry->d_name);
	}
	if (folder)
		closedir(folder);
	return found;
}

static enum disk_lock lock_of(const char *sys, const char *name, int deep);

/* Locked where all that it lies on is. */
static enum disk_lock lock_below(const char *sys, const char *name, int deep)
{
	SCOPED(char_freep)
	char *path = xasprintf("%s/class/block/%s/slaves", sys, name);
	DIR *folder = opendir(path);
	enum disk_lock all = DISK_LOCKED;
	struct dirent *entry;
	size_t count = 0;

	while (folder && (entry = readdir(folder))) {
		if (entry->d_name[0] == '.')
			continue;
		count++;
		if (lock_of(sys, entry->d_name, deep + 1) != DISK_LOCKED)
			all = DISK_OPEN;
	}
	if (folder)
		closedir(folder);
	return count ? all : DISK_OPEN;
}

static enum disk_lock lock_of(const char *sys, const char *name, int deep)
{
	SCOPED(char_freep) char *uuid = attribute(sys, name, "dm/uuid");

	/* A loop device is a file of another disk, and nothing says which. */
	if (deep > DEEPEST || begins(name, "loop"))
		return DISK_UNSEEN;
	if (begins(name, "zram"))
		return DISK_MEMORY;
	return begins(uuid, "CRYPT-") ? DISK_LOCKED
				      : lock_below(sys, name, deep);
}

enum disk_lock disk_lock(const char *sys, const char *device)
{
	SCOPED(char_freep) char *name = disk_name(sys, device);

	return name ? lock_of(sys, name, 0) : DISK_UNSEEN;
}

enum disk_lock disk_of_folder(const char *proc, const char *sys,
			      const char *folder, char **device)
{
	static const struct {
		const char *type;
		enum disk_lock lock;
	} types[] = {
		{ "ecryptfs", DISK_LOCKED },
		{ "fuse.gocryptfs", DISK_LOCKED },
		{ "fuse.encfs", DISK_LOCKED },
		{ "fuse.cryfs", DISK_LOCKED },
		{ "tmpfs", DISK_MEMORY },
		{ "ramfs", DISK_MEMORY },
	};
	SCOPED(char_freep) char *table = xasprintf("%s/self/mounts", proc);
	enum disk_lock lock = DISK_UNSEEN;
	struct mount mount;

	*device = NULL;
	if (!mount_of(table, folder, &mount))
		return DISK_UNSEEN;
	for (size_t i = 0; i < COUNT(types); i++) {
		if (!strcmp(mount.type, types[i].type))
			lock = types[i].lock;
	}
	if (lock == DISK_UNSEEN && begins(mount.device, "/dev/"))
		lock = disk_lock(sys, mount.device);
	*device = xstrdup(mount.device);
	mount_done(&mount);
	return lock;
}
