#include "flash/volume.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/log.h"

#define PIECE ((size_t)256 * 1024)
#define PAGE ((size_t)4096)

struct volume {
	int file;
	uint64_t size;
	char *path;
};

static enum fault no_memory(void)
{
	log_error("there is not enough memory for a copy of the card's boot "
		  "partition (%s): close other programs",
		  strerror(errno));
	return FAULT_SYSTEM;
}

enum fault volume_new(uint64_t size, struct volume **out)
{
	SCOPED(volume_freep) struct volume *volume = xcalloc(1, sizeof *volume);

	/* Not closed on exec: mtools is given its path. */
	volume->file = memfd_create("volume", 0);
	if (volume->file < 0 || ftruncate(volume->file, (off_t)size))
		return no_memory();
	volume->size = size;
	volume->path = xasprintf("/proc/self/fd/%d", volume->file);
	*out = volume;
	volume = NULL;
	return FAULT_NONE;
}

void volume_free(struct volume *volume)
{
	if (!volume)
		return;
	if (volume->file >= 0)
		close(volume->file);
	free(volume->path);
	free(volume);
}

uint64_t volume_size(const struct volume *volume)
{
	return volume->size;
}

int volume_descriptor(const struct volume *volume)
{
	return volume->file;
}

const char *volume_path(const struct volume *volume)
{
	return volume->path;
}

enum fault volume_read(const struct volume *volume, uint64_t at, void *data,
		       size_t length)
{
	uint8_t *to = data;

	while (length) {
		const ssize_t got = pread(volume->file, to, length, (off_t)at);

		if (got <= 0)
			return no_memory();
		to += got;
		at += (uint64_t)got;
		length -= (size_t)got;
	}
	return FAULT_NONE;
}

enum fault volume_write(struct volume *volume, uint64_t at, const void *data,
			size_t length)
{
	const uint8_t *from = data;

	while (length) {
		const ssize_t put =
		    pwrite(volume->file, from, length, (off_t)at);

		if (put <= 0)
			return no_memory();
		from += put;
		at += (uint64_t)put;
		length -= (size_t)put;
	}
	return FAULT_NONE;
}

/* --- the whole of it ------------------------------------------------------ */

static bool all_zero(const uint8_t *data, size_t length)
{
	return !length || (!*data && memcmp(data, data + 1, length - 1) == 0);
}

/* A page at a time, since most of a card is empty. */
enum fault volume_fill(struct volume *volume, uint64_t at, const void *data,
		       size_t length)
{
	const uint8_t *from = data;
	enum fault fault = FAULT_NONE;

	for (size_t i = 0; !fault && i < length; i += PAGE) {
		const size_t some = length - i < PAGE ? length - i : PAGE;

		if (!all_zero(from + i, some))
			fault = volume_write(volume, at + i, from + i, some);
	}
	return fault;
}

enum fault volume_resize(struct volume *volume, uint64_t size)
{
	if (ftruncate(volume->file, (off_t)size))
		return no_memory();
	volume->size = size;
	return FAULT_NONE;
}

typedef enum fault read_piece(const void *from, uint64_t at, void *data,
			      size_t length);

/* A device from some place on. */
struct stretch {
	struct device *device;
	uint64_t at;
};

static enum fault read_device(const void *from, uint64_t at, void *data,
			      size_t length)
{
	const struct stretch *stretch = from;

	return device_read(stretch->device, stretch->at + at, data, length);
}

static enum fault read_volume(const void *from, uint64_t at, void *data,
			      size_t length)
{
	return volume_read(from, at, data, length);
}

static size_t piece_at(uint64_t at, uint64_t size)
{
	return size - at < PIECE ? (size_t)(size - at) : PIECE;
}

static enum fault fill_all(struct volume *volume, read_piece *read,
			   const void *from)
{
	SCOPED(char_freep) char *memory = xcalloc(1, PIECE);
	uint8_t *piece = (uint8_t *)memory;
	enum fault fault = FAULT_NONE;

	for (uint64_t at = 0; !fault && at < volume->size; at += PIECE) {
		const size_t length = piece_at(at, volume->size);

		fault = read(from, at, piece, length);
		if (!fault)
			fault = volume_fill(volume, at, piece, length);
	}
	return fault;
}

static enum fault filled(uint64_t size, read_piece *read, const void *from,
			 struct volume **out)
{
	SCOPED(volume_freep) struct volume *volume = NULL;
	enum fault fault = volume_new(size, &volume);

	if (!fault)
		fault = fill_all(volume, read, from);
	if (!fault) {
		*out = volume;
		volume = NULL;
	}
	return fault;
}

enum fault volume_load(struct device *device, uint64_t at, uint64_t size,
		       struct volume **out)
{
	return filled(size, read_device,
		      &(struct stretch){ .device = device, .at = at }, out);
}

enum fault volume_copy(const struct volume *from, struct volume **out)
{
	return filled(from->size, read_volume, from, out);
}

bool volume_same(const struct volume *volume, struct device *device,
		 uint64_t from)
{
	SCOPED(char_freep) char *ours = xcalloc(1, PIECE);
	SCOPED(char_freep) char *theirs = xcalloc(1, PIECE);

	for (uint64_t at = 0; at < volume->size; at += PIECE) {
		const size_t length = piece_at(at, volume->size);

		if (volume_read(volume, at, ours, length) ||
		    device_read(device, from + at, theirs, length) ||
		    memcmp(ours, theirs, length) != 0)
			return false;
	}
	return true;
}
