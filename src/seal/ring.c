#include "seal/ring.h"

#include <dirent.h>
#include <errno.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "base/file.h"
#include "base/home.h"
#include "base/log.h"

struct ring {
	struct agency_key *keys[RING_LIMIT];
	size_t count;
};

struct ring *ring_new(void)
{
	return xcalloc(1, sizeof(struct ring));
}

void ring_lock(struct ring *ring)
{
	while (ring->count)
		agency_key_free(ring->keys[--ring->count]);
}

void ring_free(struct ring *ring)
{
	if (!ring)
		return;
	ring_lock(ring);
	free(ring);
}

static bool has(const struct ring *ring, const struct agency_key *key)
{
	for (size_t i = 0; i < ring->count; i++) {
		if (memcmp(agency_key_public(ring->keys[i]),
			   agency_key_public(key), KEY_BYTES) == 0)
			return true;
	}
	return false;
}

void ring_add(struct ring *ring, struct agency_key *key)
{
	if (ring->count == RING_LIMIT || has(ring, key)) {
		agency_key_free(key);
		return;
	}
	ring->keys[ring->count++] = key;
}

static enum fault try_file(struct ring *ring, const char *path,
			   const char *passphrase, struct ring_tried *tried)
{
	struct bytes file = { 0 };
	struct agency_key *key = NULL;
	enum agency_key_answer answer = AGENCY_KEY_WRONG_PASSPHRASE;
	enum fault fault = file_read(path, AGENCY_KEY_FILE_LIMIT, &file);

	if (!fault)
		fault = agency_key_unlock(file.data, file.length, passphrase,
					  &answer, &key);
	bytes_done(&file);
	if (fault == FAULT_FORMAT || fault == FAULT_LIMIT) {
		log_warning("%s: passed over", path);
		return FAULT_NONE;
	}
	tried->sound += !fault;
	if (!fault && answer == AGENCY_KEY_OPENED) {
		ring_add(ring, key);
		tried->opened++;
	}
	return fault;
}

/* The site's own key signs, and opens nothing. */
static bool is_key_file(const char *name)
{
	size_t length = strlen(name);

	return length > 4 && name[0] != '.' &&
	       strcmp(name, HOME_SITE_KEY) != 0 &&
	       strcmp(name + length - 4, ".key") == 0;
}

static enum fault try_folder(struct ring *ring, DIR *keys, const char *folder,
			     const char *passphrase, struct ring_tried *tried)
{
	const struct dirent *entry;
	size_t files = 0, beside = 0;
	enum fault fault = FAULT_NONE;

	while (!fault && (entry = readdir(keys))) {
		SCOPED(char_freep)
		char *path = xasprintf("%s/%s", folder, entry->d_name);
		size_t *count;

		if (!is_key_file(entry->d_name))
			continue;
		count = strchr(entry->d_name, RING_BESIDE) ? &beside : &files;
		tried->files++;
		if ((*count)++ < RING_LIMIT)
			fault = try_file(ring, path, passphrase, tried);
		else
			log_warning("%s: not tried: %d key files are; move "
				    "old ones out of the folder",
				    path, RING_LIMIT);
	}
	return fault;
}

enum fault ring_unlock(struct ring *ring, const char *folder,
		       const char *passphrase, struct ring_tried *tried)
{
	DIR *keys = opendir(folder);
	enum fault fault;

	*tried = (struct ring_tried){ 0 };
	if (!keys && errno == ENOENT)
		return FAULT_NONE;
	if (!keys) {
		log_error("%s: cannot be opened: %s", folder, strerror(errno));
		return FAULT_SYSTEM;
	}
	fault = try_folder(ring, keys, folder, passphrase, tried);
	closedir(keys);
	return fault;
}

size_t ring_count(const struct ring *ring)
{
	return ring->count;
}

const struct agency_key *ring_at(const struct ring *ring, size_t n)
{
	return ring->keys[n];
}

const struct agency_key *ring_find(const struct ring *ring, uint16_t id,
				   size_t n)
{
	for (size_t i = 0; i < ring->count; i++) {
		if (agency_key_id(ring->keys[i]) == id && n-- == 0)
			return ring->keys[i];
	}
	return NULL;
}
