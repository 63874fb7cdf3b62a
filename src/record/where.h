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

/* The path of a record in its file, for what is done to files alone.
 * FAULT_STORE: this home's is on a server; the log says so. */
MUST_CHECK enum fault record_file_home(const struct home *home, char **path);
