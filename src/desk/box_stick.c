#include "desk/box_stick.h"

#include <dirent.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "base/log.h"
#include "issue/agency.h"
#include "issue/key_gone.h"
#include "issue/key_told.h"
#include "issue/keys.h"

#define ENDING ".backup"
#define STAMP "stick.last" /* beside the record; its time is the day */
#define COPY_LIMIT (24 * 1024 * 1024) /* bytes of a file that is copied */

char *stick_words(const struct vault_stick *stick,
		  const struct catalogue *words)
{
	const double giga = (double)stick->size / 1e9;
	const struct catalogue_argument parts[] = {
		{ .name = "label", .text = stick->label },
		{ .name = "name", .text = stick->name },
		{ .name = "size",
		  .number = giga < 1 ? 1 : (int64_t)(giga + .5) },
	};

	return catalogue_say(
	    words, stick->label[0] ? "box.stick_named" : "box.stick_nameless",
	    parts, COUNT(parts));
}

static char *in(const char *folder, const char *name)
{
	return xasprintf("%s/%s", folder, name);
}

char *stick_path(const char *stick, const char *name)
{
	return xasprintf("%s/" STICK_FOLDER "/%s", stick, name);
}

static enum fault copy(const char *from, const char *to)
{
	struct bytes file = { 0 };
	enum fault fault = file_read(from, COPY_LIMIT, &file);

	if (!fault)
		fault = file_write(to, file.data, file.length, 0600);
	bytes_wipe(&file);
	return fault;
}

static enum fault copy_if_there(const char *from, const char *to)
{
	return file_exists(from) ? copy(from, to) : FAULT_NONE;
}

/* What either place knows of destroyed keys is forgotten in neither. */
static enum fault carry(const char *name, const char *from, const char *to)
{
	return strcmp(name, KEYS_HISTORY) ? copy_if_there(from, to)
					  : key_gone_merge(from, to);
}

static int is_form(const struct dirent *entry)
{
	const char *dot = strrchr(entry->d_name, '.');

	return entry->d_name[0] != '.' && dot && strcmp(dot, ".xml") == 0;
}

static enum fault copy_forms(const char *from, const char *to)
{
	struct dirent **forms;
	int count = scandir(from, &forms, is_form, alphasort);
	enum fault fault = FAULT_NONE;

	if (count > 0)
		fault = folder_make(to);
	for (int i = 0; i < count; i++) {
		SCOPED(char_freep) char *source = in(from, forms[i]->d_name);
		SCOPED(char_freep) char *target = in(to, forms[i]->d_name);

		if (!fault)
			fault = copy(source, target);
		free(forms[i]);
	}
	if (count >= 0)
		free(forms);
	return fault;
}

/* What lies in a home, and what it is called on the stick. */
static const struct {
	enum home_place place;
	const char *name;
	bool secret; /* goes only where a desk is moved */
} beside[] = {
	{ HOME_SETTINGS, "foyer.ini", false },
	{ HOME_KEYS, AGENCY_FILE, false },
	{ HOME_KEYS, KEYS_HISTORY, false },
	{ HOME_KEYS, KEYS_SECRET, true },
};

/* --- old keys --------------------------------------------------------------
 */

static int is_old(const struct dirent *entry)
{
	struct old_key old;

	return old_key_of_name(entry->d_name, &old);
}

static enum fault clear_if_gone(const char *folder, const char *name)
{
	SCOPED(char_freep) char *path = in(folder, name);
	struct old_key old;
	bool gone = false;
	enum fault fault = FAULT_NONE;

	if (old_key_of_name(name, &old))
		fault =
		    key_gone_may_be_in(folder, old.id, old.fingerprint, &gone);
	return !fault && gone ? file_remove(path) : fault;
}

/* What the stick's history has as destroyed lies on it no more. Others stay,
 * though this home has them not: it may be their last copy. */
static enum fault clear_gone(const char *folder)
{
	struct dirent **names;
	int count = scandir(folder, &names, is_old, alphasort);
	enum fault fault = FAULT_NONE;

	for (int i = 0; i < count; i++) {
		if (!fault)
			fault = clear_if_gone(folder, names[i]->d_name);
		free(names[i]);
	}
	if (count >= 0)
		free(names);
	return fault;
}

static enum fault put_old(const struct home *home, const char *folder)
{
	struct old_key list[KEYS_OLD];
	size_t count;
	enum fault fault = keys_old(home, list, &count);

	for (size_t i = 0; !fault && i < count; i++) {
		SCOPED(char_freep)
		char *from = home_path(home, HOME_KEYS, list[i].name);
		SCOPED(char_freep) char *to = in(folder, list[i].name);
		bool gone;

		/* Another desk that had this stick may have destroyed it. */
		fault = key_gone_may_be_in(folder, list[i].id,
					   list[i].fingerprint, &gone);
		if (!fault && !gone)
			fault = copy(from, to);
	}
	return fault;
}

/* One that cannot be read holds up neither the others nor the way back. */
static enum fault bring_one(const char *from, const char *to)
{
	struct bytes file = { 0 };
	enum fault fault = FAULT_NONE;

	if (file_read(from, AGENCY_KEY_FILE_LIMIT, &file))
		log_warning("%s: passed over", from);
	else
		fault = file_write(to, file.data, file.length, 0600);
	bytes_wipe(&file);
	return fault;
}

/* What is destroyed here, or where the stick is from, stays so. */
static enum fault bring_old(const char *folder, const struct home *home)
{
	struct old_key list[KEYS_OLD];
	size_t count;
	enum fault fault = keys_old_in(folder, list, &count);

