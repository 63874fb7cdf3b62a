#include "flash/manifest.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/log.h"
#include "flash/manifest_inside.h"

const char *const manifest_roles[MANIFEST_ROLES] = {
	[MANIFEST_BOOT] = "boot",
	[MANIFEST_DATA] = "data",
	[MANIFEST_ROOT] = "root",
};

static void add_hex(struct bytes *out, const uint8_t *data, size_t length)
{
	for (size_t i = 0; i < length; i++)
		bytes_add_format(out, "%02x", data[i]);
	bytes_add_byte(out, '\n');
}

static void add_partition(struct bytes *out,
			  const struct manifest_partition *partition)
{
	bytes_add_format(
	    out, "partition %d %s %02x %" PRIu64 " %" PRIu64 " %s ",
	    partition->number, manifest_roles[partition->role], partition->type,
	    partition->start, partition->size, partition->holds);
	add_hex(out, partition->hash, sizeof partition->hash);
}

static void add_file(struct bytes *out, const struct manifest_file *file)
{
	bytes_add_text(out, "file ");
	for (size_t i = 0; i < sizeof file->hash; i++)
		bytes_add_format(out, "%02x", file->hash[i]);
	bytes_add_format(out, " %" PRIu64 " %s\n", file->size, file->path);
}

void manifest_write(const struct manifest *manifest,
		    const uint8_t seed[SIGNATURE_SEED], struct bytes *out)
{
	uint8_t key[KEY_BYTES], hash[KEY_HASH_BYTES];
	uint8_t signature[SIGNATURE_BYTES];
	const size_t begin = out->length;

	signature_public(seed, key);
	bytes_add_format(out,
			 MANIFEST_MAGIC "\nname %s\nvariant %s\nversion %s\n"
					"image %s\nsize %" PRIu64 "\nhash ",
			 manifest->name, manifest->variant,
			 manifest->version.text, manifest->image,
			 manifest->size);
	add_hex(out, manifest->hash, sizeof manifest->hash);
	bytes_add_format(out, "disk %08" PRIx32 "\n", manifest->disk);
	for (size_t i = 0; i < manifest->partition_count; i++)
		add_partition(out, &manifest->partitions[i]);
	for (size_t i = 0; i < manifest->file_count; i++)
		add_file(out, &manifest->files[i]);
	bytes_add_text(out, "key ");
	add_hex(out, key, sizeof key);
	key_hash(MANIFEST_PREFIX, out->data + begin, out->length - begin, hash);
	signature_make(seed, MANIFEST_PREFIX, hash, sizeof hash, signature);
	bytes_add_text(out, "signature ");
	add_hex(out, signature, sizeof signature);
}

void manifest_done(struct manifest *manifest)
{
	free(manifest->files);
	*manifest = (struct manifest){ 0 };
}

const struct manifest_partition *manifest_role(const struct manifest *manifest,
					       enum manifest_role role)
{
	for (size_t i = 0; i < manifest->partition_count; i++) {
		if (manifest->partitions[i].role == role)
			return &manifest->partitions[i];
	}
	return NULL;
}

/* A name of a path: its length, or 0 if it may not be one. */
static size_t name_length(const char *name)
{
	const size_t length = strcspn(name, "/");

	if (*name == '.' ||
	    strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
			 "0123456789._+-") < length)
		return 0;
	return length;
}

bool manifest_path(const char *path)
{
	const size_t agency = strlen(MANIFEST_AGENCY);

	if (strlen(path) >= MANIFEST_PATH ||
	    (strncasecmp(path, MANIFEST_AGENCY, agency) == 0 &&
	     (!path[agency] || path[agency] == '/')))
		return false;
	for (;;) {
		const size_t length = name_length(path);

		if (!length)
			return false;
		path += length;
		if (!*path)
			return true;
		path++;
	}
}
