#include "base/mount.h"

#include <mntent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

static bool is_below(const char *folder, const char *mount)
{
	size_t length = strlen(mount);

	return !strncmp(folder, mount, length) &&
	       (folder[length] == '/' || !folder[length] ||
		mount[length - 1] == '/');
}

bool mount_of(const char *table, const char *folder, struct mount *out)
{
	SCOPED(char_freep) char *real = realpath(folder, NULL);
	FILE *mounts = real ? setmntent(table, "re") : NULL;
	struct mount found = { 0 };
	struct mntent *mount;
	size_t longest = 0;

	while (mounts && (mount = getmntent(mounts))) {
		size_t length = strlen(mount->mnt_dir);

		if (length < longest || !is_below(real, mount->mnt_dir))
			continue;
		longest = length;
		mount_done(&found);
		found.device = xstrdup(mount->mnt_fsname);
		found.type = xstrdup(mount->mnt_type);
	}
	if (mounts)
		endmntent(mounts);
	if (found.device)
		*out = found;
	return found.device != NULL;
}

void mount_done(struct mount *mount)
{
	free(mount->device);
	free(mount->type);
	*mount = (struct mount){ 0 };
}
