#include "base/network.h"

#include <stdint.h>
#include <string.h>
#include <sys/vfs.h>

#include "base/memory.h"
#include "base/mount.h"

#define FUSE 0x65735546

/*
 * f_type of statfs(2) for file systems whose files another host may change:
 * SQLite's WAL keeps its index in memory that two hosts do not share
 * (https://sqlite.org/wal.html). The numbers are the kernel's.
 */
static const struct {
	uint32_t type;
	const char *name;
} networks[] = {
	{ 0x00006969, "NFS" },
	{ 0x0000517b, "SMB" },
	{ 0xff534d42, "CIFS" },
	{ 0xfe534d42, "SMB2" },
	{ FUSE, "FUSE (sshfs and the like)" },
	{ 0x5346414f, "AFS" },
	{ 0x6b414653, "AFS" },
	{ 0x73757245, "Coda" },
	{ 0x0000564c, "NCP" },
	{ 0x00c36400, "Ceph" },
	{ 0x01161970, "GFS2" },
	{ 0x7461636f, "OCFS2" },
	{ 0x0bd00bd0, "Lustre" },
	{ 0x47504653, "GPFS" },
	{ 0x01021997, "9P" },
	{ 0x786f4256, "a VirtualBox shared folder" },
	{ 0xbacbacbc, "a VMware shared folder" },
};

const char *network_filesystem(long type)
{
	/* Where long has 32 bits the kernel's number may come out negative. */
	for (size_t i = 0; i < COUNT(networks); i++) {
		if (networks[i].type == (uint32_t)type)
			return networks[i].name;
	}
	return NULL;
}

/* FUSE also carries disks of this computer: those it is known to. */
static const char *const local_fuse[] = {
	"fuseblk",    "fuse.fuse-overlayfs", "fuse.ecryptfs", "fuse.gocryptfs",
	"fuse.encfs", "fuse.cryfs",          "fuse.bindfs",   "fuse.ntfs-3g",
};

/* Whether the mount that holds folder is a FUSE of this computer. */
static bool is_local_fuse(const char *folder)
{
	struct mount mount;
	bool local = false;

	if (!mount_of(MOUNT_TABLE, folder, &mount))
		return false;
	for (size_t i = 0; i < COUNT(local_fuse); i++)
		local |= !strcmp(mount.type, local_fuse[i]);
	mount_done(&mount);
	return local;
}

long network_ask_system(const char *folder)
{
	struct statfs about;

	if (statfs(folder, &about))
		return -1;
	if ((uint32_t)about.f_type == FUSE && is_local_fuse(folder))
		return 0;
	return (long)about.f_type;
}
