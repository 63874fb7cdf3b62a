#include "desk/box_home.h"

#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/data.h"
#include "base/file.h"
#include "base/settings.h"
#include "issue/agency.h"
#include "issue/key_paper.h"
#include "issue/keys.h"
#include "print/paper.h"
#include "record/restore.h"
#include "record/user.h"
#include "record/where.h"
#include "seal/secret.h"
#include "text/zone.h"

/* Whoever makes a box does everything there until others are added. */
#define FIRST_ROLES "administrator supervisor coordinator worker reception"
#define FALLBACK_LABEL "Agency"

static const struct record_who who = { .user = "box", .desk = "box" };

static struct home *home_of(const struct box *box)
{
	struct home *home;

	/* It refuses an empty name alone. */
	if (home_open(box->folder, &home))
		abort();
	return home;
}

bool box_has_key(const struct box *box)
{
	SCOPED(home_freep) struct home *home = home_of(box);
	SCOPED(char_freep)
	char *path = home_path(home, HOME_KEYS, KEYS_SECRET);

	return file_exists(path);
}

static enum fault open_record(const struct home *home, struct record **record)
{
	return record_open_home(home, record);
}

bool box_has_users(const struct box *box)
{
	SCOPED(home_freep) struct home *home = home_of(box);
	SCOPED(record_closep) struct record *record = NULL;
	bool any = true;

	if (open_record(home, &record) || user_any(record, &any))
		return true;
	return any;
}

void box_read_settings(struct box *box)
{
	SCOPED(home_freep) struct home *home = home_of(box);
	SCOPED(char_freep)
	char *path = home_path(home, HOME_SETTINGS, "foyer.ini");
	SCOPED(settings_freep) struct settings *settings = NULL;
	const char *language, *zone;

	/* What is wrong with them is said once the desk reads them. */
	if (!file_exists(path) || settings_read(path, &settings))
		return;
	language = settings_text(settings, "desk", "language", "en");
	zone = settings_text(settings, "kiosk", "zone", "");
	if (strcmp(language, box->language) != 0 && !box->chosen)
		box_turn(box);
	box->chosen = true;
	if (zone_known(zone)) {
		setenv("TZ", zone, 1);
		tzset();
	}
}

bool box_is_scan(const struct box *box)
{
	uint8_t secret[KEY_BYTES];
	const char *typed = entry_text(box->fields[0]);
	const bool scan = key_paper_scan(typed, strlen(typed), secret);

	secret_wipe(secret, sizeof secret);
	return scan;
}

/* --- a new agency, or one from its paper -------------------------------------
 */

/* The signs that begin a comment in a settings file are no part of a name. */
static void plain_name(char *name)
{
	for (; *name; name++)
		*name = strchr(";#=[]", *name) ? ' ' : *name;
}

static enum fault write_settings(const struct box *box, const struct home *home)
{
	SCOPED(char_freep)
	char *path = home_path(home, HOME_SETTINGS, "foyer.ini");
	char name[BOX_NAME];
	struct bytes text = { 0 };
	enum fault fault;

	if (file_exists(path))
		return FAULT_NONE;
	strcpy(name, box->agency);
	plain_name(name);
	bytes_add_format(&text,
			 "[agency]\nname = %s\n\n[desk]\nname = desk\n"
			 "language = %s\n\n[kiosk]\nzone = %s\n\n"
			 "[printer]\naddress = " BOX_PRINTER "\n",
			 name, box->language,
			 box->zone ? box->zone : "America/Toronto");
	fault = file_write(path, text.data, text.length, 0600);
	bytes_done(&text);
	return fault;
}

/* The forms that come with Foyer, until the agency brings its own. */
static enum fault bring_forms(const struct home *home)
{
	SCOPED(char_freep) char *shipped = data_path("forms/intake.xml");
	SCOPED(char_freep)
	char *own = home_path(home, HOME_FORMS, "intake.xml");
	struct bytes form = { 0 };
	enum fault fault = folder_make(home_folder(home, HOME_FORMS));

	if (!fault && !file_exists(own) && file_exists(shipped) &&
	    !(fault = file_read(shipped, 1 << 24, &form)))
		fault = file_write(own, form.data, form.length, 0600);
	bytes_done(&form);
	return fault;
}

/* The key goes last: with it the agency is there. */
static enum fault put_all(const struct box *box, const struct home *home,
			  enum keys_answer *answer)
{
	enum fault fault = FAULT_NONE;

	if (box->way == BOX_BACK && box->answer.mounted)
		fault = stick_bring(box->stick, home, !box->by_paper);
	if (fault || (fault = folder_make(home_folder(home, HOME_SETTINGS))) ||
	    (fault = write_settings(box, home)) || (fault = bring_forms(home)))
		return fault;
	return keys_put(home, box->key, keys_cost(home), box->secret->key,
			answer);
}

