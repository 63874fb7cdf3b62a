#pragma once

#include <stdint.h>

/*
 * What another program would see in the record of a folder, or do to it: on a
 * connection of its own, wherever the record lies (tests/support/server.h).
 */

/* The first column of the one row. */
int64_t look_number(const char *folder, const char *sql);

/* The same as text, for the caller to free. */
char *look_text(const char *folder, const char *sql);

/* Runs what gives no rows. */
void look_change(const char *folder, const char *sql);
