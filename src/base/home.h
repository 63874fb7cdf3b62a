#pragma once

#include <stdbool.h>

#include "base/fault.h"
#include "base/memory.h"

/*
 * Where things are. With --home DIR everything lies under one folder; without
 * it the XDG base directories are used (basedir-spec 0.8): settings, keys and
 * forms below XDG_CONFIG_HOME/foyer, kiosk state below XDG_STATE_HOME/foyer,
 * the record below XDG_DATA_HOME/foyer.
 */
struct home;

enum home_place {
	HOME_SETTINGS, /* foyer.ini */
	HOME_KEYS,     /* the agency's sealed key, public keys */
	HOME_KIOSK,    /* kiosk key, seq.state, pending ticket */
	HOME_FORMS,    /* compiled forms, every version ever used */
	HOME_RECORD,   /* record.db */
	HOME_PRINTS,   /* printed pages as files */
	HOME_EXPORTS,  /* lists as spreadsheets */
	HOME_TRAINING, /* an invented agency to learn with: a home of its own */
	HOME_PLACES,
};

/*
 * The home at folder, or for NULL the one of the XDG directories. Makes no
 * folder. The caller frees *out with home_free().
 * FAULT_SYSTEM: no folder was given and HOME is not set. FAULT_FORMAT: the
 * folder given is empty text.
 */
MUST_CHECK enum fault home_open(const char *folder, struct home **out);
/*
 * The same for whoever works in a home that somebody has set up: a folder that
 * was given must be there, lest a misspelt one becomes a new home.
 * FAULT_FORMAT, too: it is not, or a file has its name; the log says how one is
 * made.
 */
MUST_CHECK enum fault home_find(const char *folder, struct home **out);
void home_free(struct home *home); /* NULL is fine */
DEFINE_SCOPED(struct home, home_free)

#define HOME_PASSPHRASE "passphrase.txt" /* of a demo, in HOME_SETTINGS */
#define HOME_SITE_KEY "site.key"         /* signs shared counts, in HOME_KEYS */

/* The folder of a place; belongs to home. */
const char *home_folder(const struct home *home, enum home_place place);

/* The path of a file in a place; the caller frees it. */
char *home_path(const struct home *home, enum home_place place,
		const char *name);

/*
 * Whether this is an invented agency made by `foyer demo new`: only there is
 * the passphrase read from a file.
 */
bool home_is_demo(const struct home *home);

/* The folder given with --home, or NULL where XDG directories are used. */
const char *home_given(const struct home *home);
