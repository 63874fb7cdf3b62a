#include "verity.h"

#include <fcntl.h>
#include <linux/dm-ioctl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

#define BLOCK 4096
#define SECTOR 512

struct request {
	struct dm_ioctl head;
	struct dm_target_spec target;
	char words[512];
};

static void start(struct request *request)
{
	*request = (struct request){
		.head = { .version = { 4, 0, 0 },
			  .data_size = sizeof *request,
			  .data_start = sizeof request->head,
			  .name = "root" },
	};
}

static bool load(int control, const struct root *root, const char *part)
{
	struct request request;

	start(&request);
	request.head.target_count = 1;
	request.head.flags = DM_READONLY_FLAG;
	request.target.length = root->blocks * (BLOCK / SECTOR);
	strcpy(request.target.target_type, "verity");
	/* The hashes' own header takes the first block after the data. */
	snprintf(request.words, sizeof request.words,
		 "1 %s %s %d %d %llu %llu sha256 %s %s", part, part, BLOCK,
		 BLOCK, root->blocks, root->blocks + 1, root->hash, root->salt);
	return ioctl(control, DM_TABLE_LOAD, &request) == 0;
}

static bool whole(const char *path)
{
	static char piece[1 << 20];
	int file = open(path, O_RDONLY | O_CLOEXEC);
	ssize_t got;

	if (file < 0)
		return false;
	posix_fadvise(file, 0, 0, POSIX_FADV_SEQUENTIAL);
	while ((got = read(file, piece, sizeof piece)) > 0)
		;
	/* 512 MB of memory are better used than by a copy of the card. */
	posix_fadvise(file, 0, 0, POSIX_FADV_DONTNEED);
	close(file);
	return got == 0;
}

bool verity_open(const struct root *root, const char *part, const char *path)
{
	struct request request;
	int control = open("/dev/mapper/control", O_RDWR | O_CLOEXEC);
	bool made;
	dev_t device;

	if (control < 0)
		return false;
	start(&request);
	made = ioctl(control, DM_DEV_CREATE, &request) == 0;
	device = (dev_t)request.head.dev;
	made = made && load(control, root, part);
	start(&request);
	made = made && ioctl(control, DM_DEV_SUSPEND, &request) == 0;
	close(control);
	if (!made)
		return false;
	mknod(path, S_IFBLK | 0400, device);
	return whole(path);
}
