#include "seal/reseal.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "seal/ring.h"
#include "seal/secret.h"

#define ENDING ".key"
#define TAG (2 * 4 + 1) /* hexadecimal digits of a change, with the zero */

struct reseal {
	char *folder;
	int lock;
	char tag[TAG];
	char *names[RING_LIMIT]; /* NAME of each that was begun */
	size_t count;
};

/* --- the folder ----------------------------------------------------------- */

static bool ends_as_key(const char *name)
{
	const size_t length = strlen(name), end = strlen(ENDING);

	return length > end && name[0] != '.' &&
	       strcmp(name + length - end, ENDING) == 0;
}

static int is_base(const struct dirent *entry)
{
	return ends_as_key(entry->d_name) &&
	       !strchr(entry->d_name, RING_BESIDE);
}

static int is_beside(const struct dirent *entry)
{
	return ends_as_key(entry->d_name) && strchr(entry->d_name, RING_BESIDE);
}

/* File names: SCOPED(names_done). */
struct names {
	struct dirent **entries;
	int count;
};

static void names_done(struct names *names)
{
	while (names->count > 0)
		free(names->entries[--names->count]);
	free(names->entries);
}

static enum fault names_read(const char *folder,
			     int (*which)(const struct dirent *),
			     struct names *out)
{
	*out = (struct names){ 0 };
	out->count = scandir(folder, &out->entries, which, alphasort);
	if (out->count >= 0 || errno == ENOENT)
		return FAULT_NONE;
	log_error("%s: cannot be read: %s", folder, strerror(errno));
	return FAULT_SYSTEM;
}

/* "agency" of agency.key and of agency~1A2B3C4D.key alike. */
static bool has_stem(const char *name, const char *stem)
{
	const size_t length = strlen(stem);

	return strncmp(name, stem, length) == 0 &&
	       (name[length] == RING_BESIDE ||
		strcmp(name + length, ENDING) == 0);
}

static char *path_of(const char *folder, const char *stem, const char *tag)
{
	return tag ? xasprintf("%s/%s%c%s" ENDING, folder, stem, RING_BESIDE,
			       tag)
		   : xasprintf("%s/%s" ENDING, folder, stem);
}

static char *stem_of(const char *name)
{
	return xstrndup(name, strlen(name) - strlen(ENDING));
}

/* The lock goes with whoever holds it. Not had: -1, and *fault says why. */
static int take_lock(const char *folder, enum fault *fault)
{
	const int lock = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	*fault = FAULT_NONE;
	if (lock < 0 && errno == ENOENT)
		return -1;
	if (lock >= 0 && !flock(lock, LOCK_EX | LOCK_NB))
		return lock;
	log_error("%s: %s", folder,
		  lock < 0 ? strerror(errno)
			   : "another program changes the passphrase now; try "
			     "again in a minute");
	if (lock >= 0)
		close(lock);
	*fault = FAULT_SYSTEM;
	return -1;
}

/* --- one file ------------------------------------------------------------- */

enum opened { OPENED, SHUT, NO_KEY };

static enum fault try_file(const char *path, const char *passphrase,
			   enum opened *opened, struct agency_key **out)
{
	struct bytes file = { 0 };
	enum agency_key_answer answer = AGENCY_KEY_WRONG_PASSPHRASE;
	enum fault fault = file_read(path, AGENCY_KEY_FILE_LIMIT, &file);

	if (!fault)
		fault = agency_key_unlock(file.data, file.length, passphrase,
					  &answer, out);
	bytes_done(&file);
	*opened = fault ? NO_KEY : answer == AGENCY_KEY_OPENED ? OPENED : SHUT;
	/* Said in the log already; what is no key file is let be. */
	return fault == FAULT_FORMAT || fault == FAULT_LIMIT ? FAULT_NONE
							     : fault;
}

/* The first of what stands beside a NAME.key that the passphrase opens; *name
 * is NULL where none does. */
