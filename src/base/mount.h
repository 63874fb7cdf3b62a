#pragma once

#include <stdbool.h>

/*
 * The mounted file system that holds a folder, by the table of the system's
 * mounts (fstab(5)'s shape).
 */
#define MOUNT_TABLE "/proc/self/mounts"

struct mount {
	char *device; /* "/dev/mapper/root", "server:/export" */
	char *type;   /* "ext4", "fuse.sshfs" */
};

/*
 * The last mount of the table that covers folder most closely. False: folder is
 * not there, or the table cannot be read. The caller releases *out with
 * mount_done().
 */
bool mount_of(const char *table, const char *folder, struct mount *out);
void mount_done(struct mount *mount);
