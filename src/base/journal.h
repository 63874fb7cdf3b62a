#pragma once

#include <stdbool.h>

#include "base/memory.h"

/*
 * The log of a program with screens: what staff or an administrator should
 * know goes to a file, a line each with its moment, and to standard error as
 * long as no screen is up that it would be written into. There is one.
 */
struct journal;

/* Opens it, with the log's lines sent there. A file that cannot be written
 * leaves standard error. The caller ends it with journal_free(). */
struct journal *journal_new(const char *path);
void journal_free(struct journal *journal); /* the log is as it was */

/* Screens are up, or down again. */
void journal_screens(struct journal *journal, bool up);

/* Where it is written: NULL if it cannot be. */
const char *journal_path(const struct journal *journal);
