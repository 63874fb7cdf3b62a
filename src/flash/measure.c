#include "flash/measure.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "flash/edition.h"
#include "flash/fat.h"
#include "flash/probe.h"
#include "flash/source.h"
#include "seal/hash.h"

#define PIECE ((size_t)1 << 20)

/* --- the image ------------------------------------------------------------ */

/* The whole image, without its compression, and what it is. */
static enum fault load(const char *path, struct volume *image,
		       struct manifest *out)
{
	SCOPED(source_freep) struct source *source = NULL;
	SCOPED(hash_freep) struct hash *hash = hash_new();
	SCOPED(char_freep) char *piece = xcalloc(1, PIECE);
	enum fault fault = source_open(path, &source);
	size_t got = PIECE;

	while (!fault && got == PIECE) {
		fault = source_read(source, piece, PIECE, &got);
		if (!fault)
			fault = volume_fill(image, out->size, piece, got);
		if (!fault) {
			hash_add(hash, piece, got);
			out->size += got;
		}
		if (out->size > MANIFEST_SIZE) {
			log_error("%s: larger than any card's image", path);
			return FAULT_LIMIT;
		}
	}
	hash_end(hash, out->hash);
	return fault ? fault : volume_resize(image, out->size);
}

static enum fault not_ours(const char *path, const char *why)
{
	log_error("%s cannot be a release: %s", path, why);
	return FAULT_FORMAT;
}

static enum fault hash_partition(const struct volume *image,
				 struct manifest_partition *partition)
{
	SCOPED(hash_freep) struct hash *hash = hash_new();
	SCOPED(char_freep) char *piece = xcalloc(1, PIECE);
	enum fault fault = FAULT_NONE;

	for (uint64_t at = 0; !fault && at < partition->size; at += PIECE) {
		const size_t length = partition->size - at < PIECE
					  ? (size_t)(partition->size - at)
					  : PIECE;

		fault =
		    volume_read(image, partition->start + at, piece, length);
		hash_add(hash, piece, length);
	}
	hash_end(hash, partition->hash);
	return fault;
}

/* The first partition boots, the last is the root, data lies between. */
static enum fault take_partitions(const char *path, struct volume *image,
				  const struct probe *probe,
				  struct manifest *out)
{
	enum fault fault = FAULT_NONE;

	if (strcmp(probe->table, "dos") != 0 || probe->more || probe->count < 3)
		return not_ours(path, "it has no MBR with three or four "
				      "partitions");
	if (strcmp(probe->partitions[0].holds, "vfat") != 0 ||
	    strcmp(probe->partitions[0].label, "FOYER") != 0)
		return not_ours(path, "its first partition is not FAT32 with "
				      "the label FOYER");
	out->disk = probe->disk;
	out->partition_count = probe->count;
	for (size_t i = 0; !fault && i < probe->count; i++) {
		const struct probe_partition *from = &probe->partitions[i];
		struct manifest_partition *to = &out->partitions[i];

		*to = (struct manifest_partition){
			.number = from->number,
			.role = i == 0                  ? MANIFEST_BOOT
				: i + 1 == probe->count ? MANIFEST_ROOT
							: MANIFEST_DATA,
			.type = from->type,
			.start = from->start,
			.size = from->size,
		};
		strcpy(to->holds, from->holds);
		if (to->size > out->size || to->start > out->size - to->size)
			return not_ours(path, "a partition goes beyond its "
					      "end");
		fault = hash_partition(image, to);
	}
	return fault;
}

/* --- the boot files ------------------------------------------------------- */

struct signing {
	const char *path;
	const struct volume *boot;
	struct manifest *out;
	struct edition edition;
	bool known;
};

static bool of_agency(const char *path)
{
	const size_t length = strlen(MANIFEST_AGENCY "/");

	return strncasecmp(path, MANIFEST_AGENCY "/", length) == 0;
}

static enum fault take_file(void *to, const char *path)
{
	struct signing *signing = to;
	struct manifest *out = signing->out;
	struct manifest_file *file = &out->files[out->file_count];
	struct bytes data = { 0 };
	enum fault fault;

	if (!*path || path[strlen(path) - 1] == '/' || of_agency(path))
		return FAULT_NONE;
	if (!manifest_path(path) || out->file_count == MANIFEST_FILES) {
		log_error("%s: the boot file %s has a name that no release "
			  "may have, or is one too many",
			  signing->path, path);
		return FAULT_FORMAT;
	}
	fault = fat_read(signing->boot, path, MANIFEST_FILE, &data);
	if (!fault) {
		bytes_add_text(&data, "");
		strcpy(file->path, path);
		file->size = data.length;
		key_hash_plain(data.data, data.length, file->hash);
		out->file_count++;
		if (strcmp(path, EDITION_FILE) == 0)
			signing->known =
			    edition_read((char *)data.data, &signing->edition);
	}
	bytes_done(&data);
	return fault;
}

static int by_path(const void *a, const void *b)
{
	return strcmp(((const struct manifest_file *)a)->path,
		      ((const struct manifest_file *)b)->path);
}

static enum fault take_files(const char *path, struct device *image,
			     struct manifest *out)
{
	SCOPED(volume_freep) struct volume *boot = NULL;
	struct signing signing = { .path = path, .out = out };
	enum fault fault = volume_load(image, out->partitions[0].start,
				       out->partitions[0].size, &boot);

	signing.boot = boot;
	out->files = xcalloc(MANIFEST_FILES + 1, sizeof *out->files);
	if (!fault)
		fault = fat_list(boot, take_file, &signing);
	if (fault)
		return fault;
	if (!signing.known)
		return not_ours(path, "its boot partition has no " EDITION_FILE
				      " with its variant and version");
	strcpy(out->variant, signing.edition.variant);
	out->version = signing.edition.version;
	qsort(out->files, out->file_count, sizeof *out->files, by_path);
	return FAULT_NONE;
}

enum fault measure(const char *path, struct manifest *out)
{
	SCOPED(volume_freep) struct volume *image = NULL;
	SCOPED(device_freep) struct device *device = NULL;
	struct probe probe;
	enum fault fault = volume_new(0, &image);

	if (!fault)
		fault = load(path, image, out);
	if (!fault)
		fault = device_of(volume_descriptor(image), path, &device);
	if (!fault)
		fault = probe_look(device, &probe);
	if (!fault)
		fault = take_partitions(path, image, &probe, out);
	return fault ? fault : take_files(path, device, out);
}
