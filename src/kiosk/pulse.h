#pragma once

#include <stdbool.h>
#include <stdint.h>

/*
 * The beat of an event loop, from a visitor's process to the kiosk's own: that
 * the loop turns, how large the screen is that is up, and whether it has lost
 * its porter (kiosk/porter.h). Nothing else goes that way, and nothing back.
 */
struct pulse {
	uint16_t rows, columns; /* 0 0: none is up yet at a size that stays */
	uint16_t alone;         /* 1: nobody runs its errands any more */
};

#define PULSE_MS 1000  /* between two beats, at least */
#define PULSE_REST 300 /* ms a size must stay to count */

/* The loop's side. Start from { .to = a descriptor, or -1: nobody listens }. */
struct pulse_beat {
	int to;
	int64_t last;  /* when it beat last */
	int64_t since; /* when the screen got its size; 0: none was drawn */
	int rows, columns;
	bool alone;
};

/* The screen was drawn whole, now. */
void pulse_drawn(struct pulse_beat *beat, int rows, int columns, int64_t now);

/* Once a turn of the loop; writes only when a beat is due, and never waits. */
void pulse_turn(struct pulse_beat *beat, int64_t now);

/* When the next beat is due. */
int64_t pulse_deadline(const struct pulse_beat *beat);

/* The other side: the last beat that came; false if none did. Takes them all,
 * and never waits. */
bool pulse_read(int from, struct pulse *pulse);
