#include "office/desk.h"

#include <stdlib.h>
#include <time.h>

#include "base/file.h"
#include "base/log.h"
#include "office/names.h"
#include "record/where.h"
#include "text/zone.h"

struct record_who desk_who(void)
{
	const char *user = getenv("USER");

	return (struct record_who){ .user = user && *user ? user : "office",
				    .desk = "" };
}

int64_t desk_now(void)
{
	struct timespec now;

	clock_gettime(CLOCK_REALTIME, &now);
	return now.tv_sec * 1000LL + now.tv_nsec / 1000000;
}

void desk_today(int64_t now, char day[DESK_DAY])
{
	const time_t seconds = (time_t)(now / 1000);
	struct tm local;

	localtime_r(&seconds, &local);
	strftime(day, DESK_DAY, "%Y-%m-%d", &local);
}

/* The kiosk does not start with one that is wrong, and is not here to say so.
 */
static void tell_zone(const struct settings *settings)
{
	const char *zone = settings_text(settings, "kiosk", "zone", "UTC");

	if (!zone_known(zone))
		log_warning("foyer.ini: [kiosk] zone is \"%s\"; write a name "
			    "like America/Toronto",
			    zone);
}

enum fault desk_home(const char *folder, struct home **out)
{
	SCOPED(settings_freep) struct settings *settings = NULL;
	SCOPED(home_freep) struct home *home = NULL;
	enum fault fault;

	if ((fault = home_find(folder, &home)) ||
	    (fault = desk_settings(home, &settings)))
		return fault;
	settings_check(settings);
	tell_zone(settings);
	*out = home;
	home = NULL;
	return FAULT_NONE;
}

/* Whoever forgot --home would begin an empty record where nobody set up an
 * agency, and read that there is nothing. */
static enum fault refuse_nothing(const struct home *home)
{
	static const struct {
		enum home_place place;
		const char *name;
	} signs[] = {
		{ HOME_RECORD, RECORD_FILE },
		{ HOME_SETTINGS, "foyer.ini" },
		{ HOME_KEYS, "agency.pub" },
	};

	if (home_given(home))
		return FAULT_NONE;
	for (size_t i = 0; i < COUNT(signs); i++) {
		SCOPED(char_freep)
		char *path = home_path(home, signs[i].place, signs[i].name);

		if (file_exists(path))
			return FAULT_NONE;
	}
	log_error("%s: no agency here; say which with --home DIR, or make one "
		  "with `foyer key new`",
		  home_folder(home, HOME_SETTINGS));
	return FAULT_FORMAT;
}

enum fault desk_record(const struct home *home, struct record **out)
{
	SCOPED(record_closep) struct record *record = NULL;
	enum fault fault;

	if ((fault = refuse_nothing(home)) ||
	    (fault = record_open_home(home, &record)) ||
	    (fault = names_open_here(home, record)) ||
	    (fault = record_expire(record, desk_now(), NULL)))
		return fault;
	*out = record;
	record = NULL;
	return FAULT_NONE;
}

enum fault desk_settings(const struct home *home, struct settings **out)
{
	SCOPED(char_freep)
	char *path = home_path(home, HOME_SETTINGS, "foyer.ini");

	return settings_read(path, out);
}
