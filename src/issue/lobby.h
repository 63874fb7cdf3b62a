#pragma once

#include <stdbool.h>

#include "base/fault.h"
#include "base/home.h"
#include "base/memory.h"
#include "base/setting_known.h"
#include "base/settings.h"

/*
 * What foyer.ini says about the lobby, read once and shared by the kiosk and
 * the office:
 *
 *   [agency] name, desk, helpline    printed on every ticket
 *   [kiosk]  name                    short, "K7": letters and digits
 *            zone                    IANA, "America/Toronto"
 *            ticket_class            128, 256 or 480: the least size
 *            ticket_language         chosen: the fixed line in it, too
 *   [printer] paper_mm               58 or 80
 *   [form]   any name                what a form reads as a property
 */
#define LOBBY_NAME SETTING_SHORT_MOST /* bytes of a kiosk's short name */

struct lobby {
	struct settings *settings;
	const char *agency, *desk, *helpline; /* "" where not set */
	char kiosk[LOBBY_NAME + 1];
	char *zone;
	unsigned least_class; /* 0..2 */
	bool prints_language;
	int paper_width; /* dots: PAPER_NARROW or PAPER_WIDE */
};

/*
 * Reads the home's foyer.ini. The caller frees *out with lobby_free().
 * Faults are those of settings_read(); a name that cannot be printed or an
 * unknown zone is FAULT_FORMAT, and the log says what to write.
 */
MUST_CHECK enum fault lobby_read(const struct home *home, struct lobby **out);
void lobby_free(struct lobby *lobby); /* NULL is fine */
DEFINE_SCOPED(struct lobby, lobby_free)

/* A form's property by name from [form]; "" if none. Fits run_world;
 * to is the lobby. */
const char *lobby_property(void *to, const char *name);
