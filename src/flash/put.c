#include "flash/put.h"

#include <stdlib.h>
#include <string.h>

#include "base/log.h"
#include "flash/fat.h"
#include "flash/image.h"
#include "flash/merge.h"
#include "flash/rewrite.h"
#include "seal/hash.h"

#define PIECE ((size_t)1 << 20)
#define TABLE_ENTRIES 446 /* where they begin in an MBR */
#define TABLE_ENTRY 16    /* bytes */

static const struct manifest *manifest_of(const struct put *put)
{
	return &put->release->manifest;
}

static const struct manifest_partition *part(const struct put *put,
					     enum manifest_role role)
{
	return manifest_role(manifest_of(put), role);
}

/* --- before anything is written ------------------------------------------- */

/* Keeps the image's beginning and its boot partition. */
static enum fault keep(void *to, uint64_t at, const void *data, size_t length)
{
	struct put *put = to;
	const struct manifest_partition *boot = part(put, MANIFEST_BOOT);

	if (at < volume_size(put->first))
		return volume_fill(put->first, at, data, length);
	if (at >= boot->start && at < boot->start + boot->size)
		return volume_fill(put->boot, at - boot->start, data, length);
	return FAULT_NONE;
}

enum fault put_prepare(struct device *card, struct volume *found,
		       const struct release *release, const struct shown *shown,
		       struct put *out)
{
	const struct manifest *manifest = &release->manifest;
	const struct volume *before = NULL;
	enum fault fault;

	*out = (struct put){
		.card = card, .release = release, .shown = shown, .found = found
	};
	fault = volume_new(manifest->partitions[0].start, &out->first);
	if (!fault)
		fault = volume_new(part(out, MANIFEST_BOOT)->size, &out->boot);
	if (!fault)
		fault = image_walk(release->image, manifest, shown,
				   "Checking the release", keep, out);
	if (!fault && found)
		fault = volume_copy(found, &out->sound);
	if (!fault && found)
		fault = fat_repair(out->sound);
	before = found ? out->sound : out->boot;
	if (!fault)
		fault = merge(before, out->boot, release, &out->after);
	return fault || !found ? fault : merge_keeps(found, out->after);
}

void put_done(struct put *put)
{
	volume_free(put->first);
	volume_free(put->boot);
	volume_free(put->after);
	volume_free(put->sound);
	*put = (struct put){ 0 };
}

/* --- writing and reading back --------------------------------------------- */

static enum fault not_kept(const struct put *put, const char *what)
{
	log_error("%s: %s is not what was written: the card or its reader is "
		  "bad; run the same again, and if this is said again, take "
		  "another card",
		  device_path(put->card), what);
	return FAULT_SYSTEM;
}

/* The hash of a stretch of the card, put after what hash has already. */
static enum fault hash_card(struct put *put, uint64_t from, uint64_t to,
			    struct hash *hash, struct progress *progress)
{
	SCOPED(char_freep) char *piece = xcalloc(1, PIECE);
	enum fault fault = FAULT_NONE;

	for (uint64_t at = from; !fault && at < to; at += PIECE) {
		const size_t length =
		    to - at < PIECE ? (size_t)(to - at) : PIECE;

		fault = device_read(put->card, at, piece, length);
		hash_add(hash, piece, length);
		progress_add(progress, length);
	}
	return fault;
}

static enum fault write_volume(struct put *put, const struct volume *volume,
			       uint64_t from, uint64_t to, uint64_t at)
{
	SCOPED(char_freep) char *piece = xcalloc(1, PIECE);
	enum fault fault = FAULT_NONE;

	for (; !fault && from < to; from += PIECE) {
		const size_t length =
		    to - from < PIECE ? (size_t)(to - from) : PIECE;

		fault = volume_read(volume, from, piece, length);
		if (!fault)
			fault =
			    device_write(put->card, at + from, piece, length);
	}
	return fault;
}

/* --- a new card ----------------------------------------------------------- */

/* All but what is before the partitions, and the boot partition. */
static enum fault write_image(void *to, uint64_t at, const void *data,
			      size_t length)
{
	struct put *put = to;
	const struct manifest_partition *boot = part(put, MANIFEST_BOOT);

	if (at < volume_size(put->first) ||
	    (at >= boot->start && at < boot->start + boot->size))
		return FAULT_NONE;
	return device_write(put->card, at, data, length);
}

static enum fault read_new_back(struct put *put)
{
	const struct manifest *manifest = manifest_of(put);
	struct progress progress =
	    progress_begin(put->shown, "Reading back", manifest->size);
	uint8_t result[KEY_HASH_BYTES];
	enum fault fault = FAULT_NONE;

	if (!volume_same(put->after, put->card,
			 part(put, MANIFEST_BOOT)->start))
		return not_kept(put, "the boot partition");
	for (size_t i = 0; !fault && i < manifest->partition_count; i++) {
		const struct manifest_partition *one = &manifest->partitions[i];
		SCOPED(hash_freep) struct hash *hash = hash_new();

		if (one->role == MANIFEST_BOOT)
			continue;
		fault = hash_card(put, one->start, one->start + one->size, hash,
				  &progress);
		hash_end(hash, result);
		if (!fault && memcmp(result, one->hash, sizeof result) != 0)
			return not_kept(put, "a partition");
	}
	if (!fault)
		progress_end(&progress);
	return fault;
}

