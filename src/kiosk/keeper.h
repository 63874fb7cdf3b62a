#pragma once

#include <stdint.h>

#include "base/home.h"
#include "base/memory.h"
#include "kiosk/pulse.h"

/*
 * What the kiosk's own process does while a visitor's has the screen: it hears
 * the beat of that loop (kiosk/pulse.h) and passes it on to the service
 * manager, so that a loop which stands still is noticed; writes down that one
 * has lost its porter; says when the first whole screen is up; keeps the clock
 * over a power cut, and tickets that wait for their paper no longer than they
 * may (issue/waiting.h).
 */
struct keeper;

#define KEEPER_CLOCK_MS (60 * 60 * 1000)
#define KEEPER_LOOK_MS (10 * 1000) /* between looks at what waits */

/* Each may be NULL: nobody is told, and no clock is kept. */
struct keeper_ways {
	const char *manager; /* as base/supervise.h has it */
	/* A file or device that exists: it gets the line "ready COLSxROWS"
	 * when a screen of a size is up first, for tests of whole machines. */
	const char *tests;
	/* A file that gets the time, and bears it as its own: seconds since
	 * 1970 UTC and a line end. */
	const char *clock;
	/* Whose tickets that nobody came for are removed in time. */
	const struct home *home;
};

/* The caller frees it. NULL: no pipe is to be had, as the log says. */
struct keeper *keeper_new(const struct keeper_ways *ways);
void keeper_free(struct keeper *keeper); /* NULL is fine */
DEFINE_SCOPED(struct keeper, keeper_free)

int keeper_input(const struct keeper *keeper);  /* to be polled */
int keeper_output(const struct keeper *keeper); /* for pulse_beat */

/* Takes the beats that came. */
void keeper_take(struct keeper *keeper);

/* Saves the clock if an hour has passed, or last: it is the end. now is ms of a
 * clock that only goes forward, time ms since 1970 UTC. */
void keeper_tick(struct keeper *keeper, int64_t now, int64_t time);
void keeper_end(struct keeper *keeper, int64_t time);
