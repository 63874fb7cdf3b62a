#include "flash/source.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>
#include <zstd.h>

#include "base/log.h"

#define PIECE (128 * 1024) /* read at once */

struct source {
	char *path;
	int file;
	gzFile gzip; /* plain files, too; NULL: Zstandard */
	ZSTD_DStream *zstd;
	ZSTD_inBuffer in;
	uint8_t *piece;
	bool open; /* a frame has begun and not ended */
};

static bool is_zstd(int file)
{
	static const uint8_t magic[4] = { 0x28, 0xb5, 0x2f, 0xfd };
	uint8_t begin[4];

	return pread(file, begin, 4, 0) == 4 && memcmp(begin, magic, 4) == 0;
}

enum fault source_open(const char *path, struct source **out)
{
	SCOPED(source_freep) struct source *source = xcalloc(1, sizeof *source);

	source->path = xstrdup(path);
	source->file = open(path, O_RDONLY | O_CLOEXEC);
	if (source->file < 0) {
		log_error("%s: cannot be opened: %s; the image lies beside its "
			  "release",
			  path, strerror(errno));
		return FAULT_SYSTEM;
	}
	if (is_zstd(source->file)) {
		source->zstd = ZSTD_createDStream();
		source->piece = xcalloc(1, PIECE);
		source->in.src = source->piece;
	} else {
		const int own = dup(source->file);

		source->gzip = own < 0 ? NULL : gzdopen(own, "rb");
		if (!source->gzip && own >= 0)
			close(own);
	}
	if (!source->gzip && !source->zstd) {
		log_error("%s: cannot be read: out of memory or files", path);
		return FAULT_SYSTEM;
	}
	*out = source;
	source = NULL;
	return FAULT_NONE;
}

void source_free(struct source *source)
{
	if (!source)
		return;
	if (source->gzip)
		(void)gzclose_r(source->gzip); /* it was only read */
	ZSTD_freeDStream(source->zstd);
	if (source->file >= 0)
		close(source->file);
	free(source->piece);
	free(source->path);
	free(source);
}

static enum fault unreadable(const struct source *source)
{
	log_error("%s: cannot be read: %s", source->path, strerror(errno));
	return FAULT_SYSTEM;
}

static enum fault damaged(const struct source *source, const char *how)
{
	log_error("%s: damaged (%s): fetch it again", source->path, how);
	return FAULT_FORMAT;
}

static enum fault read_gzip(struct source *source, void *data, size_t length,
			    size_t *got)
{
	const int count = gzread(source->gzip, data, (unsigned)length);
	int problem;
	const char *how = gzerror(source->gzip, &problem);

	if (problem == Z_ERRNO)
		return unreadable(source);
	if (count < 0 || problem)
		return damaged(source, how);
	*got = (size_t)count;
	return FAULT_NONE;
}

/* Looks for more of the file; *more is false at its end. */
static enum fault refill(struct source *source, bool *more)
{
	ssize_t count;

	do
		count = read(source->file, source->piece, PIECE);
	while (count < 0 && errno == EINTR);
	if (count < 0)
		return unreadable(source);
	source->in.pos = 0;
	source->in.size = (size_t)count;
	*more = count > 0;
	return FAULT_NONE;
}

static enum fault read_zstd(struct source *source, void *data, size_t length,
			    size_t *got)
{
	ZSTD_outBuffer out = { .dst = data, .size = length };
	enum fault fault;
	bool more = true;

	while (out.pos < length) {
		const size_t before = out.pos;
		size_t left;

		if (source->in.pos == source->in.size &&
		    (fault = refill(source, &more)))
			return fault;
		/* What is left in the window comes without more of the file. */
		left =
		    more || source->open
			? ZSTD_decompressStream(source->zstd, &out, &source->in)
			: 0;
		if (ZSTD_isError(left))
			return damaged(source, ZSTD_getErrorName(left));
		source->open = left != 0;
		if (!more && out.pos == before)
			break;
	}
	if (!more && source->open && out.pos < length)
		return damaged(source, "it ends too early");
	*got = out.pos;
	return FAULT_NONE;
}

enum fault source_read(struct source *source, void *data, size_t length,
		       size_t *got)
{
	return source->zstd ? read_zstd(source, data, length, got)
			    : read_gzip(source, data, length, got);
}
