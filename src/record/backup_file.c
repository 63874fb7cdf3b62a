#include "record/backup_file.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "record/place.h"
#include "seal/secret.h"

#define SEALED (STREAM_FRAME + STREAM_OVER)

struct backup_file {
	char *path, *beside;
	int file;
	struct backup_head head;
	uint8_t start[STREAM_HEAD];
	struct stream *stream;
	const struct backup_watch *watch;
	bool keeps_old;
	uint64_t done; /* plain bytes written */
	size_t have;   /* of the frame that is being filled */
	uint8_t plain[STREAM_FRAME], sealed[SEALED];
};

static enum fault refuse(const struct backup_file *file, const char *doing)
{
	const bool full = errno == ENOSPC || errno == EDQUOT || errno == EFBIG;

	log_error("%s: %s: %s%s", file->path, doing, strerror(errno),
		  full ? ". Make room there, or name another place with -o"
		       : "");
	return FAULT_SYSTEM;
}

static enum fault write_all(const struct backup_file *file, const void *data,
			    size_t length)
{
	const uint8_t *at = data;

	while (length) {
		ssize_t put = write(file->file, at, length);

		if (put < 0 && errno == EINTR)
			continue;
		if (put <= 0)
			return refuse(file, "the backup cannot be written");
		at += put;
		length -= (size_t)put;
	}
	return FAULT_NONE;
}

/* Another file that has the name is not ours to replace. */
static enum fault look_at_old(const char *path, enum backup_what what)
{
	uint8_t magic[8] = { 0 };
	int old = open(path, O_RDONLY | O_CLOEXEC);
	bool ours;

	if (old < 0)
		return FAULT_NONE;
	ours =
	    read(old, magic, 8) == 8 && !memcmp(magic, backup_magic(what), 6);
	close(old);
	if (ours)
		return FAULT_NONE;
	log_error("%s: something else has this name already, and is no "
		  "%s; name another file with -o",
		  path, what == BACKUP_RECORD ? "backup" : "caseload");
	return FAULT_FORMAT;
}

static enum fault write_start(struct backup_file *file)
{
	uint8_t front[BACKUP_FRONT];
	enum fault fault;

	backup_head_write(&file->head, front);
	fault = stream_seal(file->head.agency, backup_purpose(file->head.what),
			    front, BACKUP_FRONT, file->start, &file->stream);
	if (!fault)
		fault = write_all(file, front, BACKUP_FRONT);
	return fault ? fault : write_all(file, file->start, STREAM_HEAD);
}

enum fault backup_file_begin(const char *path, bool keeps_old,
			     const struct backup_head *head,
			     const struct backup_watch *watch,
			     struct backup_file **out)
{
	SCOPED(backup_file_freep)
	struct backup_file *file = xcalloc(1, sizeof *file);
	enum fault fault = look_at_old(path, head->what);

	file->file = -1;
	if (fault)
		return fault;
	file->path = xstrdup(path);
	file->beside = xasprintf("%s.part", path);
	file->head = *head;
	file->watch = watch;
	file->keeps_old = keeps_old;
	/* What an earlier one left that was broken off. */
	(void)unlink(file->beside);
	file->file =
	    open(file->beside, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (file->file < 0)
		return refuse(file, "the backup cannot be made");
	if ((fault = write_start(file)))
		return fault;
	*out = file;
	file = NULL;
	return FAULT_NONE;
}

void backup_file_free(struct backup_file *file)
{
	if (!file)
		return;
	if (file->file >= 0) {
		close(file->file);
		(void)unlink(file->beside);
	}
	stream_free(file->stream);
	secret_wipe(file->plain, sizeof file->plain);
	free(file->path);
	free(file->beside);
	free(file);
}

static void tell(const struct backup_file *file, enum backup_step step,
		 uint64_t done)
{
	if (file->watch)
		file->watch->tell(file->watch->to, step, (int64_t)done,
				  (int64_t)file->head.length);
}

static enum fault push(struct backup_file *file, bool last)
{
	enum fault fault;

	stream_push(file->stream, file->plain, file->have, last, file->sealed);
	fault = write_all(file, file->sealed, file->have + STREAM_OVER);
	file->done += file->have;
	file->have = 0;
	tell(file, BACKUP_WRITING, file->done);
	return fault;
}

enum fault backup_file_add(struct backup_file *file, const void *data,
			   size_t length)
{
	const uint8_t *at = data;
	enum fault fault = FAULT_NONE;
	size_t took;

	/* A full frame waits for what follows it: it may be the last. */
	for (; length && !fault; at += took, length -= took) {
		if (file->have == STREAM_FRAME && (fault = push(file, false)))
			break;
		took = STREAM_FRAME - file->have;
		if (took > length)
			took = length;
		memcpy(file->plain + file->have, at, took);
		file->have += took;
	}
	return fault;
}

/* From the disk, not from what the system still remembers of it. */
static enum fault rewind_to_frames(const struct backup_file *file)
{
	if (fsync(file->file))
		return refuse(file, "the backup cannot be made durable");
	(void)posix_fadvise(file->file, 0, 0, POSIX_FADV_DONTNEED);
	return lseek(file->file, BACKUP_START, SEEK_SET) < 0
		   ? refuse(file, "the backup cannot be read back")
		   : FAULT_NONE;
}

static bool read_frame(struct backup_file *file, size_t length)
{
	size_t have = 0;
	ssize_t got;

	while (have < length &&
	       (got = read(file->file, file->sealed + have, length - have)) > 0)
		have += (size_t)got;
	return have == length;
}

static bool opens_again(struct backup_file *file)
{
	SCOPED(stream_freep)
	struct stream *look = stream_look_back(file->stream, file->start);
	uint64_t left = file->head.length;
	enum stream_pulled pulled = STREAM_MORE;

	while (left && pulled == STREAM_MORE) {
		size_t next = left < STREAM_FRAME ? (size_t)left : STREAM_FRAME;

		pulled = read_frame(file, next + STREAM_OVER)
			     ? stream_pull(look, file->sealed,
					   next + STREAM_OVER, file->plain)
			     : STREAM_REFUSED;
		left -= next;
		tell(file, BACKUP_READING_BACK, file->head.length - left);
	}
	return !left && pulled == STREAM_LAST && !read_frame(file, 1);
}

/* By renaming: a stick has no second names. */
static bool set_old_aside(const struct backup_file *file, const char *aside)
{
	if (!file->keeps_old)
		return true;
	if (rename(file->path, aside))
		return false;
	log_warning("%s: the backup that lay here is of another record, or of "
		    "one that held much more; it is kept as %s",
		    file->path, aside);
	return true;
}

static enum fault put_in_place(struct backup_file *file)
{
	SCOPED(char_freep)
	char *aside = place_before(file->path, file->head.made);
	int written = file->file;

	file->file = -1;
	if (close(written) || !set_old_aside(file, aside) ||
	    rename(file->beside, file->path)) {
		enum fault fault =
		    refuse(file, "the backup cannot be put in its place");

		(void)unlink(file->beside);
		return fault;
	}
	return folder_sync(file->path);
}

enum fault backup_file_finish(struct backup_file *file)
{
	enum fault fault = push(file, true);

	assert(file->done == file->head.length);
	if (fault || (fault = rewind_to_frames(file)))
		return fault;
	if (!opens_again(file)) {
		log_error("%s: what was written did not read back: this disk "
			  "or stick fails. Use another",
			  file->path);
		return FAULT_SYSTEM;
	}
	return put_in_place(file);
}
