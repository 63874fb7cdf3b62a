#pragma once

#include <stdint.h>
#include <sys/types.h>
#include <time.h>

/*
 * Where the box's things are, and what a helper needs root for. Programs and
 * paths are constants of the machine: nothing of a request ever becomes one,
 * but a stick's name, and that only when the kernel lists it.
 */
struct vault_place {
	const char *device; /* the data partition, or a file in tests */
	const char *mapper; /* what it is opened as: /dev/mapper/NAME */
	const char *mount;  /* where that is mounted */
	const char *stick;  /* where a stick is */
	const char *header; /* where one is made, in memory; a file of no use */
	const char *mounts; /* the table of mounts (base/mount.h) */
	const char *blocks; /* the kernel's list of disks: /sys/block */
	const char *nodes;  /* their nodes: /dev */
	uid_t owner;        /* whose the data are, and who may ask */
	gid_t group;        /* who may reach the socket */

	const char *cryptsetup, *mkfs, *fsck, *systemctl;
	const char *const *cost; /* options of luksFormat; NULL ends them */

	/* As the system calls; 0 or -1 with errno. */
	int (*mount_at)(const char *device, const char *where, const char *type,
			unsigned long flags, const void *data);
	int (*unmount)(const char *where);
	int (*set_clock)(clockid_t clock, const struct timespec *time);
};

/*
 * How dear a guess of the passphrase is: Argon2id over 128 MiB for about two
 * seconds, since a Pi 3 has 1 GB.
 */
extern const char *const vault_cost[];

/* What lies on the partition of an image until a box is made of it: zeros. */
#define VAULT_LOOKED_AT (1024 * 1024) /* bytes */

/*
 * LUKS2 labels: a box that lost power while it was made is made anew. The label
 * is the first thing that is written to an empty partition, so that what was
 * begun here is never taken for something else.
 */
#define VAULT_LABEL_MAKING "foyer-making"
#define VAULT_LABEL_DATA "foyer-data"
