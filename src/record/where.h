#pragma once

#include "base/home.h"
#include "record/record.h"

/*
 * The record of a home: RECORD_FILE in its folder, or where `[record] at` of
 * its foyer.ini says: postgresql://USER@HOST/DATABASE.
 */
MUST_CHECK enum fault record_where(const struct home *home, char **where);

/* Whether that is a server, and not a file. */
bool record_where_server(const char *where);

/* record_open() of it. */
MUST_CHECK enum fault record_open_home(const struct home *home,
				       struct record **out);

/* record_open_away() of it. */
MUST_CHECK enum fault record_open_home_away(const struct home *home,
					    struct record **out);
