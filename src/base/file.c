#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/log.h"

static enum fault refuse(const char *doing, const char *path)
{
	log_error("%s: %s: %s", path, doing, strerror(errno));
	return FAULT_SYSTEM;
}

static enum fault read_all(int file, const char *path, size_t limit,
			   struct bytes *out)
{
	uint8_t piece[16384];
	enum fault fault = FAULT_NONE;
	size_t total = 0;
	ssize_t got;

	while (!fault && (got = read(file, piece, sizeof piece))) {
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0) {
			fault = refuse("cannot be read", path);
		} else if ((total += (size_t)got) > limit) {
			log_error("%s: larger than %zu bytes, the most that is "
				  "accepted here",
				  path, limit);
			fault = FAULT_LIMIT;
		} else {
			bytes_add(out, piece, (size_t)got);
		}
	}
	explicit_bzero(piece, sizeof piece);
	return fault;
}

enum fault file_read(const char *path, size_t limit, struct bytes *out)
{
	int file = open(path, O_RDONLY | O_CLOEXEC);
	struct bytes read = { 0 };
	enum fault fault;

	if (file < 0)
		return refuse("cannot be opened", path);
	if (!(fault = read_all(file, path, limit, &read)))
		bytes_add(out, read.data, read.length);
	bytes_wipe(&read);
	close(file);
	return fault;
}

bool file_exists(const char *path)
{
	return access(path, F_OK) == 0;
}

bool folder_exists(const char *path)
{
	struct stat about;

	return stat(path, &about) == 0 && S_ISDIR(about.st_mode);
}

enum fault folder_sync(const char *path)
{
	SCOPED(char_freep) char *folder = xstrdup(path);
	char *slash = strrchr(folder, '/');
	int file;
	bool synced;

	if (slash)
		slash[slash == folder] = 0;
	file = open(slash ? folder : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (file < 0)
		return refuse("its folder cannot be opened", path);
	synced = fsync(file) == 0;
	close(file);
	return synced ? FAULT_NONE : refuse("cannot be made durable", path);
}

static enum fault write_all(int file, const char *path, const uint8_t *data,
			    size_t length)
{
	while (length) {
		ssize_t put = write(file, data, length);

		if (put < 0 && errno == EINTR)
			continue;
		if (put <= 0)
			return refuse("cannot be written", path);
		data += put;
		length -= (size_t)put;
	}
	return fsync(file) ? refuse("cannot be made durable", path)
			   : FAULT_NONE;
}

enum fault file_write(const char *path, const void *data, size_t length,
		      mode_t mode)
{
	SCOPED(char_freep) char *beside = xasprintf("%s.new", path);
	enum fault fault;
	int file;

	/* A leftover of an earlier crash may carry another mode or owner. */
	(void)unlink(beside);
	file = open(beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
	if (file < 0)
		return refuse("cannot be made", beside);
	fault = write_all(file, beside, data, length);
	if (close(file) && !fault)
		fault = refuse("cannot be closed", beside);
	if (!fault && rename(beside, path))
		fault = refuse("cannot be replaced", path);
	if (fault) {
		(void)unlink(beside);
		return fault;
	}
	return folder_sync(path);
}

enum fault file_remove(const char *path)
{
	if (!unlink(path))
		return folder_sync(path);
	/* Nor is it there where its folder is not. */
	if (errno == ENOENT || errno == ENOTDIR)
		return FAULT_NONE;
	return refuse("cannot be removed", path);
}

/* A new folder is as durable as what will be written into it. */
static enum fault make_one(const char *path)
{
	if (!mkdir(path, 0700))
		return folder_sync(path);
	if (errno == EEXIST && folder_exists(path))
		return FAULT_NONE;
	if (errno == EEXIST)
		errno = ENOTDIR;
	return refuse("cannot be made", path);
}

enum fault folder_make(const char *path)
{
	SCOPED(char_freep) char *part = xstrdup(path);
	enum fault fault = FAULT_NONE;

	for (char *end = part + (*part == '/'); !fault; end++) {
		char kept = *end;

		if (kept && kept != '/')
			continue;
		*end = 0;
		fault = make_one(part);
		*end = kept;
		if (!kept)
			break;
	}
	return fault;
}
