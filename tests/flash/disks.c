#include "tests/test.h"

#include "flash/disks.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "tests/support/folder.h"

/*
 * A computer with a disk that it runs from (a partition, and LVM on another),
 * a stick, a card in a reader on the board and one soldered there, an empty
 * reader, and a stick that the system itself was started from.
 */
static const struct {
	const char *folder, *number, *size;
	const char *file, *value; /* an attribute more */
} devices[] = {
	{ "pci/ata1/sda", "8:0", "1000000", "removable", "0\n" },
	{ "pci/ata1/sda/sda1", "8:1", "1000", "partition", "1\n" },
	{ "pci/ata1/sda/sda2", "8:2", "1000", "partition", "2\n" },
	{ "virtual/dm-0", "253:0", "1000", "slaves/sda2/x", "" },
	{ "pci/ata2/sdb", "8:16", "2000000", "removable", "0\n" },
	{ "pci/usb1/sdc", "8:32", "62333952", "device/model",
	  "Ultra Fit       \n" },
	{ "pci/usb1/sdc/sdc1", "8:33", "1000", "partition", "1\n" },
	{ "pci/usb1/sdd", "8:48", "0", "removable", "1\n" },
	{ "soc/mmc0/mmcblk0", "179:0", "31116288", "device/type", "SD\n" },
	{ "soc/mmc1/mmcblk1", "179:8", "15269888", "device/type", "MMC\n" },
	{ "pci/usb2/sde", "8:64", "31116288", "removable", "1\n" },
	{ "pci/usb2/sde/sde2", "8:66", "1000", "partition", "2\n" },
	{ "virtual/loop0", "7:0", "1000", "removable", "1\n" },
};

static const char mountinfo[] =
    "21 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw\n"
    "22 21 253:0 / /home rw - ext4 /dev/mapper/vg-home rw\n"
    "23 21 0:21 / /proc rw - proc proc rw\n"
    "24 21 8:33 / /media/ana/FOYER rw - vfat /dev/sdc1 rw\n"
    "25 21 8:66 / /boot rw - vfat /dev/sde2 rw\n";

static void make_file(const char *path, const char *text)
{
	SCOPED(char_freep)
	char *folder = xstrndup(path, (size_t)(strrchr(path, '/') - path));

	assert_int_equal(folder_make(folder), FAULT_NONE);
	assert_int_equal(file_write(path, text, strlen(text), 0600),
			 FAULT_NONE);
}

static void link_to(const char *target, const char *root, const char *place,
		    const char *name)
{
	SCOPED(char_freep) char *folder = xasprintf("%s/%s", root, place);
	SCOPED(char_freep) char *path = xasprintf("%s/%s", folder, name);

	assert_int_equal(folder_make(folder), FAULT_NONE);
	assert_int_equal(symlink(target, path), 0);
}

static struct disks computer(const char *root, char **sys, char **mounts)
{
	*sys = xasprintf("%s/sys", root);
	*mounts = xasprintf("%s/mountinfo", root);
	make_file(*mounts, mountinfo);
	for (size_t i = 0; i < COUNT(devices); i++) {
		SCOPED(char_freep)
		char *folder =
		    xasprintf("%s/devices/%s", *sys, devices[i].folder);
		SCOPED(char_freep) char *size = xasprintf("%s/size", folder);
		SCOPED(char_freep)
		char *more = xasprintf("%s/%s", folder, devices[i].file);
		const char *name = strrchr(devices[i].folder, '/') + 1;

		make_file(size, devices[i].size);
		make_file(more, devices[i].value);
		link_to(folder, *sys, "dev/block", devices[i].number);
		link_to(folder, *sys, "class/block", name);
		if (strcmp(devices[i].file, "partition") != 0)
			link_to(folder, *sys, "block", name);
	}
	return (struct disks){ .sys = *sys, .mounts = *mounts };
}

static void add_disk(void *to, const struct disk *disk)
{
	bytes_add_format(to, "%s %llu %s\n", disk->name,
			 (unsigned long long)disk->size, disk->model);
}

static void only_what_can_be_taken_out_is_offered(void **state)
{
	SCOPED(folder_freep) char *root = folder_new();
	SCOPED(char_freep) char *sys = NULL;
	SCOPED(char_freep) char *mounts = NULL;
	const struct disks disks = computer(root, &sys, &mounts);
	struct bytes listed = { 0 };

	(void)state;
	assert_int_equal(disks_each(&disks, add_disk, &listed), FAULT_NONE);
	assert_string_equal((char *)listed.data, "mmcblk0 15931539456 \n"
						 "sdc 31914983424 Ultra Fit\n");
	bytes_done(&listed);
}

static void the_system_s_disk_is_known_through_whatever_lies_on_it(void **state)
{
	static const struct {
		unsigned major, minor;
		const char *name;
		bool system, removable, partition;
	} each[] = {
		{ 8, 0, "sda", true, false, false },
		{ 8, 16, "sdb", false, false, false },
		{ 8, 32, "sdc", false, true, false },
		{ 8, 33, "sdc1", false, true, true },
		{ 8, 64, "sde", true, true, false },
		{ 179, 0, "mmcblk0", false, true, false },
		{ 179, 8, "mmcblk1", false, false, false },
	};
	SCOPED(folder_freep) char *root = folder_new();
	SCOPED(char_freep) char *sys = NULL;
	SCOPED(char_freep) char *mounts = NULL;
	const struct disks disks = computer(root, &sys, &mounts);
	struct disk disk;

	(void)state;
	for (size_t i = 0; i < COUNT(each); i++) {
		assert_true(
		    disks_find(&disks, each[i].major, each[i].minor, &disk));
		assert_string_equal(disk.name, each[i].name);
		assert_int_equal(disk.system, each[i].system);
		assert_int_equal(disk.removable, each[i].removable);
		assert_int_equal(disk.partition, each[i].partition);
	}
	assert_false(disks_find(&disks, 99, 1, &disk));
	/* /home is on LVM; without it and the root, the disk is no system's. */
	make_file(mounts, "22 21 253:0 / /home rw - ext4 /dev/mapper/a rw\n");
	assert_true(disks_find(&disks, 8, 0, &disk));
	assert_true(disk.system);
	make_file(mounts, "");
	assert_true(disks_find(&disks, 8, 0, &disk));
	assert_false(disk.system);
}

static void mounted_partitions_are_told_by_their_places(void **state)
{
	SCOPED(folder_freep) char *root = folder_new();
	SCOPED(char_freep) char *sys = NULL;
	SCOPED(char_freep) char *mounts = NULL;
	const struct disks disks = computer(root, &sys, &mounts);
	struct bytes places = { 0 };

	(void)state;
	disks_mounted(&disks, "sdc", &places);
	assert_string_equal((char *)places.data, " /media/ana/FOYER");
	disks_mounted(&disks, "mmcblk0", &places);
	assert_string_equal((char *)places.data, " /media/ana/FOYER");
	bytes_done(&places);
}

int main(void)
{
	static const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_what_can_be_taken_out_is_offered),
		cmocka_unit_test(
		    the_system_s_disk_is_known_through_whatever_lies_on_it),
		cmocka_unit_test(mounted_partitions_are_told_by_their_places),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
