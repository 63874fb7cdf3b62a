#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/home.h"

/*
 * A ticket that was sealed and may have no paper: a power loss or a crash left
 * it as `pending`, where the next visitor's would take its place, so it is set
 * aside as `waiting`. There is one: a later one takes an earlier one's place.
 * Staff may print it for ISSUE_PENDING_MINUTES (issue.h), and
 * then it is removed. How long it has waited is told by its file's time, so now
 * is the system's own clock here, ms since 1970 UTC.
 */

#define WAITING_FILE "waiting"

/* The kiosk starts, or a visitor's process came to a bad end: one that is
 * pending waits from now on. Nobody may be issuing meanwhile. */
void waiting_begin(const struct home *home, int64_t now);

bool waiting_is(const struct home *home, int64_t now);

/* Removes one that has waited for too long. */
void waiting_end(const struct home *home, int64_t now);