bool box_put_key(struct box *box)
{
	SCOPED(home_freep) struct home *home = home_of(box);
	enum keys_answer answer;

	if (put_all(box, home, &answer)) {
		box_say(box, "box.failed");
		return false;
	}
	if (answer != KEYS_MADE)
		box_say(box, answer == KEYS_DESTROYED ? "box.destroyed"
						      : "box.failed");
	return answer == KEYS_MADE;
}

/* --- a key's file
 * ------------------------------------------------------------- */

static enum fault read_key_file(const struct box *box, struct bytes *file)
{
	SCOPED(home_freep) struct home *home = home_of(box);
	SCOPED(char_freep)
	char *path = home_path(home, HOME_KEYS, KEYS_SECRET);
	SCOPED(char_freep) char *brought = stick_path(box->stick, KEYS_SECRET);

	return file_read(file_exists(path) ? path : brought,
			 AGENCY_KEY_FILE_LIMIT, file);
}

bool box_open_key(struct box *box, const char *passphrase)
{
	enum agency_key_answer answer = AGENCY_KEY_WRONG_PASSPHRASE;
	struct agency_key *key = NULL;
	struct bytes file = { 0 };
	char tidy[PASSPHRASE_LIMIT] = "";
	enum fault fault = read_key_file(box, &file);

	if (strlen(passphrase) < sizeof tidy)
		strcpy(tidy, passphrase);
	passphrase_tidy(tidy);
	if (!fault)
		fault = agency_key_unlock(file.data, file.length, tidy, &answer,
					  &key);
	if (fault) {
		box_say(box, "box.failed");
	} else if (answer == AGENCY_KEY_WRONG_PASSPHRASE) {
		box_say(box, "box.wrong");
	} else {
		agency_key_free(box->key);
		box->key = key;
		strcpy(box->secret->key, tidy);
		box->told = true;
	}
	secret_wipe(tidy, sizeof tidy);
	bytes_done(&file);
	return !fault && answer == AGENCY_KEY_OPENED;
}

/* --- a backup
 * ----------------------------------------------------------------- */

static const char *const answers[BACKUP_ANSWERS] = {
	[BACKUP_NOT_ONE] = "box.backup_damaged",
	[BACKUP_CUT_SHORT] = "box.backup_damaged",
	[BACKUP_DAMAGED] = "box.backup_damaged",
	[BACKUP_NEWER] = "box.backup_newer",
	[BACKUP_NOT_OURS] = "box.backup_other",
	[BACKUP_OCCUPIED] = "box.failed",
	[BACKUP_IN_USE] = "box.in_use",
};

void box_restore(struct box *box, const char *name)
{
	SCOPED(home_freep) struct home *home = home_of(box);
	SCOPED(char_freep)
	char *path = home_path(home, HOME_RECORD, RECORD_FILE);
	SCOPED(char_freep) char *from = stick_path(box->stick, name);
	struct restored restored = { 0 };
	const struct restore restore = {
		.from = from,
		.to = path,
		.key = box->key,
		.replace = true,
		.who = &who,
		.now = box->now,
	};

	if (restore_run(&restore, &restored)) {
		box_say(box, "box.failed");
		return;
	}
	box->brought = restored.answer == BACKUP_SOUND;
	box_say(box, answers[restored.answer]);
	restored_done(&restored);
}

/* --- the first user
 * ------------------------------------------------------------ */

static const char *word_of(enum user_answer answer)
{
	switch (answer) {
	case USER_DONE:
		return NULL;
	case USER_WEAK:
		return "box.weak";
	case USER_TAKEN:
	case USER_INVALID:
		return "box.no_name";
	default:
		return "box.failed";
	}
}

bool box_add_user(struct box *box, const char *name, const char *passphrase)
{
	SCOPED(home_freep) struct home *home = home_of(box);
	SCOPED(record_closep) struct record *record = NULL;
	const struct user_key key = {
		.passphrase = passphrase,
		.key = box->secret->key,
		.cost = home_is_demo(home) ? OWN_DEMO : OWN_DESK,
	};
	enum user_answer answer;
	int64_t id;

	if (open_record(home, &record) ||
	    user_add(record, name, FIRST_ROLES, NULL, &key, &who, box->now,
		     &answer, &id)) {
		box_say(box, "box.failed");
		return false;
	}
	box_say(box, word_of(answer));
	return answer == USER_DONE;
}

/* --- paper
 * --------------------------------------------------------------------- */

void box_print_key(struct box *box, int width)
{
	SCOPED(picture_freep) struct picture *picture = NULL;

	if (key_paper_draw(box->key, width, &picture))
		box_say(box, "box.failed");
	else
		box_slip_start(&box->slip, BOX_PRINTER, picture, box->moment);
}
