#include <assert.h>
#include <stdio.h>
#include <sys/mman.h>
#include <unistd.h>

#include "base/bytes.h"
#include "base/log.h"
#include "flash/source.h"

/*
 * An image file that was fetched from somewhere: plain, gzip or Zstandard. The
 * first byte says in what pieces it is read; it is the same in other pieces,
 * and ends the same way.
 */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

#define MOST (1 << 20) /* bytes of an image, here */

static void silent(void *to, enum log_level level, const char *line)
{
	(void)to, (void)level, (void)line;
}

static enum fault read_in(const char *path, size_t piece, struct bytes *out)
{
	SCOPED(source_freep) struct source *source = NULL;
	uint8_t part[4096];
	size_t got = piece;
	enum fault fault = source_open(path, &source);

	assert(!fault);
	while (!fault && got == piece && out->length < MOST) {
		fault = source_read(source, part, piece, &got);
		if (fault)
			break;
		assert(got <= piece);
		bytes_add(out, part, got);
	}
	return fault;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static int file = -1;
	static char path[40];
	struct bytes one = { 0 }, other = { 0 };
	enum fault first, second;
	size_t same;

	log_to(silent, NULL);
	if (file < 0) {
		file = memfd_create("image", 0);
		snprintf(path, sizeof path, "/proc/self/fd/%d", file);
	}
	if (!size || ftruncate(file, (off_t)size - 1) ||
	    pwrite(file, data + 1, size - 1, 0) != (ssize_t)size - 1)
		return 0;
	first = read_in(path, 1 + data[0] % 100, &one);
	second = read_in(path, 4096, &other);
	same = one.length < other.length ? one.length : other.length;
	assert(!same || !memcmp(one.data, other.data, same));
	if (one.length < MOST && other.length < MOST && !first && !second)
		assert(one.length == other.length);
	if (!first && one.length < MOST)
		assert(!second || other.length >= one.length);
	bytes_done(&one);
	bytes_done(&other);
	return 0;
}
