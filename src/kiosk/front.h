#pragma once

#include <poll.h>
#include <stdbool.h>
#include <stdint.h>

#include "kiosk/pulse.h"
#include "ui/canvas.h"
#include "ui/term.h"

/*
 * The side of a process that faces a person at the kiosk: what the visit's loop
 * and the staff's have in common. It waits for all that can come, keeps the
 * beat, and shows what was drawn.
 */
struct front {
	struct term *term; /* the caller's */
	int signals;
	struct pulse_beat beat;
};

/* SIGTERM, SIGHUP and SIGINT are taken from now on; they end as leaving does.
 * beat: as kiosk/pulse.h, or -1. front_done() only closes what was opened. */
void front_init(struct front *front, struct term *term, int beat);
void front_done(struct front *front);

/*
 * One turn: stands until something comes, also at other (its descriptor may be
 * -1), left ms at most, and sets *now, of world_ticks(). False: the program is
 * told to end, or the terminal is gone. Keys are the caller's to take.
 */
bool front_wait(struct front *front, struct pollfd *other, int64_t left,
		int64_t *now);

/* A canvas of the terminal's size, for the caller to draw on and free; and the
 * same shown. */
struct canvas *front_canvas(const struct front *front);
void front_show(struct front *front, const struct canvas *canvas, int64_t now);
