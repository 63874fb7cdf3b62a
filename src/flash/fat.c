#include "flash/fat.h"

#include <errno.h>
#include <fts.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "flash/tool.h"
#include "seal/hash.h"

#define LISTING_LIMIT (4 << 20) /* bytes of all paths */
#define COPY_LIMIT (100 << 20)  /* bytes of a file in a digest */

/* --- files ---------------------------------------------------------------- */

enum fault fat_list(const struct volume *volume, fat_visit *visit, void *to)
{
	struct bytes listing = { 0 };
	enum fault fault =
	    tool_do((const char *[]){ "mdir", "-b", "-/", "-i",
				      volume_path(volume), "::/", NULL },
		    LISTING_LIMIT, &listing);
	char *next = (char *)listing.data, *line;

	while (!fault && next && (line = strsep(&next, "\n"))) {
		if (strncmp(line, "::/", 3) == 0)
			fault = visit(to, line + 3);
	}
	bytes_done(&listing);
	return fault;
}

struct sought {
	const char *path;
	bool found;
};

static enum fault look_for(void *to, const char *path)
{
	struct sought *sought = to;

	sought->found |= strcasecmp(path, sought->path) == 0;
	return FAULT_NONE;
}

enum fault fat_has(const struct volume *volume, const char *path, bool *has)
{
	struct sought sought = { .path = path };
	enum fault fault = fat_list(volume, look_for, &sought);

	*has = sought.found;
	return fault;
}

enum fault fat_read(const struct volume *volume, const char *path, size_t limit,
		    struct bytes *out)
{
	SCOPED(char_freep) char *from = xasprintf("::/%s", path);

	return tool_do((const char *[]){ "mcopy", "-i", volume_path(volume),
					 from, "-", NULL },
		       limit, out);
}

static enum fault do_to(struct volume *volume, const char *program,
			const char *first, const char *second)
{
	return tool_do((const char *[]){ program, "-i", volume_path(volume),
					 first, second, NULL },
		       LISTING_LIMIT, NULL);
}

enum fault fat_add(struct volume *volume, const char *path,
		   const struct bytes *data)
{
	SCOPED(volume_freep) struct volume *file = NULL;
	SCOPED(char_freep) char *to = xasprintf("::/%s", path);
	enum fault fault = volume_new(data->length, &file);
	int status;

	if (!fault)
		fault = volume_write(file, 0, data->data, data->length);
	if (!fault)
		fault = tool_run(
		    (const char *[]){ "mcopy", "-i", volume_path(volume),
				      volume_path(file), to, NULL },
		    LISTING_LIMIT, NULL, &status);
	return fault ? fault : status ? FAULT_LIMIT : FAULT_NONE;
}

enum fault fat_folder(struct volume *volume, const char *path)
{
	SCOPED(char_freep) char *name = xasprintf("::/%s", path);

	return do_to(volume, "mmd", name, NULL);
}

enum fault fat_remove(struct volume *volume, const char *path)
{
	SCOPED(char_freep) char *name = xasprintf("::/%s", path);

	return do_to(volume, "mdel", name, NULL);
}

enum fault fat_rename(struct volume *volume, const char *from, const char *to)
{
	SCOPED(char_freep) char *old = xasprintf("::/%s", from);
	SCOPED(char_freep) char *new = xasprintf("::/%s", to);

	return do_to(volume, "mren", old, new);
}

/* --- repair --------------------------------------------------------------- */

#define SAVED 64 /* files that a repair makes of lost clusters */

/* The names of files that fsck.fat makes, "FSCK0000.REC". */
struct saved {
	char names[SAVED][16];
	size_t count;
};

static enum fault note_saved(void *to, const char *path)
{
	struct saved *saved = to;

	if (strlen(path) == 12 && strncmp(path, "FSCK", 4) == 0 &&
	    strcmp(path + 8, ".REC") == 0 && saved->count < SAVED)
		strcpy(saved->names[saved->count++], path);
	return FAULT_NONE;
}

static bool saved_before(const struct saved *before, const char *name)
{
	for (size_t i = 0; i < before->count; i++) {
		if (strcmp(before->names[i], name) == 0)
			return true;
	}
	return false;
}

