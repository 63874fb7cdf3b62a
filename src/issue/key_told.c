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
#define SEEN_NOTE "seen"
#define SEEN_MOST 16384 /* bytes of it */
#define DAY_SECONDS ((int64_t)24 * 3600)

static_assert(KEYS_OLD == RING_LIMIT - 1, "with the present one, a ring");

/* --- the old ones ----------------------------------------------------------
 */

#define GROUPS 6 /* of a fingerprint */
#define GROUP 5  /* digits of each */
#define DIGITS (GROUPS * GROUP)

static_assert(KEY_FINGERPRINT_BYTES == GROUPS * (GROUP + 1),
	      "a fingerprint has other groups");

/* What stands behind a day: "-" and all digits of a fingerprint, or not. */
static void read_fingerprint(const char *at, char text[KEY_FINGERPRINT_BYTES])
{
	text[0] = 0;
	if (*at++ != '-' || strspn(at, "0123456789") != DIGITS)
		return;
	for (int i = 0; i < GROUPS; i++) {
		memcpy(text + i * (GROUP + 1), at + i * GROUP, GROUP);
		text[i * (GROUP + 1) + GROUP] = i < GROUPS - 1 ? ' ' : 0;
	}
}

/* "old-1A2B-20261122-123451234512345123451234512345.key"; a second of that name
 * has "-2" before the dot. */
void old_key_name(const uint8_t public[KEY_BYTES], int64_t now, int number,
		  char name[KEY_OLD_NAME])
{
	const time_t seconds = (time_t)now;
	struct tm utc = { 0 };
	char day[16], fingerprint[KEY_FINGERPRINT_BYTES], second[16] = "";
	char digits[DIGITS + 1] = "";

	gmtime_r(&seconds, &utc);
	strftime(day, sizeof day, "%Y%m%d", &utc);
	key_fingerprint(public, fingerprint);
	for (int i = 0; i < GROUPS; i++)
		memcpy(digits + i * GROUP, fingerprint + i * (GROUP + 1),
		       GROUP);
	if (number > 1)
		snprintf(second, sizeof second, "-%d", number);
	snprintf(name, KEY_OLD_NAME, "old-%04X-%s-%s%s.key",
		 key_id(KEY_AGENCY, public), day, digits, second);
}

bool old_key_of_name(const char *name, struct old_key *old)
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
	read_fingerprint(name + length, old->fingerprint);
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

enum fault keys_old_in(const char *folder, struct old_key list[KEYS_OLD],
		       size_t *count)
{
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
		*count += old_key_of_name(entry->d_name, &list[*count]);
	closedir(keys);
	qsort(list, *count, sizeof *list, by_day);
	return FAULT_NONE;
}

enum fault keys_old(const struct home *home, struct old_key list[KEYS_OLD],
		    size_t *count)
{
	return keys_old_in(home_folder(home, HOME_KEYS), list, count);
}

bool old_key_may_be(const struct old_key *old, const uint8_t public[KEY_BYTES])
{
	return key_may_be(KEY_AGENCY, public, old->id, old->fingerprint);
}

bool old_keys_may_match(const struct old_key *one, const struct old_key *other)
{
	return one->id == other->id &&
	       (!*one->fingerprint || !*other->fingerprint ||
		!strcmp(one->fingerprint, other->fingerprint));
}

bool old_key_is_due(const struct old_key *old, int64_t now)
{
	return now > old->until;
}

/* --- since when it is there ------------------------------------------------
 */

/* "11111 22222 ... 66666 1795340000", a line each. */
static bool find_seen(const char *text, const char *fingerprint, int64_t *since)
{
	const char *line = strstr(text, fingerprint);
	char *end;
	long long at;

	if (!line)
		return false;
	line += strlen(fingerprint);
	at = strtoll(line, &end, 10);
	if (end == line || at <= 0)
		return false;
	*since = at;
	return true;
}

int64_t keys_first_seen(const struct home *home,
			const uint8_t public[KEY_BYTES], int64_t since)
{
	SCOPED(char_freep) char *path = home_path(home, HOME_KEYS, SEEN_NOTE);
	char fingerprint[KEY_FINGERPRINT_BYTES];
	struct bytes note = { 0 };
	int64_t found;

	key_fingerprint(public, fingerprint);
	bytes_add_text(&note, "");
	if (file_exists(path) && file_read(path, SEEN_MOST, &note))
		found = since;
	else if (!find_seen((const char *)note.data, fingerprint, &found)) {
		found = since;
		bytes_add_format(&note, "%s %lld\n", fingerprint,
				 (long long)since);
		/* Where it cannot be noted, the file's own day counts on. */
		(void)!file_write(path, note.data, note.length, 0600);
	}
	bytes_done(&note);
	return found;
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
