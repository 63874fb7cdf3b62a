/* What the doctor looks at in a home. */
#include <glob.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "base/file.h"
#include "base/log.h"
#include "card/pins.h"
#include "doctor/found.h"
#include "issue/agency.h"
#include "issue/key_told.h"
#include "issue/keys.h"
#include "print/spool.h"
#include "seal/pin.h"

bool doctor_settings_of(const struct doctor_place *place,
			struct doctor_found *found, struct settings **out)
{
	SCOPED(char_freep)
	char *path = home_path(place->home, HOME_SETTINGS, "foyer.ini");
	enum fault fault = settings_read(path, out);

	if (fault)
		doctor_unseen(
		    found, "doctor.line",
		    DOCTOR_PUT({ .name = "line", .text = doctor_said(found) }));
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
		doctor_wrong(found, "doctor.settings_none",
			     DOCTOR_PUT({ .name = "path", .text = path }));
		return;
	}
	doctor_tell_log(found);
	if (settings_read(path, &settings))
		return;
	settings_check(settings);
	if (!doctor_count(found))
		doctor_well(found, "doctor.settings_known",
			    DOCTOR_PUT({ .name = "path", .text = path }));
}

void doctor_agency_key(const struct doctor_place *place,
		       struct doctor_found *found)
{
	SCOPED(char_freep)
	char *path = home_path(place->home, HOME_KEYS, AGENCY_FILE);
	struct card card;
	bool there;

	if (agency_file_read(path, &there, &card))
		doctor_wrong(
		    found, "doctor.line",
		    DOCTOR_PUT({ .name = "line", .text = doctor_said(found) }));
	else if (!there)
		doctor_wrong(found, "doctor.absent",
			     DOCTOR_PUT({ .name = "what", .text = path }));
	else
		doctor_well(found, "doctor.there",
			    DOCTOR_PUT({ .name = "what", .text = path }));
}

/* TICKET: a key serves for a year; and some weeks to notice. */
#define KEY_DAYS 400

void doctor_key_age(const struct doctor_place *place,
		    struct doctor_found *found)
{
	SCOPED(char_freep)
	char *path = home_path(place->home, HOME_KEYS, AGENCY_FILE);
	struct stat at;
	struct catalogue_argument with[] = { { .name = "what", .text = path },
					     { .name = "days" },
					     { 0 } };
	struct card card;
	int64_t days;
	bool there;

	if (stat(path, &at) || agency_file_read(path, &there, &card) ||
	    !there) {
		doctor_unseen(found, "doctor.absent", with);
		return;
	}
	days =
	    (place->now - keys_first_seen(place->home, card.key, at.st_mtime)) /
	    (24 * 3600);
	with[1].number = days < 0 ? 0 : (double)days;
	if (days > KEY_DAYS)
		doctor_wrong(found, "doctor.key_age_days", with);
	else
		doctor_well(found, "doctor.key_age_days", with);
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
		doctor_well(found, "doctor.key_paper_no_key", NULL);
	else if (agency_file_read(path, &there, &card) || !there)
		doctor_unseen(found, "doctor.unread",
			      DOCTOR_PUT({ .name = "path", .text = path }));
	else if (keys_paper_noted(place->home, card.key))
		doctor_well(found, "doctor.key_paper_read", NULL);
	else
		doctor_wrong(found, "doctor.key_paper_unread", NULL);
}

void doctor_old_keys(const struct doctor_place *place,
		     struct doctor_found *found)
{
	struct old_key old[KEYS_OLD];
	size_t count;

	if (keys_old(place->home, old, &count)) {
		doctor_unseen(
		    found, "doctor.line",
		    DOCTOR_PUT({ .name = "line", .text = doctor_said(found) }));
		return;
	}
	for (size_t i = 0; i < count; i++) {
		if (old_key_is_due(&old[i], place->now))
			doctor_wrong(
			    found, "doctor.old_keys_due",
			    DOCTOR_PUT(
				{ .name = "name", .text = old[i].name },
				{ .name = "days", .number = KEY_CHANGE_DAYS }));
	}
	if (!doctor_count(found))
		doctor_well(found, "doctor.old_keys_none", NULL);
}

void doctor_key_beside_kiosk(const struct doctor_place *place,
			     struct doctor_found *found)
{
	SCOPED(char_freep)
	char *secret = home_path(place->home, HOME_KEYS, KEYS_SECRET);

	if (has_secret(place) && doctor_has_kiosk(place))
		doctor_wrong(found, "doctor.key_beside_kiosk_both",
			     DOCTOR_PUT({ .name = "path", .text = secret }));
	else
		doctor_well(found, "doctor.key_beside_kiosk_apart", NULL);
}

