#pragma once

#include <stdint.h>

#include "base/fault.h"
#include "base/home.h"
#include "base/settings.h"
#include "record/record.h"

/* What the nouns that stand at the desk's side share. */

/* Who works at the command line: the system's name of the user, no desk. */
struct record_who desk_who(void);

int64_t desk_now(void); /* ms since 1970 UTC */

/* The local day of a moment: "2026-11-22". */
#define DESK_DAY 16
void desk_today(int64_t now, char day[DESK_DAY]);

/*
 * The home that --home names, or NULL: one that was set up. What is wrong in
 * its foyer.ini is told. The caller frees *out. Faults are those of home_find()
 * and settings_read().
 */
MUST_CHECK enum fault desk_home(const char *folder, struct home **out);

/*
 * The home's record, with what has reached its time erased and its names open
 * as office/names.h says. The caller frees
 * *out with record_close(). Faults are those of record_open(); FAULT_FORMAT,
 * too: no folder was given, and nobody set up an agency where XDG has it.
 */
MUST_CHECK enum fault desk_record(const struct home *home, struct record **out);

/* The home's foyer.ini; faults as settings_read(). */
MUST_CHECK enum fault desk_settings(const struct home *home,
				    struct settings **out);
