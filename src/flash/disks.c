#include "flash/disks.h"

#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>

#include "base/file.h"
#include "base/log.h"

#define DEPTH 8 /* of devices upon devices: LUKS on LVM on RAID ... */

/* --- sysfs ---------------------------------------------------------------- */

/* An attribute of a device's folder without blanks at its end; false: it has
 * none. */
static bool attribute(const char *folder, const char *name, char out[DISK_TEXT])
{
	SCOPED(char_freep) char *path = xasprintf("%s/%s", folder, name);
	FILE *file = fopen(path, "re");
	size_t used;

	*out = 0;
	if (!file)
		return false;
	used = fread(out, 1, DISK_TEXT - 1, file);
	fclose(file);
	while (used && (unsigned char)out[used - 1] <= ' ')
		used--;
	out[used] = 0;
	return true;
}

/* The device's folder under a name or number; the caller frees it. */
static char *folder_of(const struct disks *disks, const char *place,
		       const char *name)
{
	SCOPED(char_freep)
	char *link = xasprintf("%s/%s/%s", disks->sys, place, name);

	return realpath(link, NULL);
}

static const char *last_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? slash + 1 : path;
}

static bool is_partition(const char *folder)
{
	char number[DISK_TEXT];

	return attribute(folder, "partition", number);
}

/* Whether a device, or what it is made of, lies on a disk. */
static bool lies_on(const struct disks *disks, const char *folder,
		    const char *disk, int depth)
{
	SCOPED(char_freep) char *slaves = xasprintf("%s/slaves", folder);
	struct dirent *entry;
	bool lies = false;
	DIR *list;

	if (is_partition(folder)) {
		SCOPED(char_freep)
		char *whole =
		    xstrndup(folder, (size_t)(last_name(folder) - folder) - 1);

		return lies_on(disks, whole, disk, depth);
	}
	if (strcmp(last_name(folder), disk) == 0)
		return true;
	list = depth ? opendir(slaves) : NULL;
	while (list && !lies && (entry = readdir(list))) {
		SCOPED(char_freep)
		char *below =
		    *entry->d_name == '.'
			? NULL
			: folder_of(disks, "class/block", entry->d_name);

		lies = below && lies_on(disks, below, disk, depth - 1);
	}
	if (list)
		closedir(list);
	return lies;
}

/* --- mounts --------------------------------------------------------------- */

struct mounted {
	char device[32]; /* "8:17" */
	char at[PATH_MAX];
};

/* File systems on several devices have no number of their own to be found by
 * (btrfs); they name one of them. */
static void take_source(const char *line, struct mounted *out)
{
	const char *rest = strstr(line, " - ");
	char source[256];
	struct stat status;

	if (rest && sscanf(rest, " - %*s %255s", source) == 1 &&
	    strncmp(source, "/dev/", 5) == 0 && stat(source, &status) == 0 &&
	    S_ISBLK(status.st_mode))
		snprintf(out->device, sizeof out->device, "%u:%u",
			 major(status.st_rdev), minor(status.st_rdev));
}

/* mountinfo of proc(5): id, parent, major:minor, root, mount point. */
static bool next_mount(FILE *file, struct mounted *out)
{
	char *line = NULL;
	size_t room = 0;
	bool read = false;

	while (!read && getline(&line, &room, file) > 0)
		read = sscanf(line, "%*d %*d %31s %*s %4095s", out->device,
			      out->at) == 2;
	if (read && strncmp(out->device, "0:", 2) == 0)
		take_source(line, out);
	free(line);
	return read;
}

/* Where a desktop mounts what was just put in. */
static bool for_guests(const char *at)
{
	static const char *const places[] = { "/media/", "/run/media/",
					      "/mnt/" };

	for (size_t i = 0; i < COUNT(places); i++) {
		if (strncmp(at, places[i], strlen(places[i])) == 0)
			return true;
	}
	return strcmp(at, "/mnt") == 0;
}

