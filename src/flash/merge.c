#include "flash/merge.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/log.h"
#include "flash/fat.h"

/* A file that goes, which keeps its clusters until all that is new is there. */
#define OLD "FLASH%03zu.TMP"

/* A release's text is no longer than any of its files. */
static_assert(MANIFEST_LIMIT <= MANIFEST_FILE, "a release's text is a file");

struct merging {
	const struct volume *boot;
	const struct release *release;
	struct volume *out;
	struct bytes paths; /* of out, as it was; each with a zero behind it */
	char *going[MANIFEST_FILES + 1]; /* what file i's old one is called */
};

/* --- what is there -------------------------------------------------------- */

static enum fault note_path(void *to, const char *path)
{
	struct merging *merging = to;

	bytes_add(&merging->paths, path, strlen(path) + 1);
	return FAULT_NONE;
}

static bool is_there(const struct merging *merging, const char *path)
{
	const char *at = (const char *)merging->paths.data;
	const char *end = at + merging->paths.length;

	for (; at < end; at += strlen(at) + 1) {
		if (strcasecmp(at, path) == 0)
			return true;
	}
	return false;
}

static bool is_file(const struct bytes *data, const struct manifest_file *file)
{
	uint8_t hash[KEY_HASH_BYTES];

	key_hash_plain(data->data, data->length, hash);
	return data->length == file->size &&
	       memcmp(hash, file->hash, sizeof hash) == 0;
}

/* --- new files ------------------------------------------------------------ */

static enum fault make_folders(struct merging *merging, const char *path)
{
	enum fault fault = FAULT_NONE;

	for (const char *slash = strchr(path, '/'); slash && !fault;
	     slash = strchr(slash + 1, '/')) {
		SCOPED(char_freep)
		char *folder = xstrndup(path, (size_t)(slash - path) + 1);

		if (is_there(merging, folder))
			continue;
		note_path(merging, folder);
		folder[slash - path] = 0;
		fault = fat_folder(merging->out, folder);
	}
	return fault;
}

static enum fault replace(struct merging *merging, size_t index,
			  const char *path, const struct bytes *data)
{
	const char *slash = strrchr(path, '/');
	enum fault fault = make_folders(merging, path);

	if (!fault && is_there(merging, path)) {
		merging->going[index] =
		    xasprintf("%.*s" OLD, slash ? (int)(slash - path) + 1 : 0,
			      path, index);
		fault = fat_rename(merging->out, path, merging->going[index]);
	}
	if (fault)
		return fault;
	fault = fat_add(merging->out, path, data);
	if (fault == FAULT_LIMIT)
		log_error("the card's boot partition has no room for %s "
			  "(%zu kB): take large files out of its folder "
			  "\"" MANIFEST_AGENCY "\" for now, or make a new "
			  "card (--new); nothing was written",
			  path, data->length / 1000 + 1);
	return fault;
}

/* Whether the card has that very file already. */
static enum fault compare(const struct merging *merging,
			  const struct manifest_file *file, bool *same)
{
	struct bytes data = { 0 };
	enum fault fault = FAULT_NONE;

	*same = false;
	if (is_there(merging, file->path)) {
		fault =
		    fat_read(merging->out, file->path, MANIFEST_FILE, &data);
		*same = !fault && is_file(&data, file);
	}
	bytes_done(&data);
	return fault;
}

static enum fault bring(struct merging *merging, size_t index)
{
	const struct manifest_file *file =
	    &merging->release->manifest.files[index];
	struct bytes data = { 0 };
	bool same;
	enum fault fault = compare(merging, file, &same);

	if (fault || same)
		return fault;
	fault = fat_read(merging->boot, file->path, file->size, &data);
	if (!fault && !is_file(&data, file)) {
		log_error("the image's %s is not the one its release names: "
			  "whoever made it must sign it again",
			  file->path);
		fault = FAULT_FORMAT;
	}
	if (!fault)
		fault = replace(merging, index, file->path, &data);
	bytes_done(&data);
	return fault;
}

