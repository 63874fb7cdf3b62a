#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/fault.h"
#include "base/home.h"

/*
 * The kiosk's time. A Pi has no clock that runs without power, and this program
 * may not set the system's: staff say what time it is, and how far that is from
 * the system's time is kept for as long as the machine runs. Until they said
 * so, and again after each power loss, the time is not trusted: tickets say so
 * and bear no date.
 *
 * kiosk/time: the boot's id (proc(5), random/boot_id), a blank, milliseconds,
 * and a line end.
 */
struct timepiece {
	int64_t offset; /* ms to add to the system's time */
	bool trusted;
};

/* A machine that is not the kiosk's own has a clock that is looked after: what
 * the system says is trusted if it can be a time of this century. */
struct timepiece timepiece_read(const struct home *home, bool own_machine);

/* Staff say that it is now (ms since 1970 UTC). FAULT_SYSTEM: it cannot be
 * written, and nothing changes. */
MUST_CHECK enum fault timepiece_confirm(const struct home *home, int64_t now,
					struct timepiece *timepiece);

/* ms since 1970 UTC. */
int64_t timepiece_now(const struct timepiece *timepiece);
