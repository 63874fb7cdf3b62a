#include "kiosk/shelf.h"

#include <assert.h>
#include <stdlib.h>

#include "base/data.h"
#include "base/home.h"

static const char *const system_folders[] = {
	"/usr/share/fonts",      "/usr/local/share/fonts", "/etc/fonts",
	"/usr/share/fontconfig", "/var/cache/fontconfig",  "/usr/share/X11/xkb",
	"/usr/share/libthai",    "/usr/share/zoneinfo",    "/etc/localtime",
	"/etc/timezone",         "/sys/class/sound",
};

/* Sound cards, and what a USB device says that it is; of its serial number and
 * of all other devices nothing. */
static const char *const system_names[] = {
	"/sys/devices/*/sound/card[0-9]",
	"/sys/devices/*/sound/card[0-9][0-9]",
	"/sys/devices/*/usb[0-9]*/*/descriptors",
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

struct lender_shelf shelf_lent(const struct shelf *shelf)
{
	return (struct lender_shelf){
		.folders = shelf->folders,
		.folder_count = shelf->count,
		.patterns = system_names,
		.pattern_count = COUNT(system_names),
	};
}
