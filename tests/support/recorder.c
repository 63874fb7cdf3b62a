#include "tests/support/recorder.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "base/memory.h"
#include "tests/test.h"

static struct {
	bool on;
	dev_t device;
	ino_t file;
	struct recorded *list;
	size_t count, room;
} recorder;

static bool is_recorded(int file)
{
	struct stat status;

	return recorder.on && fstat(file, &status) == 0 &&
	       status.st_dev == recorder.device &&
	       status.st_ino == recorder.file;
}

static void record(uint64_t at, const void *data, size_t length)
{
	struct recorded *one;

	if (recorder.count == recorder.room) {
		recorder.room = 2 * recorder.room + 64;
		recorder.list = xreallocarray(recorder.list, recorder.room,
					      sizeof *recorder.list);
	}
	one = &recorder.list[recorder.count++];
	*one = (struct recorded){ .at = at, .length = length };
	if (data) {
		one->data = xcalloc(length, 1);
		memcpy(one->data, data, length);
	}
}

ssize_t pwrite(int file, const void *data, size_t length, off_t at)
{
	if (is_recorded(file))
		record((uint64_t)at, data, length);
	return syscall(SYS_pwrite64, file, data, length, at);
}

int fsync(int file)
{
	if (is_recorded(file))
		record(0, NULL, 0);
	return (int)syscall(SYS_fsync, file);
}

void recorder_done(void)
{
	for (size_t i = 0; i < recorder.count; i++)
		free(recorder.list[i].data);
	free(recorder.list);
	memset(&recorder, 0, sizeof recorder);
}

void recorder_start(const char *path)
{
	struct stat status;

	recorder_done();
	assert_int_equal(stat(path, &status), 0);
	recorder.device = status.st_dev;
	recorder.file = status.st_ino;
	recorder.on = true;
}

size_t recorder_stop(const struct recorded **list)
{
	recorder.on = false;
	*list = recorder.list;
	return recorder.count;
}

void recorder_play(const struct recorded *list, size_t count, size_t part,
		   uint8_t *bytes)
{
	for (size_t i = 0; i < count; i++) {
		if (list[i].data)
			memcpy(bytes + list[i].at, list[i].data,
			       list[i].length);
	}
	if (part)
		memcpy(bytes + list[count].at, list[count].data, part);
}