/* The table comes after all the rest, in a write of its own. */
static enum fault write_beginning(struct put *put)
{
	uint8_t table[MANIFEST_SECTOR];
	enum fault fault = write_volume(put, put->first, MANIFEST_SECTOR,
					volume_size(put->first), 0);

	if (!fault)
		fault = device_settle(put->card);
	if (!fault)
		fault = volume_read(put->first, 0, table, sizeof table);
	if (!fault)
		fault = device_write(put->card, 0, table, sizeof table);
	if (!fault)
		fault = device_settle(put->card);
	if (!fault && !volume_same(put->first, put->card, 0))
		return not_kept(put, "the partition table");
	return fault;
}

enum fault put_new(struct put *put)
{
	const struct manifest_partition *boot = part(put, MANIFEST_BOOT);
	SCOPED(volume_freep) struct volume *nothing = NULL;
	enum fault fault = volume_new(volume_size(put->first), &nothing);

	if (!fault)
		fault = write_volume(put, nothing, 0, volume_size(nothing), 0);
	if (!fault)
		fault = device_settle(put->card);
	if (!fault)
		fault =
		    write_volume(put, put->after, 0, boot->size, boot->start);
	if (!fault)
		fault = image_walk(put->release->image, manifest_of(put),
				   put->shown, "Writing", write_image, put);
	if (!fault)
		fault = device_settle(put->card);
	if (!fault)
		fault = read_new_back(put);
	if (!fault)
		fault = write_beginning(put);
	if (!fault)
		device_announce(put->card);
	return fault;
}

/* --- a card in use -------------------------------------------------------- */

/* A root on its way to the card. */
struct root {
	struct put *put;
	const struct manifest_partition *part;
	uint8_t first[PUT_BLOCK]; /* kept back */
};

static enum fault write_root(void *to, uint64_t at, const void *data,
			     size_t length)
{
	struct root *root = to;
	const uint8_t *from = data;
	uint64_t inside = at - root->part->start;

	if (at < root->part->start ||
	    at >= root->part->start + root->part->size)
		return FAULT_NONE;
	if (inside == 0) { /* a piece is never shorter, nor the partition */
		memcpy(root->first, from, PUT_BLOCK);
		from += PUT_BLOCK;
		length -= PUT_BLOCK;
		at += PUT_BLOCK;
	}
	return device_write(root->put->card, at, from, length);
}

static enum fault read_root_back(struct root *root)
{
	const struct manifest_partition *one = root->part;
	struct progress progress =
	    progress_begin(root->put->shown, "Reading back", one->size);
	SCOPED(hash_freep) struct hash *hash = hash_new();
	uint8_t result[KEY_HASH_BYTES];
	enum fault fault;

	hash_add(hash, root->first, PUT_BLOCK);
	fault = hash_card(root->put, one->start + PUT_BLOCK,
			  one->start + one->size, hash, &progress);
	hash_end(hash, result);
	if (!fault && memcmp(result, one->hash, sizeof result) != 0)
		fault = not_kept(root->put, "the root partition");
	if (!fault)
		progress_end(&progress);
	return fault;
}

/* The root's entry as the image has it, in the table as the card has it. */
static enum fault write_entry(struct put *put)
{
	uint8_t table[MANIFEST_SECTOR], image[MANIFEST_SECTOR];
	const size_t at =
	    TABLE_ENTRIES +
	    TABLE_ENTRY * (size_t)(part(put, MANIFEST_ROOT)->number - 1);
	enum fault fault = device_read(put->card, 0, table, sizeof table);

	if (!fault)
		fault = volume_read(put->first, 0, image, sizeof image);
	if (fault || memcmp(table + at, image + at, TABLE_ENTRY) == 0)
		return fault;
	memcpy(table + at, image + at, TABLE_ENTRY);
	fault = device_write(put->card, 0, table, sizeof table);
	return fault ? fault : device_settle(put->card);
}

static enum fault write_first(struct root *root, const uint8_t block[PUT_BLOCK])
{
	struct device *card = root->put->card;
	enum fault fault =
	    device_write(card, root->part->start, block, PUT_BLOCK);

	return fault ? fault : device_settle(card);
}

static enum fault write_boot(struct put *put)
{
	const uint64_t at = part(put, MANIFEST_BOOT)->start;
	enum fault fault = rewrite(put->card, at, put->found, put->sound);

	if (!fault)
		fault = rewrite(put->card, at, put->sound, put->after);
	if (!fault && !volume_same(put->after, put->card, at))
		return not_kept(put, "the boot partition");
	return fault;
}

enum fault put_update(struct put *put)
{
	static const uint8_t nothing[PUT_BLOCK];
	struct root root = { .put = put, .part = part(put, MANIFEST_ROOT) };
	uint8_t back[PUT_BLOCK];
	enum fault fault = write_first(&root, nothing);

	if (!fault)
		fault = write_entry(put);
	if (!fault)
		fault = image_walk(put->release->image, manifest_of(put),
				   put->shown, "Writing", write_root, &root);
	if (!fault)
		fault = device_settle(put->card);
	if (!fault)
		fault = read_root_back(&root);
	if (!fault)
		fault = write_boot(put);
	if (!fault)
		fault = write_first(&root, root.first);
	if (!fault)
		fault =
		    device_read(put->card, root.part->start, back, sizeof back);
	if (!fault && memcmp(back, root.first, sizeof back) != 0)
		return not_kept(put, "the root's first block");
	if (!fault)
		device_announce(put->card);
	return fault;
}
