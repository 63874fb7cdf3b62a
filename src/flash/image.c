#include "flash/image.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "base/memory.h"
#include "flash/source.h"
#include "seal/hash.h"

#define PIECE ((size_t)1 << 20)

static enum fault not_this(const char *path, const struct manifest *manifest,
			   const char *why)
{
	log_error("%s is not the image of \"%s\" (%s): it was damaged on its "
		  "way, or belongs to another release: fetch both again",
		  path, manifest->name, why);
	return FAULT_FORMAT;
}

/* Where the stretch that at lies in ends: a partition, or what is between. */
static uint64_t border_after(const struct manifest *manifest, uint64_t at)
{
	for (size_t i = 0; i < manifest->partition_count; i++) {
		const struct manifest_partition *one = &manifest->partitions[i];

		if (at < one->start)
			return one->start;
		if (at < one->start + one->size)
			return one->start + one->size;
	}
	return manifest->size;
}

static struct hash *hash_of(struct hash **each, const struct manifest *manifest,
			    uint64_t at)
{
	for (size_t i = 0; i < manifest->partition_count; i++) {
		const struct manifest_partition *one = &manifest->partitions[i];

		if (at >= one->start && at < one->start + one->size)
			return each[i];
	}
	return NULL;
}

/* The hashes that grow while it passes: of the whole, and of each partition. */
struct hashes {
	struct hash *whole, *each[MANIFEST_PARTITIONS];
};

static enum fault pass(struct source *source, const char *path,
		       const struct manifest *manifest, struct hashes *hashes,
		       struct progress *progress, image_sink *sink, void *to)
{
	SCOPED(char_freep) char *piece = xcalloc(1, PIECE);
	enum fault fault = FAULT_NONE;
	size_t got;

	for (uint64_t at = 0; !fault && at < manifest->size; at += got) {
		const uint64_t left = border_after(manifest, at) - at;
		const size_t want = left < PIECE ? (size_t)left : PIECE;
		struct hash *part = hash_of(hashes->each, manifest, at);

		if ((fault = source_read(source, piece, want, &got)))
			return fault;
		if (got < want)
			return not_this(path, manifest, "it is too short");
		hash_add(hashes->whole, piece, got);
		if (part)
			hash_add(part, piece, got);
		if (sink)
			fault = sink(to, at, piece, got);
		progress_add(progress, got);
	}
	return fault;
}

static enum fault compare(struct source *source, const char *path,
			  const struct manifest *manifest,
			  struct hashes *hashes)
{
	uint8_t hash[KEY_HASH_BYTES], more;
	bool same;
	size_t got;
	enum fault fault = source_read(source, &more, 1, &got);

	if (fault)
		return fault;
	if (got)
		return not_this(path, manifest, "it is too long");
	hash_end(hashes->whole, hash);
	same = memcmp(hash, manifest->hash, sizeof hash) == 0;
	for (size_t i = 0; i < manifest->partition_count; i++) {
		hash_end(hashes->each[i], hash);
		same &= memcmp(hash, manifest->partitions[i].hash,
			       sizeof hash) == 0;
	}
	return same ? FAULT_NONE
		    : not_this(path, manifest, "its hash is another one");
}

enum fault image_walk(const char *path, const struct manifest *manifest,
		      const struct shown *shown, const char *doing,
		      image_sink *sink, void *to)
{
	SCOPED(source_freep) struct source *source = NULL;
	struct hashes hashes = { .whole = hash_new() };
	struct progress progress = progress_begin(shown, doing, manifest->size);
	enum fault fault = source_open(path, &source);

	for (size_t i = 0; i < manifest->partition_count; i++)
		hashes.each[i] = hash_new();
	if (!fault)
		fault =
		    pass(source, path, manifest, &hashes, &progress, sink, to);
	if (!fault)
		fault = compare(source, path, manifest, &hashes);
	if (!fault)
		progress_end(&progress);
	hash_free(hashes.whole);
	for (size_t i = 0; i < manifest->partition_count; i++)
		hash_free(hashes.each[i]);
	return fault;
}
