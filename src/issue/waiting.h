#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/home.h"

/*
 * A ticket that was sealed and may have no paper: a power loss or a crash left
 * it as `pending`. Staff may print it for ISSUE_PENDING_MINUTES (issue.h), and
 * then it is removed. How long it has waited is told by its file's time, so now
 * is the system's own clock here, ms since 1970 UTC.
 */

/* The kiosk starts: one that is there waits from now on. */
void waiting_begin(const struct home *home, int64_t now);

bool waiting_is(const struct home *home, int64_t now);

/* Removes one that has waited for too long. */
void waiting_end(const struct home *home, int64_t now);
