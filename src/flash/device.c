#include "flash/device.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/fs.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"

struct device {
	char *path;
	int file;
	bool own, disk;
	uint64_t size;
};

/* --- what went wrong, and the mend ---------------------------------------- */

static const struct {
	int number;
	const char *says;
} openings[] = {
	{ ENOENT, "is not there; put the card in, and see `foyer-flash list`" },
	{ ENOMEDIUM, "has no card in it; put the card in" },
	{ ENXIO, "has no card in it; put the card in" },
	{ EACCES, "may not be opened by you; run this with sudo" },
	{ EPERM, "may not be opened by you; run this with sudo" },
	{ EBUSY, "is in use; unmount its partitions, and end what works on "
		 "it" },
	{ EROFS, "is write-protected; slide the lock on the card or its "
		 "adapter away from \"Lock\", or take another card" },
};

static enum fault cannot_open(const char *path)
{
	for (size_t i = 0; i < COUNT(openings); i++) {
		if (openings[i].number == errno) {
			log_error("%s %s", path, openings[i].says);
			return FAULT_SYSTEM;
		}
	}
	log_error("%s cannot be opened: %s", path, strerror(errno));
	return FAULT_SYSTEM;
}

static enum fault failed(const struct device *device, const char *doing,
			 uint64_t at)
{
	const int why = errno;

	if (why == ENOSPC)
		log_error("%s: its disk is full; make room and run this again",
			  device->path);
	else if (why == EROFS || why == EPERM)
		log_error("%s is write-protected; slide the lock on the card "
			  "or its adapter away from \"Lock\", or take another "
			  "card",
			  device->path);
	else
		log_error("%s: %s at %llu MiB failed (%s): was the card taken "
			  "out? Put it in firmly and run the same again; if it "
			  "fails at the same place, take another card",
			  device->path, doing, (unsigned long long)(at >> 20),
			  why ? strerror(why) : "it ends there");
	return FAULT_SYSTEM;
}

/* --- opening -------------------------------------------------------------- */

static enum fault measure_disk(struct device *device, enum device_use use)
{
	int locked = 0;

	device->disk = true;
	if (ioctl(device->file, BLKGETSIZE64, &device->size) || !device->size) {
		errno = ENOMEDIUM;
		return cannot_open(device->path);
	}
	if (use == DEVICE_WRITE &&
	    (ioctl(device->file, BLKROGET, &locked) || locked)) {
		errno = EROFS;
		return cannot_open(device->path);
	}
	return FAULT_NONE;
}

static enum fault measure(struct device *device, enum device_use use,
			  uint64_t size)
{
	struct stat status;

	if (fstat(device->file, &status))
		return cannot_open(device->path);
	if (S_ISBLK(status.st_mode))
		return measure_disk(device, use);
	if (!S_ISREG(status.st_mode)) {
		log_error("%s is neither a card nor a file; see `foyer-flash "
			  "list`",
			  device->path);
		return FAULT_FORMAT;
	}
	device->size = (uint64_t)status.st_size;
	if (device->size || use == DEVICE_LOOK)
		return FAULT_NONE;
	if (ftruncate(device->file, (off_t)size))
		return cannot_open(device->path);
	device->size = size;
	return FAULT_NONE;
}

/* A misspelt device must not become a file of memory. */
static bool is_node(const char *path)
{
	return strncmp(path, "/dev/", 5) == 0 && !strchr(path + 5, '/');
}

/* O_EXCL without O_CREAT: the kernel refuses a disk that is mounted, or in use
 * by another that asks so (open(2)). */
static int flags_for(const char *path, enum device_use use, uint64_t size)
{
	struct stat status;

	if (use == DEVICE_LOOK)
		return O_RDONLY;
	if (stat(path, &status) == 0)
		return S_ISBLK(status.st_mode) ? O_RDWR | O_EXCL : O_RDWR;
	return errno == ENOENT && size && !is_node(path) ? O_RDWR | O_CREAT
							 : O_RDWR;
}

enum fault device_open(const char *path, enum device_use use, uint64_t size,
		       struct device **out)
{
	SCOPED(device_freep) struct device *device = xcalloc(1, sizeof *device);
	enum fault fault;

	device->path = xstrdup(path);
	device->own = true;
	device->file = open(
	    path, flags_for(path, use, size) | O_CLOEXEC | O_NONBLOCK, 0644);
	if (device->file < 0)
		return cannot_open(path);
	if ((fault = measure(device, use, size)))
		return fault;
	*out = device;
	device = NULL;
	return FAULT_NONE;
}

enum fault device_of(int descriptor, const char *path, struct device **out)
{
	struct device *device = xcalloc(1, sizeof *device);
	enum fault fault;

	device->path = xstrdup(path);
	device->file = descriptor;
	if ((fault = measure(device, DEVICE_LOOK, 0)))
		device_free(device);
	else
		*out = device;
	return fault;
}

void device_free(struct device *device)
{
	if (!device)
		return;
	if (device->own && device->file >= 0)
		close(device->file);
	free(device->path);
	free(device);
}

const char *device_path(const struct device *device)
{
	return device->path;
}

uint64_t device_size(const struct device *device)
{
	return device->size;
}

bool device_is_disk(const struct device *device)
{
	return device->disk;
}

int device_descriptor(const struct device *device)
{
	return device->file;
}

/* --- bytes ---------------------------------------------------------------- */

enum fault device_read(struct device *device, uint64_t at, void *data,
		       size_t length)
{
	uint8_t *to = data;

	while (length) {
		const ssize_t got = pread(device->file, to, length, (off_t)at);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0) {
			errno = got ? errno : 0;
			return failed(device, "reading", at);
		}
		to += got;
		at += (uint64_t)got;
		length -= (size_t)got;
	}
	return FAULT_NONE;
}

enum fault device_write(struct device *device, uint64_t at, const void *data,
			size_t length)
{
	const uint8_t *from = data;

	while (length) {
		const ssize_t put =
		    pwrite(device->file, from, length, (off_t)at);

		if (put < 0 && errno == EINTR)
			continue;
		if (put <= 0) {
			errno = put ? errno : 0;
			return failed(device, "writing", at);
		}
		from += put;
		at += (uint64_t)put;
		length -= (size_t)put;
	}
	return FAULT_NONE;
}

enum fault device_settle(struct device *device)
{
	if (fsync(device->file))
		return failed(device, "finishing a write", 0);
	/* Both only make reading honest; a file has no disk's cache. */
	if (device->disk)
		(void)ioctl(device->file, BLKFLSBUF);
	(void)posix_fadvise(device->file, 0, 0, POSIX_FADV_DONTNEED);
	return FAULT_NONE;
}

void device_announce(struct device *device)
{
	/* One that does not want to looks when the card is put in again. */
	if (device->disk)
		(void)ioctl(device->file, BLKRRPART);
}
