/* What the doctor looks at in a home. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "base/file.h"
#include "issue/agency.h"
#include "issue/keys.h"
#include "office/desk.h"
#include "office/doctor_found.h"
#include "office/passphrase.h"

void doctor_settings(const struct doctor_place *place,
		     struct doctor_found *found)
{
	SCOPED(settings_freep) struct settings *settings = NULL;
	SCOPED(char_freep)
	char *path = home_path(place->home, HOME_SETTINGS, "foyer.ini");

	if (!file_exists(path)) {
		doctor_wrong(found, "%s: not there", path);
		return;
	}
	doctor_tell_log(found);
	if (desk_settings(place->home, &settings))
		return;
	settings_check(settings);
	if (!doctor_count(found))
		doctor_well(found, "every line of %s is known", path);
}

void doctor_agency_key(const struct doctor_place *place,
		       struct doctor_found *found)
{
	SCOPED(char_freep)
	char *path = home_path(place->home, HOME_KEYS, AGENCY_FILE);
	struct card card;
	bool there;

	if (agency_file_read(path, &there, &card))
		doctor_wrong(found, "%s", doctor_said(found));
	else if (!there)
		doctor_wrong(found, "%s: not there", path);
	else
		doctor_well(found, "%s is there", path);
}

void doctor_key_beside_kiosk(const struct doctor_place *place,
			     struct doctor_found *found)
{
	SCOPED(char_freep)
	char *secret = home_path(place->home, HOME_KEYS, KEYS_SECRET);
	SCOPED(char_freep)
	char *kiosk = home_path(place->home, HOME_KIOSK, "kiosk.key");

	if (file_exists(secret) && file_exists(kiosk))
		doctor_wrong(found, "%s and %s are on one machine", secret,
			     kiosk);
	else
		doctor_well(found,
			    "no agency's secret key lies beside a kiosk");
}

void doctor_demo(const struct doctor_place *place, struct doctor_found *found)
{
	if (home_is_demo(place->home))
		doctor_wrong(found, "this is an invented agency");
	else
		doctor_well(found, "this is no demo");
}

/* 0 too where there is no such folder. */
static mode_t others_may(const char *folder)
{
	struct stat at;

	return stat(folder, &at) ? 0 : at.st_mode & (S_IRWXG | S_IRWXO);
}

/* With --home a folder's own mode closes all below it. */
static bool is_closed_above(const struct home *home)
{
	const char *given = home_given(home);

	return given && !others_may(given);
}

void doctor_permissions(const struct doctor_place *place,
			struct doctor_found *found)
{
	static const enum home_place secret[] = { HOME_KEYS, HOME_KIOSK,
						  HOME_RECORD };

	for (size_t i = 0; i < COUNT(secret); i++) {
		const char *folder = home_folder(place->home, secret[i]);
		mode_t mode = others_may(folder);

		if (mode && !is_closed_above(place->home))
			doctor_wrong(found, "%s is open to others (mode %04o)",
				     folder, 0700 | mode);
	}
	if (!doctor_count(found))
		doctor_well(found, "keys, kiosk and record are closed to "
				   "other accounts");
}

/* --- kiosk.log ------------------------------------------------------------ */

#define TAIL 65536 /* bytes of the log's end that are looked at */
#define TOLD 5     /* different lines, the latest first */
#define WEEK (7 * 24 * 3600)

/* Its last lines, whole; NULL: it is not there. The caller frees it. */
static char *tail_of(const char *path)
{
	FILE *file = fopen(path, "re");
	char *text;
	size_t length;

	if (!file)
		return NULL;
	text = xcalloc(1, TAIL + 1);
	if (fseek(file, -TAIL, SEEK_END))
		rewind(file);
	length = fread(text, 1, TAIL, file);
	fclose(file);
	text[length] = 0;
	if (length == TAIL) {
		char *whole = xstrdup(strchrnul(text, '\n'));

		free(text);
		return whole;
	}
	return text;
}

/* "2026-11-22T10:00:00Z warning printer: ...": what was said; NULL for notes
 * and what is older than a week. */
static const char *complaint_of(const char *line, int64_t now)
{
	struct tm utc = { 0 };
	const char *rest = strptime(line, "%Y-%m-%dT%H:%M:%SZ ", &utc);

	if (!rest || timegm(&utc) < now - WEEK)
		return NULL;
	if (strncmp(rest, "warning ", 8) && strncmp(rest, "error ", 6))
		return NULL;
	return strchr(rest, ' ') + 1;
}

static bool was_told(char *const *told, size_t count, const char *said)
{
	for (size_t i = 0; i < count; i++) {
		if (!strcmp(told[i], said))
			return true;
	}
	return false;
}

/* From the last line of text up, which it cuts to pieces. */
static void tell_lines(char *text, int64_t now, struct doctor_found *found)
{
	char *told[TOLD];
	size_t count = 0;

	while (count < TOLD && *text) {
		char *end = strrchr(text, '\n');
		char *line = end ? end + 1 : text;
		const char *said = complaint_of(line, now);

		if (said && !was_told(told, count, said)) {
			told[count++] = xstrdup(said);
			doctor_wrong(found, "%s", line);
		}
		*(end ? end : text) = 0;
	}
	while (count)
		free(told[--count]);
}

void doctor_kiosk_log(const struct doctor_place *place,
		      struct doctor_found *found)
{
	SCOPED(char_freep)
	char *path = home_path(place->home, HOME_KIOSK, "kiosk.log");
	SCOPED(char_freep) char *text = tail_of(path);

	if (text)
		tell_lines(text, place->now, found);
	if (!doctor_count(found))
		doctor_well(found,
			    text ? "%s: nothing wrong in a week"
				 : "%s: no kiosk ran here",
			    path);
}