/* Calls with each mount of what lies on a disk. */
typedef void mount_visit(void *to, const char *at);

static void each_mount(const struct disks *disks, const char *disk,
		       mount_visit *visit, void *to)
{
	FILE *file = fopen(disks->mounts, "re");
	struct mounted mounted;

	while (file && next_mount(file, &mounted)) {
		SCOPED(char_freep)
		char *folder = folder_of(disks, "dev/block", mounted.device);

		if (folder && lies_on(disks, folder, disk, DEPTH))
			visit(to, mounted.at);
	}
	if (file)
		fclose(file);
}

static void note_system(void *to, const char *at)
{
	*(bool *)to |= !for_guests(at);
}

static void add_place(void *to, const char *at)
{
	bytes_add_format(to, " %s", at);
}

void disks_mounted(const struct disks *disks, const char *name,
		   struct bytes *out)
{
	each_mount(disks, name, add_place, out);
}

/* --- disks ---------------------------------------------------------------- */

static bool can_be_taken_out(const char *folder)
{
	char value[DISK_TEXT];

	if (attribute(folder, "removable", value) && strcmp(value, "1") == 0)
		return true;
	/* A reader on the board does not say so of its cards; what is soldered
	 * there is of type MMC. */
	if (strncmp(last_name(folder), "mmcblk", 6) == 0)
		return attribute(folder, "device/type", value) &&
		       strcmp(value, "SD") == 0;
	return strstr(folder, "/usb") != NULL;
}

static void take_model(const char *folder, struct disk *out)
{
	if (!attribute(folder, "device/model", out->model))
		attribute(folder, "device/name", out->model);
}

static void take_disk(const struct disks *disks, const char *folder,
		      struct disk *out)
{
	char size[DISK_TEXT];

	*out = (struct disk){ .partition = is_partition(folder) };
	snprintf(out->name, sizeof out->name, "%s", last_name(folder));
	take_model(folder, out);
	if (attribute(folder, "size", size))
		out->size = strtoull(size, NULL, 10) * 512;
	out->removable = can_be_taken_out(folder);
	each_mount(disks, out->name, note_system, &out->system);
}

bool disks_find(const struct disks *disks, unsigned major_number,
		unsigned minor_number, struct disk *out)
{
	SCOPED(char_freep)
	char *number = xasprintf("%u:%u", major_number, minor_number);
	SCOPED(char_freep)
	char *folder = folder_of(disks, "dev/block", number);

	if (folder)
		take_disk(disks, folder, out);
	return folder != NULL;
}

/* Not what is made of memory, files and other disks, nor optical discs. */
static bool is_card(const char *name)
{
	static const char *const others[] = { "loop", "ram", "zram", "dm-",
					      "md",   "sr",  "nbd" };

	for (size_t i = 0; i < COUNT(others); i++) {
		if (strncmp(name, others[i], strlen(others[i])) == 0)
			return false;
	}
	return *name != '.';
}

static void look_at(const struct disks *disks, const char *name,
		    disk_visit *visit, void *to)
{
	SCOPED(char_freep) char *folder = folder_of(disks, "block", name);
	struct disk disk;

	if (!folder)
		return;
	take_disk(disks, folder, &disk);
	if (disk.removable && !disk.system && disk.size)
		visit(to, &disk);
}

enum fault disks_each(const struct disks *disks, disk_visit *visit, void *to)
{
	SCOPED(char_freep) char *folder = xasprintf("%s/block", disks->sys);
	struct dirent **entries;
	const int count = scandir(folder, &entries, NULL, alphasort);

	if (count < 0) {
		log_error("%s: cannot be read: %s; give the card's path "
			  "instead",
			  folder, strerror(errno));
		return FAULT_SYSTEM;
	}
	for (int i = 0; i < count; i++) {
		if (is_card(entries[i]->d_name))
			look_at(disks, entries[i]->d_name, visit, to);
		free(entries[i]);
	}
	free(entries);
	return FAULT_NONE;
}
