#pragma once

/* What the kernel tells of a disk: whether its bytes are encrypted. */
enum disk_lock {
	DISK_UNSEEN, /* nobody can tell */
	DISK_OPEN,
	DISK_LOCKED, /* by dm-crypt, or a file system that encrypts */
	DISK_MEMORY, /* no disk: gone when the machine is switched off */
};

/* The line in a file below sys, without its end; "" where there is none. The
 * caller frees it. */
char *disk_attribute(const char *sys, const char *below);

/*
 * The block device named ("/dev/sda2"), by the tree at sys ("/sys"): a
 * device-mapper table whose uuid begins with CRYPT- encrypts (that is what
 * cryptsetup gives, kernel's Documentation/ABI/testing/sysfs-block-dm), and so
 * does what lies on such devices alone.
 */
enum disk_lock disk_lock(const char *sys, const char *device);

/* The kernel's name of a device: "/dev/mapper/root" is "dm-0". NULL: it has
 * none here. The caller frees it. */
char *disk_name(const char *sys, const char *device);

/*
 * The disk of a folder that is there, by the trees at proc and sys. *device,
 * NULL where there is none, is the caller's to free.
 */
enum disk_lock disk_of_folder(const char *proc, const char *sys,
			      const char *folder, char **device);