static enum fault bring_all(struct merging *merging)
{
	const struct manifest *manifest = &merging->release->manifest;
	enum fault fault = FAULT_NONE;

	for (size_t i = 0; !fault && i < manifest->file_count; i++)
		fault = bring(merging, i);
	return fault ? fault
		     : replace(merging, manifest->file_count, RELEASE_FILE,
			       &merging->release->text);
}

/* --- what goes ------------------------------------------------------------ */

static enum fault remove_going(struct merging *merging)
{
	enum fault fault = FAULT_NONE;

	for (size_t i = 0; !fault && i <= MANIFEST_FILES; i++) {
		if (merging->going[i])
			fault = fat_remove(merging->out, merging->going[i]);
	}
	return fault;
}

static bool has_file(const struct manifest *manifest, const char *path)
{
	for (size_t i = 0; i < manifest->file_count; i++) {
		if (strcasecmp(manifest->files[i].path, path) == 0)
			return true;
	}
	return false;
}

static enum fault remove_old(struct merging *merging,
			     const struct manifest *old)
{
	enum fault fault = FAULT_NONE;

	for (size_t i = 0; !fault && i < old->file_count; i++) {
		const char *path = old->files[i].path;

		if (!has_file(&merging->release->manifest, path) &&
		    strcasecmp(path, RELEASE_FILE) != 0 &&
		    is_there(merging, path))
			fault = fat_remove(merging->out, path);
	}
	return fault;
}

static void silent(void *to, enum log_level level, const char *line)
{
	(void)to;
	(void)level;
	(void)line;
}

/* Only files that a release put there, by its own text, are taken away. */
static enum fault take_away(struct merging *merging, const struct volume *card)
{
	struct bytes text = { 0 };
	struct manifest old = { 0 };
	bool good = false;
	void *to;
	log_sink *sink = log_sink_now(&to);
	enum fault fault = FAULT_NONE;

	if (!is_there(merging, RELEASE_FILE))
		return FAULT_NONE;
	/* A text that cannot be read names nothing, and is replaced. */
	log_to(silent, NULL);
	if (fat_read(card, RELEASE_FILE, MANIFEST_LIMIT, &text) || !text.data ||
	    manifest_read(RELEASE_FILE, text.data, text.length, &good, &old))
		good = false;
	log_to(sink, to);
	if (good)
		fault = remove_old(merging, &old);
	manifest_done(&old);
	bytes_done(&text);
	return fault;
}

/* --- all of it ------------------------------------------------------------ */

enum fault merge_keeps(const struct volume *before, const struct volume *after)
{
	uint8_t was[KEY_HASH_BYTES], is[KEY_HASH_BYTES];
	enum fault fault = fat_digest(before, MANIFEST_AGENCY, was);

	if (!fault)
		fault = fat_digest(after, MANIFEST_AGENCY, is);
	if (fault || memcmp(was, is, sizeof is) == 0)
		return fault;
	log_error("the agency's folder would not stay what it is: its "
		  "partition is damaged; copy the folder to this computer, "
		  "make a new card (--new) and put it back; nothing was "
		  "written");
	return FAULT_FORMAT;
}

static enum fault change(struct merging *merging, const struct volume *card)
{
	enum fault fault = fat_list(card, note_path, merging);

	if (!fault)
		fault = bring_all(merging);
	if (!fault)
		fault = take_away(merging, card);
	return fault ? fault : remove_going(merging);
}

enum fault merge(const struct volume *card, const struct volume *boot,
		 const struct release *release, struct volume **out)
{
	SCOPED(volume_freep) struct volume *copy = NULL;
	struct merging merging = { .boot = boot, .release = release };
	enum fault fault = volume_copy(card, &copy);

	merging.out = copy;
	if (!fault)
		fault = change(&merging, card);
	bytes_done(&merging.paths);
	for (size_t i = 0; i <= MANIFEST_FILES; i++)
		free(merging.going[i]);
	if (fault)
		return fault;
	*out = copy;
	copy = NULL;
	return FAULT_NONE;
}
