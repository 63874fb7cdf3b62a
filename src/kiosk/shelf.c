#include "kiosk/shelf.h"

#include <assert.h>
#include <stdlib.h>

#include "base/data.h"
#include "base/home.h"

static const char *const system_folders[] = {
	"/usr/share/fonts",
	"/usr/local/share/fonts",
	"/etc/fonts",
	"/usr/share/fontconfig",
	"/var/cache/fontconfig",
	"/usr/share/X11/xkb",
	"/usr/share/libthai",
	"/usr/share/zoneinfo",
	"/etc/localtime",
	"/etc/timezone",
	/* Sound cards, which say what they are. */
	"/sys/class/sound",
	"/sys/devices",
};

static void add(struct shelf *shelf, const char *folder)
{
	char *real = folder ? realpath(folder, NULL) : NULL;

	assert(shelf->count < SHELF_MOST);
	if (real)
		shelf->folders[shelf->count++] = real;
}

void shelf_fill(const struct hall *hall, struct shelf *shelf)
{
	SCOPED(char_freep) char *words = data_path("translations");
	SCOPED(char_freep)
	char *own = home_path(hall->home, HOME_SETTINGS, "translations");

	*shelf = (struct shelf){ 0 };
	add(shelf, words);
	add(shelf, own);
	for (size_t i = 0; i < COUNT(hall->speech.packs); i++)
		add(shelf, hall->speech.packs[i]);
	for (size_t i = 0; i < COUNT(system_folders); i++)
		add(shelf, system_folders[i]);
}