static enum fault remove_saved(struct volume *volume,
			       const struct saved *before)
{
	struct saved after = { 0 };
	enum fault fault = fat_list(volume, note_saved, &after);

	for (size_t i = 0; !fault && i < after.count; i++) {
		if (!saved_before(before, after.names[i]))
			fault = fat_remove(volume, after.names[i]);
	}
	return fault;
}

static enum fault check(const struct volume *volume, const char *how,
			int *status)
{
	return tool_run(
	    (const char *[]){ "fsck.fat", how, volume_path(volume), NULL },
	    LISTING_LIMIT, NULL, status);
}

enum fault fat_repair(struct volume *volume)
{
	struct saved before = { 0 };
	int status = 0;
	enum fault fault = check(volume, "-n", &status);

	if (fault || !status)
		return fault;
	if ((fault = fat_list(volume, note_saved, &before)) ||
	    (fault = check(volume, "-a", &status)) ||
	    (fault = remove_saved(volume, &before)) ||
	    (fault = check(volume, "-n", &status)))
		return fault;
	if (!status)
		return FAULT_NONE;
	log_error("the card's boot partition is damaged: copy its folder "
		  "\"foyer\" to this computer, make a new card (--new) and put "
		  "the folder back");
	return FAULT_FORMAT;
}

/* --- a digest ------------------------------------------------------------- */

static int by_name(const FTSENT **a, const FTSENT **b)
{
	return strcmp((*a)->fts_name, (*b)->fts_name);
}

/* Name, size and bytes of each file; folders by their names. */
static enum fault add_entry(struct hash *hash, const FTSENT *entry,
			    size_t before)
{
	struct bytes data = { 0 };
	const bool file = entry->fts_info == FTS_F;
	uint64_t size;
	enum fault fault = FAULT_NONE;

	if (file)
		fault = file_read(entry->fts_accpath, COPY_LIMIT, &data);
	size = file ? data.length : UINT64_MAX;
	hash_add(hash, entry->fts_path + before,
		 strlen(entry->fts_path + before) + 1);
	hash_add(hash, &size, sizeof size);
	hash_add(hash, data.data, data.length);
	bytes_done(&data);
	return fault;
}

static enum fault digest_tree(char *folder, struct hash *hash)
{
	FTS *tree = fts_open((char *[]){ folder, NULL },
			     FTS_PHYSICAL | FTS_NOCHDIR, by_name);
	enum fault fault = tree ? FAULT_NONE : FAULT_SYSTEM;
	FTSENT *entry;

	while (!fault && (entry = fts_read(tree))) {
		if (entry->fts_info == FTS_F || entry->fts_info == FTS_D)
			fault = add_entry(hash, entry, strlen(folder));
		else if (entry->fts_info != FTS_DP)
			fault = FAULT_SYSTEM;
	}
	if (tree)
		fts_close(tree);
	return fault;
}

static void remove_tree(char *folder)
{
	FTS *tree = fts_open((char *[]){ folder, NULL },
			     FTS_PHYSICAL | FTS_NOCHDIR, NULL);
	FTSENT *entry;

	/* What stays is a copy in a folder for what may go. */
	while (tree && (entry = fts_read(tree))) {
		if (entry->fts_info != FTS_D)
			(void)remove(entry->fts_accpath);
	}
	if (tree)
		fts_close(tree);
}

enum fault fat_digest(const struct volume *volume, const char *path,
		      uint8_t digest[KEY_HASH_BYTES])
{
	const char *base = getenv("TMPDIR");
	SCOPED(char_freep)
	char *folder = xasprintf("%s/foyer-flash-XXXXXX", base ? base : "/tmp");
	SCOPED(char_freep) char *from = xasprintf("::/%s", path);
	SCOPED(hash_freep) struct hash *hash = hash_new();
	enum fault fault;

	if (!mkdtemp(folder)) {
		log_error("%s: cannot be made: %s", folder, strerror(errno));
		return FAULT_SYSTEM;
	}
	fault =
	    tool_do((const char *[]){ "mcopy", "-s", "-n", "-Q", "-i",
				      volume_path(volume), from, folder, NULL },
		    LISTING_LIMIT, NULL);
	if (!fault)
		fault = digest_tree(folder, hash);
	remove_tree(folder);
	hash_end(hash, digest);
	return fault;
}
