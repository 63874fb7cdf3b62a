#include "base/home.h"

#include <assert.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/log.h"

/* Below --home, and which XDG directory serves without it. */
static const struct {
	const char *below;
	const char *variable, *usual, *below_xdg;
} places[] = {
	[HOME_SETTINGS] = { "", "XDG_CONFIG_HOME", ".config", "" },
	[HOME_KEYS] = { "/keys", "XDG_CONFIG_HOME", ".config", "/keys" },
	[HOME_KIOSK] = { "/kiosk", "XDG_STATE_HOME", ".local/state", "/kiosk" },
	[HOME_FORMS] = { "/forms", "XDG_CONFIG_HOME", ".config", "/forms" },
	[HOME_RECORD] = { "/record", "XDG_DATA_HOME", ".local/share",
			  "/record" },
	[HOME_PRINTS] = { "/prints", "XDG_DATA_HOME", ".local/share",
			  "/prints" },
	[HOME_TRAINING] = { "/training", "XDG_DATA_HOME", ".local/share",
			    "/training" },
	[HOME_EXPORTS] = { "/exports", "XDG_DATA_HOME", ".local/share",
			   "/exports" },
};

static_assert(COUNT(places) == HOME_PLACES, "every place has a folder");

struct home {
	char *given;
	char *folders[HOME_PLACES];
};

/* The XDG specification has relative paths in its variables ignored. */
static char *xdg_folder(enum home_place place, const char *user)
{
	const char *base = getenv(places[place].variable);

	if (base && base[0] == '/')
		return xasprintf("%s/foyer%s", base, places[place].below_xdg);
	return xasprintf("%s/%s/foyer%s", user, places[place].usual,
			 places[place].below_xdg);
}

enum fault home_open(const char *folder, struct home **out)
{
	const char *user = getenv("HOME");
	struct home *home;

	if (folder && !*folder) {
		log_error("--home names no folder; write --home DIR");
		return FAULT_FORMAT;
	}
	if (!folder && (!user || !*user)) {
		log_error("HOME is not set: say where things are with "
			  "--home DIR");
		return FAULT_SYSTEM;
	}
	home = xcalloc(1, sizeof *home);
	home->given = folder ? xstrdup(folder) : NULL;
	for (int place = 0; place < HOME_PLACES; place++)
		home->folders[place] =
		    folder ? xasprintf("%s%s", folder, places[place].below)
			   : xdg_folder(place, user);
	*out = home;
	return FAULT_NONE;
}

enum fault home_find(const char *folder, struct home **out)
{
	if (folder && *folder && file_exists(folder) &&
	    !folder_exists(folder)) {
		log_error("%s: this is a file; --home takes the folder in "
			  "which an agency's files lie",
			  folder);
		return FAULT_FORMAT;
	}
	if (folder && *folder && !folder_exists(folder)) {
		log_error("%s: no such folder; `foyer key new --home %s` or "
			  "`foyer demo new --home %s` makes one",
			  folder, folder, folder);
		return FAULT_FORMAT;
	}
	return home_open(folder, out);
}

void home_free(struct home *home)
{
	if (!home)
		return;
	for (int place = 0; place < HOME_PLACES; place++)
		free(home->folders[place]);
	free(home->given);
	free(home);
}

const char *home_folder(const struct home *home, enum home_place place)
{
	return home->folders[place];
}

char *home_path(const struct home *home, enum home_place place,
		const char *name)
{
	return xasprintf("%s/%s", home->folders[place], name);
}

bool home_is_demo(const struct home *home)
{
	SCOPED(char_freep) char *mark = home_path(home, HOME_SETTINGS, "demo");

	return file_exists(mark);
}

const char *home_given(const struct home *home)
{
	return home->given;
}