static enum fault try_beside(const char *folder, const char *stem,
			     const char *passphrase, char **name,
			     struct agency_key **out)
{
	SCOPED(names_done) struct names names = { 0 };
	enum opened opened = SHUT;
	enum fault fault = names_read(folder, is_beside, &names);

	*name = NULL;
	for (int i = 0; !fault && !*name && i < names.count; i++) {
		const char *found = names.entries[i]->d_name;
		SCOPED(char_freep) char *path = NULL;

		if (!has_stem(found, stem))
			continue;
		path = xasprintf("%s/%s", folder, found);
		fault = try_file(path, passphrase, &opened, out);
		if (!fault && opened == OPENED)
			*name = xstrdup(found);
	}
	return fault;
}

/* Removes what stands beside a NAME.key. */
static enum fault clear_beside(const char *folder, const char *stem)
{
	SCOPED(names_done) struct names names = { 0 };
	enum fault fault = names_read(folder, is_beside, &names);

	for (int i = 0; !fault && i < names.count; i++) {
		SCOPED(char_freep)
		char *path =
		    xasprintf("%s/%s", folder, names.entries[i]->d_name);

		if (has_stem(names.entries[i]->d_name, stem))
			fault = file_remove(path);
	}
	return fault;
}

/* It takes the place of NAME.key, and what else stands beside goes. */
static enum fault put_in_place(const char *folder, const char *stem,
			       const char *from)
{
	SCOPED(char_freep) char *to = path_of(folder, stem, NULL);

	if (rename(from, to)) {
		log_error("%s: cannot take the place of %s: %s", from, to,
			  strerror(errno));
		return FAULT_SYSTEM;
	}
	return folder_sync(to) ? FAULT_SYSTEM : clear_beside(folder, stem);
}

/* --- the steps ------------------------------------------------------------ */

static enum fault write_beside(struct reseal *reseal, const char *stem,
			       const struct agency_key *key,
			       enum agency_key_cost cost,
			       const char *passphrase)
{
	SCOPED(char_freep)
	char *path = path_of(reseal->folder, stem, reseal->tag);
	struct bytes file = { 0 };
	enum fault fault = agency_key_lock(key, cost, passphrase, &file);

	if (!fault)
		fault = file_write(path, file.data, file.length, 0600);
	bytes_done(&file);
	return fault;
}

/* What the old one opens is NAME.key, or what an earlier cut left beside. */
static enum fault begin_one(struct reseal *reseal, const char *stem,
			    const char *old, const char *passphrase,
			    enum agency_key_cost cost, struct reseal_told *told)
{
	SCOPED(agency_key_freep) struct agency_key *key = NULL;
	SCOPED(char_freep) char *path = path_of(reseal->folder, stem, NULL);
	SCOPED(char_freep) char *beside = NULL;
	enum opened opened;
	enum fault fault = try_file(path, old, &opened, &key);

	if (!fault && !key)
		fault = try_beside(reseal->folder, stem, old, &beside, &key);
	told->others += !fault && !key && opened == SHUT;
	if (fault || !key)
		return fault;
	if (reseal->count == RING_LIMIT) {
		log_error("%s: more than %d key files; move old ones out of "
			  "the folder",
			  reseal->folder, RING_LIMIT);
		return FAULT_LIMIT;
	}
	if ((fault = write_beside(reseal, stem, key, cost, passphrase)))
		return fault;
	reseal->names[reseal->count++] = xstrdup(stem);
	told->opened++;
	return FAULT_NONE;
}

static enum fault begin_all(struct reseal *reseal, const char *old,
			    const char *passphrase, enum agency_key_cost cost,
			    struct reseal_told *told)
{
	SCOPED(names_done) struct names names = { 0 };
	enum fault fault = names_read(reseal->folder, is_base, &names);

	for (int i = 0; !fault && i < names.count; i++) {
		SCOPED(char_freep)
		char *stem = stem_of(names.entries[i]->d_name);

		fault = begin_one(reseal, stem, old, passphrase, cost, told);
	}
	return fault;
}

