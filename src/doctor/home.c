/* What the doctor looks at in a home. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/log.h"
#include "card/pins.h"
#include "doctor/found.h"
#include "issue/agency.h"
#include "issue/key_change.h"
#include "issue/keys.h"
#include "seal/pin.h"

bool doctor_settings_of(const struct doctor_place *place,
			struct doctor_found *found, struct settings **out)
{
	SCOPED(char_freep)
	char *path = home_path(place->home, HOME_SETTINGS, "foyer.ini");
	enum fault fault = settings_read(path, out);

	if (fault)
		doctor_unseen(found, "%s", doctor_said(found));
	return !fault;
}

bool doctor_has_kiosk(const struct doctor_place *place)
{
	SCOPED(char_freep)
	char *kiosk = home_path(place->home, HOME_KIOSK, "kiosk.key");

	return file_exists(kiosk);
}

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
	if (settings_read(path, &settings))
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

/* TICKET: a key serves for a year; and some weeks to notice. */
#define KEY_DAYS 400

void doctor_key_age(const struct doctor_place *place,
		    struct doctor_found *found)
{
	SCOPED(char_freep)
	char *path = home_path(place->home, HOME_KEYS, AGENCY_FILE);
	struct stat at;
	long long days;

	if (stat(path, &at)) {
		doctor_unseen(found, "%s: not there", path);
		return;
	}
	days = (place->now - at.st_mtime) / (24 * 3600);
	if (days > KEY_DAYS)
		doctor_wrong(found, "%s was put there %lld days ago", path,
			     days);
	else
		doctor_well(found, "%s was put there %lld days ago", path,
			    days < 0 ? 0 : days);
}

static bool has_secret(const struct doctor_place *place)
{
	SCOPED(char_freep)
	char *secret = home_path(place->home, HOME_KEYS, KEYS_SECRET);

	return file_exists(secret);
}

void doctor_key_paper(const struct doctor_place *place,
		      struct doctor_found *found)
{
	SCOPED(char_freep)
	char *path = home_path(place->home, HOME_KEYS, AGENCY_FILE);
	struct card card;
	bool there = false;

	if (!has_secret(place))
		doctor_well(found, "no agency's secret key is here");
	else if (agency_file_read(path, &there, &card) || !there)
		doctor_unseen(found, "%s cannot be read", path);
	else if (keys_paper_noted(place->home, card.key))
		doctor_well(found, "the key's paper was read back");
	else
		doctor_wrong(found, "the key's paper was never read back");
}

void doctor_old_keys(const struct doctor_place *place,
		     struct doctor_found *found)
{
	struct old_key old[KEYS_OLD];
	size_t count;

	if (keys_old(place->home, old, &count)) {
		doctor_unseen(found, "%s", doctor_said(found));
		return;
	}
	for (size_t i = 0; i < count; i++) {
		if (old_key_is_due(&old[i], place->now))
			doctor_wrong(found, "%s: its %d days are over",
				     old[i].name, KEY_CHANGE_DAYS);
	}
	if (!doctor_count(found))
		doctor_well(found, "no old key is kept beyond its time");
}

void doctor_key_beside_kiosk(const struct doctor_place *place,
			     struct doctor_found *found)
{
	if (has_secret(place) && doctor_has_kiosk(place))
		doctor_wrong(found,
			     "%s/" KEYS_SECRET " and a kiosk's key are on one "
			     "machine",
			     home_folder(place->home, HOME_KEYS));
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

/* --- what was taken from a card ------------------------------------------- */

void doctor_staff_pin(const struct doctor_place *place,
		      struct doctor_found *found)
{
	SCOPED(pin_freep)
	struct pin *pin =
	    pin_new(home_folder(place->home, HOME_KIOSK), place->now);

	if (!card_is_pinned(place->home))
		doctor_well(found, "no kiosk was set up here from a card");
	else if (!pin_is_set(pin))
		doctor_wrong(found, "no staff PIN was chosen");
	else
		doctor_well(found, "a staff PIN was chosen");
}

static const char *change_words(enum card_change change)
{
	return change == CARD_GONE ? "is not there any more"
				   : "is not what staff took";
}

void doctor_form_pinned(const struct doctor_place *place,
			struct doctor_found *found)
{
	SCOPED(settings_freep) struct settings *settings = NULL;
	struct card_changes changes;

	if (!card_is_pinned(place->home)) {
		doctor_well(found, "no kiosk was set up here from a card");
		return;
	}
	if (!doctor_settings_of(place, found, &settings))
		return;
	if (card_kept(place->home,
		      settings_text(settings, "kiosk", "form", "intake"),
		      &changes))
		doctor_unseen(found, "%s", doctor_said(found));
	for (size_t i = 0; i < changes.count; i++)
		doctor_wrong(found, "%s %s", changes.list[i].name,
			     change_words(changes.list[i].change));
	card_changes_done(&changes);
	if (!doctor_count(found))
		doctor_well(found, "form, words and settings are those that "
				   "staff took");
}
