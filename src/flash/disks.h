#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/fault.h"

/*
 * The disks of this computer, as the kernel tells of them in sysfs. Which of
 * them may be written to is decided here: cards and sticks that can be taken
 * out, and never the disk that the system runs from.
 */
struct disks {
	const char *sys;    /* "/sys" */
	const char *mounts; /* "/proc/self/mountinfo", proc(5) */
};

#define DISKS_THIS                                              \
	(struct disks)                                          \
	{                                                       \
		.sys = "/sys", .mounts = "/proc/self/mountinfo" \
	}

#define DISK_TEXT 64

struct disk {
	char name[DISK_TEXT];  /* "sdb", as in /dev */
	char model[DISK_TEXT]; /* "SanDisk Ultra"; "" where it tells none */
	uint64_t size;         /* bytes; 0: no card is in the reader */
	bool removable;
	bool system;    /* it, or what lies on it, is mounted for the system */
	bool partition; /* not a whole disk */
};

/* Called with each whole disk that is removable and not the system's. */
typedef void disk_visit(void *to, const struct disk *disk);
/* FAULT_SYSTEM: sysfs cannot be read. */
MUST_CHECK enum fault disks_each(const struct disks *disks, disk_visit *visit,
				 void *to);

/* The disk with a device number; false if there is none such. */
bool disks_find(const struct disks *disks, unsigned major, unsigned minor,
		struct disk *out);

/* Adds where its partitions are mounted, each after a blank. */
void disks_mounted(const struct disks *disks, const char *name,
		   struct bytes *out);