static void make_tag(char tag[TAG])
{
	uint32_t number;

	secret_random(&number, sizeof number);
	snprintf(tag, TAG, "%08X", (unsigned)number);
}

enum fault reseal_begin(const char *folder, const char *old,
			const char *passphrase, enum agency_key_cost cost,
			struct reseal **out, struct reseal_told *told)
{
	SCOPED(reseal_freep) struct reseal *reseal = NULL;
	enum fault fault;
	const int lock = take_lock(folder, &fault);

	*told = (struct reseal_told){ 0 };
	*out = NULL;
	if (lock < 0)
		return fault;
	reseal = xcalloc(1, sizeof *reseal);
	reseal->lock = lock;
	reseal->folder = xstrdup(folder);
	make_tag(reseal->tag);
	if ((fault = begin_all(reseal, old, passphrase, cost, told)))
		return fault;
	if (told->opened) {
		*out = reseal;
		reseal = NULL;
	}
	return FAULT_NONE;
}

enum fault reseal_end(struct reseal *reseal)
{
	enum fault fault = FAULT_NONE;

	for (size_t i = 0; !fault && i < reseal->count; i++) {
		SCOPED(char_freep)
		char *from =
		    path_of(reseal->folder, reseal->names[i], reseal->tag);

		fault = put_in_place(reseal->folder, reseal->names[i], from);
	}
	return fault;
}

void reseal_free(struct reseal *reseal)
{
	if (!reseal)
		return;
	while (reseal->count)
		free(reseal->names[--reseal->count]);
	free(reseal->folder);
	close(reseal->lock);
	free(reseal);
}

/* --- for good ------------------------------------------------------------- */

enum fault reseal_destroy(const char *folder, const char *name)
{
	SCOPED(char_freep) char *stem = stem_of(name);
	SCOPED(char_freep) char *base = path_of(folder, stem, NULL);
	enum fault fault = clear_beside(folder, stem);

	/* Last what is listed: a cut before it is seen. */
	return fault ? fault : file_remove(base);
}

/* --- after a cut ---------------------------------------------------------- */

static enum fault settle_one(const char *folder, const char *stem,
			     const char *passphrase)
{
	SCOPED(agency_key_freep) struct agency_key *key = NULL;
	SCOPED(char_freep) char *base = path_of(folder, stem, NULL);
	SCOPED(char_freep) char *name = NULL;
	SCOPED(char_freep) char *from = NULL;
	enum opened opened;
	enum fault fault;

	if (!file_exists(base)) /* it was destroyed, and so are these */
		return clear_beside(folder, stem);
	fault = try_file(base, passphrase, &opened, &key);
	if (fault)
		return fault;
	if (key)
		return clear_beside(folder, stem);
	if ((fault = try_beside(folder, stem, passphrase, &name, &key)) ||
	    !name)
		return fault;
	from = xasprintf("%s/%s", folder, name);
	return put_in_place(folder, stem, from);
}

/* Of what stands beside, each NAME once: they are sorted. */
enum fault reseal_settle_alone(const char *folder, const char *passphrase)
{
	SCOPED(names_done) struct names names = { 0 };
	SCOPED(char_freep) char *last = NULL;
	enum fault fault = names_read(folder, is_beside, &names);

	for (int i = 0; !fault && i < names.count; i++) {
		const char *name = names.entries[i]->d_name;
		char *stem =
		    xstrndup(name, (size_t)(strchr(name, RING_BESIDE) - name));

		if (!last || strcmp(last, stem) != 0)
			fault = settle_one(folder, stem, passphrase);
		free(last);
		last = stem;
	}
	return fault;
}

enum fault reseal_settle(const char *folder, const char *passphrase)
{
	const int lock = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	enum fault fault = FAULT_NONE;

	if (lock < 0)
		return FAULT_NONE;
	/* Whoever holds it is changing it, and ends it. */
	if (!flock(lock, LOCK_EX | LOCK_NB))
		fault = reseal_settle_alone(folder, passphrase);
	close(lock);
	return fault;
}