	for (size_t i = 0; !fault && i < count; i++) {
		SCOPED(char_freep) char *from = in(folder, list[i].name);
		SCOPED(char_freep)
		char *to = home_path(home, HOME_KEYS, list[i].name);
		bool gone;

		fault = key_gone_may_be(home, list[i].id, list[i].fingerprint,
					&gone);
		if (!fault && !gone)
			fault = bring_one(from, to);
	}
	return fault;
}

static enum fault put_beside(const struct home *home, const char *folder,
			     bool with_key)
{
	SCOPED(char_freep) char *forms = in(folder, "forms");
	enum fault fault = FAULT_NONE;

	for (size_t i = 0; i < COUNT(beside) && !fault; i++) {
		SCOPED(char_freep)
		char *from = home_path(home, beside[i].place, beside[i].name);
		SCOPED(char_freep) char *to = in(folder, beside[i].name);

		if (with_key || !beside[i].secret)
			fault = carry(beside[i].name, from, to);
	}
	if (!fault)
		fault = clear_gone(folder);
	if (!fault && with_key)
		fault = put_old(home, folder);
	return fault ? fault : copy_forms(home_folder(home, HOME_FORMS), forms);
}

static enum fault stamp(const struct home *home)
{
	SCOPED(char_freep) char *path = home_path(home, HOME_RECORD, STAMP);
	enum fault fault = folder_make(home_folder(home, HOME_RECORD));

	return fault ? fault : file_write(path, "", 0, 0600);
}

int64_t stick_last(const struct home *home)
{
	SCOPED(char_freep) char *path = home_path(home, HOME_RECORD, STAMP);
	struct stat about;

	return stat(path, &about) ? 0 : (int64_t)about.st_mtime * 1000;
}

static char *backup_name(int64_t now)
{
	const time_t seconds = (time_t)(now / 1000);
	char text[64];
	struct tm parts;

	gmtime_r(&seconds, &parts);
	strftime(text, sizeof text, "%Y-%m-%d-%H%M%S" ENDING, &parts);
	return xstrdup(text);
}

enum fault stick_backup(const struct home *home, struct record *record,
			const char *stick, bool with_key,
			const struct record_who *who, int64_t now,
			struct backup_told *told)
{
	SCOPED(char_freep)
	char *public = home_path(home, HOME_KEYS, AGENCY_FILE);
	SCOPED(char_freep) char *name = backup_name(now);
	SCOPED(char_freep) char *path = stick_path(stick, name);
	SCOPED(char_freep) char *folder = in(stick, STICK_FOLDER);
	struct card card;
	bool found;
	enum fault fault = agency_file_read(public, &found, &card);

	if (!fault && !found)
		fault = FAULT_FORMAT;
	if (fault || (fault = folder_make(folder)) ||
	    (fault =
		 backup_make(record, path, card.key, who, now, NULL, told)) ||
	    (fault = put_beside(home, folder, with_key)))
		return fault;
	return stamp(home);
}

/* --- the way back -----------------------------------------------------------
 */

static int is_backup(const struct dirent *entry)
{
	const size_t length = strlen(entry->d_name), end = strlen(ENDING);

	return entry->d_name[0] != '.' && length > end &&
	       strcmp(entry->d_name + length - end, ENDING) == 0;
}

void stick_look(const char *stick, struct sticks_found *out)
{
	SCOPED(char_freep) char *folder = in(stick, STICK_FOLDER);
	SCOPED(char_freep) char *key = in(folder, KEYS_SECRET);
	struct dirent **names;
	int count = scandir(folder, &names, is_backup, alphasort);

	*out = (struct sticks_found){ .key = file_exists(key) };
	/* Their names are their times: the last is the newest. */
	for (int i = count - 1; i >= 0; i--) {
		if (out->count < STICK_BACKUPS)
			out->names[out->count++] = xstrdup(names[i]->d_name);
		free(names[i]);
	}
	if (count >= 0)
		free(names);
}

void stick_found_done(struct sticks_found *found)
{
	while (found->count)
		free(found->names[--found->count]);
	*found = (struct sticks_found){ 0 };
}

enum fault stick_bring(const char *stick, const struct home *home,
		       bool with_old)
{
	SCOPED(char_freep) char *folder = in(stick, STICK_FOLDER);
	SCOPED(char_freep) char *forms = in(folder, "forms");
	enum fault fault = folder_make(home_folder(home, HOME_KEYS));

	for (size_t i = 0; i < COUNT(beside) && !fault; i++) {
		SCOPED(char_freep) char *from = in(folder, beside[i].name);
		SCOPED(char_freep)
		char *to = home_path(home, beside[i].place, beside[i].name);

		/* The key itself is written anew, under the words that were
		 * shown. */
		if (!strcmp(beside[i].name, KEYS_HISTORY) ||
		    (!beside[i].secret && !file_exists(to)))
			fault = carry(beside[i].name, from, to);
	}
	if (!fault && with_old)
		fault = bring_old(folder, home);
	return fault ? fault : copy_forms(forms, home_folder(home, HOME_FORMS));
}

/* --- why not ----------------------------------------------------------------
 */

enum stick_trouble stick_trouble(const char *stick, const char *node,
				 uint64_t bytes)
{
	struct statvfs about;

	if (!file_exists(node) || statvfs(stick, &about))
		return STICK_PULLED;
	if (about.f_flag & ST_RDONLY)
		return STICK_LOCKED;
	return (uint64_t)about.f_bavail * about.f_frsize < bytes ? STICK_FULL
								 : STICK_SOUND;
}
