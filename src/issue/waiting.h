#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"
#include "base/fault.h"
#include "base/home.h"
#include "base/uptime.h"

/*
 * Tickets that were sealed and may have no paper. What a visit leaves as
 * `pending` would be overwritten by the next visitor's, so it is set aside as
 * `waiting-SEQ`, and staff may print it, by its number. Each waits for so many
 * minutes of the machine's uptime, and is removed then:
 *
 *   the boot's id, a blank, ms of its uptime when it began to wait, a blank,
 *   the minutes it may wait, a line end; the wire
 *
 * What waited when the machine went off begins anew with the kiosk's start.
 */
#define WAITING_FILE "waiting" /* followed by "-412" */

/* A full list is a printer that nobody looks after: the oldest goes then. */
#define WAITING_MOST 32

enum waiting_why {
	/* A power loss or a crash: its paper may be in a hand already. */
	WAITING_CUT,
	/* No paper came, as the person was told, with the number: they wait at
	 * the desk while staff look for a roll, or for another printer. What
	 * lies here meanwhile nobody can open, so that it may take a while. */
	WAITING_UNPRINTED,
};
#define WAITING_CUT_MINUTES 15
#define WAITING_UNPRINTED_MINUTES 120

/*
 * One that is pending waits from now on, and those that waited when the machine
 * went off begin anew. Nobody may be issuing meanwhile. FAULT_SYSTEM: it cannot
 * be set aside, and is pending still.
 */
MUST_CHECK enum fault waiting_begin(const struct home *home,
				    const struct uptime *now,
				    enum waiting_why why);

struct waiting {
	uint32_t sequence;
	int minutes; /* that are left, 1 or more */
};

/* Those that wait, the oldest first; how many. */
size_t waiting_list(const struct home *home, const struct uptime *now,
		    struct waiting list[WAITING_MOST]);

/* The wire of one of them; nothing is added where it is not there.
 * FAULT_SYSTEM, FAULT_LIMIT as file_read(). */
MUST_CHECK enum fault waiting_wire(const struct home *home, uint32_t sequence,
				   struct bytes *wire);

/* It has its paper, or is given up. FAULT_SYSTEM. */
MUST_CHECK enum fault waiting_remove(const struct home *home,
				     uint32_t sequence);

/* Removes those that have waited for too long. */
void waiting_end(const struct home *home, const struct uptime *now);
