#include <stdio.h>
#include <string.h>

#include "base/log.h"
#include "flash/fat.h"
#include "flash/found.h"
#include "flash/progress.h"
#include "flash/release.h"
#include "flash/verb.h"
#include "seal/hash.h"

#define PIECE ((size_t)1 << 20)

/* --- the card's own release ----------------------------------------------- */

/* The first partition that holds a boot partition's FAT. */
static const struct probe_partition *boot_of(const struct probe *probe)
{
	for (size_t i = 0; i < probe->count; i++) {
		if (strcmp(probe->partitions[i].holds, "vfat") == 0)
			return &probe->partitions[i];
	}
	return NULL;
}

static enum fault no_release(const struct device *card)
{
	log_error("%s has no " RELEASE_FILE " of foyer-flash on it: it was "
		  "written by another program, or is no card of Foyer's; give "
		  "the release to compare it with, too",
		  device_path(card));
	return FAULT_FORMAT;
}

/* The release that the card says it is, whose signature is good. */
static enum fault read_own(struct device *card, const struct signers *keys,
			   struct release *out)
{
	SCOPED(volume_freep) struct volume *boot = NULL;
	const struct probe_partition *part;
	struct bytes text = { 0 };
	struct probe probe;
	bool has = false;
	enum fault fault = probe_look(card, &probe);

	if (fault)
		return fault;
	part = boot_of(&probe);
	if (!part)
		return no_release(card);
	fault = volume_load(card, part->start, part->size, &boot);
	if (!fault)
		fault = fat_has(boot, RELEASE_FILE, &has);
	if (!fault && !has)
		return no_release(card);
	if (!fault)
		fault = fat_read(boot, RELEASE_FILE, MANIFEST_LIMIT, &text);
	if (!fault)
		fault =
		    release_of("the card's " RELEASE_FILE, &text, keys, out);
	bytes_done(&text);
	return fault;
}

/* --- comparing ------------------------------------------------------------ */

static enum fault check_root(struct device *card,
			     const struct manifest_partition *root, bool *same)
{
	SCOPED(hash_freep) struct hash *hash = hash_new();
	SCOPED(char_freep) char *piece = xcalloc(1, PIECE);
	const struct shown shown = { .to = stderr };
	struct progress progress =
	    progress_begin(&shown, "Reading the root", root->size);
	uint8_t result[KEY_HASH_BYTES];
	enum fault fault = FAULT_NONE;

	for (uint64_t at = 0; !fault && at < root->size; at += PIECE) {
		const size_t length =
		    root->size - at < PIECE ? (size_t)(root->size - at) : PIECE;

		fault = device_read(card, root->start + at, piece, length);
		hash_add(hash, piece, length);
		progress_add(&progress, length);
	}
	hash_end(hash, result);
	*same = memcmp(result, root->hash, sizeof result) == 0;
	if (!fault)
		progress_end(&progress);
	return fault;
}

static bool root_in_table(const struct probe *probe,
			  const struct manifest_partition *root)
{
	const struct probe_partition *found = found_partition(probe, root);

	return found && found->start == root->start &&
	       found->size == root->size && found->type == root->type;
}

/* Adds 1 to *wrong, and says which, for each boot file that is another. */
static enum fault check_files(const struct volume *boot,
			      const struct manifest *manifest, int *wrong)
{
	enum fault fault = FAULT_NONE;

	for (size_t i = 0; !fault && i < manifest->file_count; i++) {
		const struct manifest_file *file = &manifest->files[i];
		uint8_t hash[KEY_HASH_BYTES] = { 0 };
		struct bytes data = { 0 };
		bool has;

		fault = fat_has(boot, file->path, &has);
		if (!fault && has)
			fault =
			    fat_read(boot, file->path, MANIFEST_FILE, &data);
		key_hash_plain(data.data, data.length, hash);
		if (!fault && (!has || memcmp(hash, file->hash, sizeof hash))) {
			printf("wrong    %s: %s\n", file->path,
			       has ? "not the release's" : "missing");
			(*wrong)++;
		}
		bytes_done(&data);
	}
	return fault;
}

static enum fault check_used(struct device *card, const struct found *found,
			     const struct manifest *manifest, int *wrong)
{
	const struct manifest_partition *root =
	    manifest_role(manifest, MANIFEST_ROOT);
	bool same = root_in_table(&found->probe, root);
	enum fault fault = FAULT_NONE;

	if (!same)
		printf("wrong    the table: partition %d is not the "
		       "release's\n",
		       root->number);
	else if (!(fault = check_root(card, root, &same)) && !same)
		printf("wrong    partition %d: not the release's\n",
		       root->number);
	*wrong += !same;
	return fault ? fault : check_files(found->boot, manifest, wrong);
}

static enum fault compare(struct device *card, const struct release *release,
			  int *wrong)
{
	const struct manifest *manifest = &release->manifest;
	struct found found;
	enum fault fault = found_look(card, manifest, &found);

	if (fault)
		return fault;
	if (found.kind == FOUND_USED) {
		fault = check_used(card, &found, manifest, wrong);
	} else {
		printf("wrong    it is no card of this release: %s\n",
		       found.odd ? found.odd : "nothing of Foyer's is on it");
		(*wrong)++;
	}
	found_done(&found);
	return fault;
}

static int tell(const struct device *card, const struct manifest *manifest,
		int wrong)
{
	printf("release  %s, variant %s, version %s\n", manifest->name,
	       manifest->variant, manifest->version.text);
	if (!wrong) {
		printf("%s is what this release says. What the agency has on "
		       "it was not looked at.\n",
		       device_path(card));
		return EXIT_DONE;
	}
	printf("%s is not what this release says: write the release to it "
	       "again; what the\nagency has on it is kept.\n",
	       device_path(card));
	return EXIT_INPUT;
}

static int run(const struct given *given)
{
	SCOPED(device_freep) struct device *card = NULL;
	struct release release = { 0 };
	int wrong = 0, status;
	enum fault fault = device_open(given->words[0], DEVICE_LOOK, 0, &card);

	if (!fault)
		fault = given->count > 1
			    ? release_open(given->words[1], &given->trusted,
					   &release)
			    : read_own(card, &given->trusted, &release);
	if (!fault)
		fault = compare(card, &release, &wrong);
	status =
	    fault ? fault_exit(fault) : tell(card, &release.manifest, wrong);
	release_done(&release);
	return status;
}

const struct verb verb_check = {
	.name = "check",
	.usage = "DEVICE|FILE [RELEASE] [--key FILE]...",
	.summary = "      Which release is on a card, and whether all of it is "
		   "as it was signed; with\n      RELEASE, whether it is that "
		   "one. Writes nothing.\n",
	.least = 1,
	.most = 2,
	.trusts = true,
	.run = run,
};