void doctor_demo(const struct doctor_place *place, struct doctor_found *found)
{
	if (home_is_demo(place->home))
		doctor_wrong(found, "doctor.demo_is", NULL);
	else
		doctor_well(found, "doctor.demo_is_not", NULL);
}

/* 0 too where there is no such thing. */
static mode_t others_may(const char *path)
{
	struct stat at;

	return stat(path, &at) ? 0 : at.st_mode & (S_IRWXG | S_IRWXO);
}

/* With --home a folder's own mode closes all below it. */
static bool is_closed_above(const struct home *home)
{
	const char *given = home_given(home);

	return given && !others_may(given);
}

static void tell_open(struct doctor_found *found, const char *path)
{
	SCOPED(char_freep) char *octal = NULL;
	struct stat at;

	if (stat(path, &at))
		return;
	octal = xasprintf("%04o", at.st_mode & 07777);
	doctor_wrong(found, "doctor.permissions_open",
		     DOCTOR_PUT({ .name = "folder", .text = path },
				{ .name = "mode", .text = octal }));
}

static void look_at_mode(const struct doctor_place *place, const char *path,
			 mode_t allowed, struct doctor_found *found)
{
	const mode_t mode = others_may(path) & ~allowed;

	if (mode && !is_closed_above(place->home))
		tell_open(found, path);
}

static void look_at_files(const struct doctor_place *place,
			  enum home_place where, const char *name,
			  struct doctor_found *found)
{
	SCOPED(char_freep) char *pattern = home_path(place->home, where, name);
	glob_t files;

	if (glob(pattern, 0, NULL, &files))
		return;
	for (size_t i = 0; i < files.gl_pathc; i++)
		look_at_mode(place, files.gl_pathv[i], 0, found);
	globfree(&files);
}

/* Settings hold no person, but whom the kiosk seals for and where it prints:
 * others may read them, and not write. */
void doctor_permissions(const struct doctor_place *place,
			struct doctor_found *found)
{
	static const enum home_place secret[] = { HOME_KEYS, HOME_KIOSK,
						  HOME_RECORD };
	static const struct {
		enum home_place place;
		const char *name;
	} files[] = {
		{ HOME_KEYS, "*.key" },
		{ HOME_KIOSK, "*.key" },
		{ HOME_KIOSK, "staff.pin*" },
	};
	SCOPED(settings_freep) struct settings *settings = NULL;

	for (size_t i = 0; i < COUNT(secret); i++)
		look_at_mode(place, home_folder(place->home, secret[i]), 0,
			     found);
	for (size_t i = 0; i < COUNT(files); i++)
		look_at_files(place, files[i].place, files[i].name, found);
	look_at_mode(place, home_folder(place->home, HOME_SETTINGS),
		     S_IRGRP | S_IXGRP | S_IROTH | S_IXOTH, found);
	if (!doctor_settings_of(place, found, &settings))
		return;
	look_at_mode(place, spool_of(settings, place->home).folder, 0, found);
	if (!doctor_count(found))
		doctor_well(found, "doctor.permissions_closed", NULL);
}

/* --- what was taken from a card ------------------------------------------- */

void doctor_staff_pin(const struct doctor_place *place,
		      struct doctor_found *found)
{
	SCOPED(pin_freep)
	struct pin *pin =
	    pin_new(home_folder(place->home, HOME_KIOSK), place->now);

	if (!card_is_pinned(place->home))
		doctor_well(found, "doctor.no_card", NULL);
	else if (!pin_is_set(pin))
		doctor_wrong(found, "doctor.staff_pin_none", NULL);
	else
		doctor_well(found, "doctor.staff_pin_set", NULL);
}

static void tell_change(struct doctor_found *found,
			const struct card_changed *changed)
{
	doctor_wrong(found,
		     changed->change == CARD_GONE ? "doctor.form_pinned_gone"
						  : "doctor.form_pinned_other",
		     DOCTOR_PUT({ .name = "name", .text = changed->name }));
}

void doctor_form_pinned(const struct doctor_place *place,
			struct doctor_found *found)
{
	SCOPED(settings_freep) struct settings *settings = NULL;
	struct card_changes changes;

	if (!card_is_pinned(place->home)) {
		doctor_well(found, "doctor.no_card", NULL);
		return;
	}
	if (!doctor_settings_of(place, found, &settings))
		return;
	if (card_kept(place->home,
		      settings_text(settings, "kiosk", "form", "intake"),
		      &changes))
		doctor_unseen(
		    found, "doctor.line",
		    DOCTOR_PUT({ .name = "line", .text = doctor_said(found) }));
	for (size_t i = 0; i < changes.count; i++)
		tell_change(found, &changes.list[i]);
	card_changes_done(&changes);
	if (!doctor_count(found))
		doctor_well(found, "doctor.form_pinned_same", NULL);
}
