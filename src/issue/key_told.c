#include "issue/key_told.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/bytes.h"
#include "base/file.h"
#include "base/log.h"
#include "seal/ring.h"

#define PAPER_NOTE "paper"
#define DAY_SECONDS ((int64_t)24 * 3600)

static_assert(KEYS_OLD == RING_LIMIT - 1, "with the present one, a ring");

/* --- the old ones ----------------------------------------------------------
 */

/* "old-1A2B-20261122.key"; a second of that name has "-2" before the dot. */
static bool read_name(const char *name, struct old_key *old)
{
	unsigned id, year, month, day;
	int length = 0;
	struct tm utc = { 0 };

	if (strlen(name) >= KEY_OLD_NAME || strchr(name, RING_BESIDE) ||
	    sscanf(name, "old-%4x-%4u%2u%2u%n", &id, &year, &month, &day,
		   &length) != 4 ||
	    (name[length] != '.' && name[length] != '-') ||
	    strcmp(name + strlen(name) - 4, ".key") != 0)
		return false;
	utc.tm_year = (int)year - 1900;
	utc.tm_mon = (int)month - 1;
	utc.tm_mday = (int)day;
	*old = (struct old_key){ .id = (uint16_t)id };
	strcpy(old->name, name);
	old->replaced = timegm(&utc);
	old->until = old->replaced + KEY_CHANGE_DAYS * DAY_SECONDS;
	return true;
}

static int by_day(const void *a, const void *b)
{
	const struct old_key *one = a, *other = b;

	if (one->replaced != other->replaced)
		return one->replaced < other->replaced ? -1 : 1;
	return strcmp(one->name, other->name);
}

enum fault keys_old(const struct home *home, struct old_key list[KEYS_OLD],
		    size_t *count)
{
	const char *folder = home_folder(home, HOME_KEYS);
	const struct dirent *entry;
	DIR *keys = opendir(folder);

	*count = 0;
	if (!keys && errno == ENOENT)
		return FAULT_NONE;
	if (!keys) {
		log_error("%s: cannot be opened: %s", folder, strerror(errno));
		return FAULT_SYSTEM;
	}
	while (*count < KEYS_OLD && (entry = readdir(keys)))
		*count += read_name(entry->d_name, &list[*count]);
	closedir(keys);
	qsort(list, *count, sizeof *list, by_day);
	return FAULT_NONE;
}

bool old_key_is_due(const struct old_key *old, int64_t now)
{
	return now > old->until;
}

/* --- its paper -------------------------------------------------------------
 */

enum fault keys_note_paper(const struct home *home,
			   const uint8_t public[KEY_BYTES])
{
	SCOPED(char_freep) char *path = home_path(home, HOME_KEYS, PAPER_NOTE);
	char fingerprint[KEY_FINGERPRINT_BYTES];

	key_fingerprint(public, fingerprint);
	return file_write(path, fingerprint, strlen(fingerprint), 0600);
}

bool keys_paper_noted(const struct home *home, const uint8_t public[KEY_BYTES])
{
	SCOPED(char_freep) char *path = home_path(home, HOME_KEYS, PAPER_NOTE);
	char fingerprint[KEY_FINGERPRINT_BYTES];
	struct bytes note = { 0 };
	bool same;

	key_fingerprint(public, fingerprint);
	same = file_exists(path) &&
	       !file_read(path, KEY_FINGERPRINT_BYTES, &note) &&
	       note.length == strlen(fingerprint) &&
	       !memcmp(note.data, fingerprint, note.length);
	bytes_done(&note);
	return same;
}
