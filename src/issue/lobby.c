#include "issue/lobby.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/log.h"
#include "base/setting_known.h"
#include "print/paper.h"
#include "text/zone.h"

#define ZONE_BYTES 256

/* The machine's own zone, by where /etc/localtime points; UTC if unknown. */
static const char *machine_zone(char zone[ZONE_BYTES])
{
	static const char folder[] = "/zoneinfo/";
	ssize_t length = readlink("/etc/localtime", zone, ZONE_BYTES - 1);
	const char *at;

	zone[length > 0 ? length : 0] = 0;
	at = strstr(zone, folder);
	return at && zone_known(at + strlen(folder)) ? at + strlen(folder)
						     : "UTC";
}

static enum fault read_name(struct lobby *lobby, const char *path)
{
	const char *name =
	    settings_text(lobby->settings, "kiosk", "name", "K1");

	if (!setting_allowed(setting_known("kiosk", "name"), name)) {
		log_error("%s: [kiosk] name is \"%s\"; write 1 to %d letters "
			  "and digits, as in K7",
			  path, name, LOBBY_NAME);
		return FAULT_FORMAT;
	}
	memcpy(lobby->kiosk, name, strlen(name) + 1);
	return FAULT_NONE;
}

static enum fault read_zone(struct lobby *lobby, const char *path)
{
	char room[ZONE_BYTES];
	const char *zone =
	    settings_text(lobby->settings, "kiosk", "zone", NULL);

	if (zone && !zone_known(zone)) {
		log_error("%s: [kiosk] zone is \"%s\"; write a name like "
			  "America/Toronto",
			  path, zone);
		return FAULT_FORMAT;
	}
	lobby->zone = xstrdup(zone ? zone : machine_zone(room));
	return FAULT_NONE;
}

static enum fault read_class(struct lobby *lobby, const char *path)
{
	static const char *const names[] = { "128", "256", "480" };
	const char *size =
	    settings_text(lobby->settings, "kiosk", "ticket_class", "128");

	for (unsigned i = 0; i < COUNT(names); i++) {
		if (strcmp(size, names[i]) == 0) {
			lobby->least_class = i;
			return FAULT_NONE;
		}
	}
	log_error("%s: [kiosk] ticket_class is \"%s\"; write 128, 256 or 480",
		  path, size);
	return FAULT_FORMAT;
}

static void read_words(struct lobby *lobby)
{
	const struct settings *settings = lobby->settings;

	lobby->agency = settings_text(settings, "agency", "name", "");
	lobby->desk = settings_text(settings, "agency", "desk", "");
	lobby->helpline = settings_text(settings, "agency", "helpline", "");
	lobby->prints_language =
	    strcmp(settings_text(settings, "kiosk", "ticket_language", ""),
		   "chosen") == 0;
	lobby->paper_width =
	    strcmp(settings_text(settings, "printer", "paper_mm", ""), "80") ==
		    0
		? PAPER_WIDE
		: PAPER_NARROW;
}

static enum fault (*const parts[])(struct lobby *lobby, const char *path) = {
	read_name,
	read_zone,
	read_class,
};

enum fault lobby_read(const struct home *home, struct lobby **out)
{
	SCOPED(char_freep)
	char *path = home_path(home, HOME_SETTINGS, "foyer.ini");
	SCOPED(lobby_freep) struct lobby *lobby = xcalloc(1, sizeof *lobby);
	enum fault fault;

	if ((fault = settings_read(path, &lobby->settings)))
		return fault;
	/* All are told at once, so that one look is enough to mend them. */
	for (size_t i = 0; i < COUNT(parts); i++) {
		enum fault wrong = parts[i](lobby, path);

		fault = fault ? fault : wrong;
	}
	if (fault)
		return fault;
	read_words(lobby);
	*out = lobby;
	lobby = NULL;
	return FAULT_NONE;
}

void lobby_free(struct lobby *lobby)
{
	if (!lobby)
		return;
	settings_free(lobby->settings);
	free(lobby->zone);
	free(lobby);
}

const char *lobby_property(void *to, const char *name)
{
	const struct lobby *lobby = to;
	const struct setting_known *known = setting_known("form", name);

	/* Forms compare with a word, and an agency may write "Yes". */
	if (known && known->kind == SETTING_FLAG)
		return settings_flag(lobby->settings, "form", name, false)
			   ? "yes"
			   : "no";
	return settings_text(lobby->settings, "form", name, "");
}
