#pragma once

#include <stdint.h>

#include "base/memory.h"
#include "scan/event.h"

/*
 * Tells a keyboard-wedge scanner from a person by what it types and how fast
 * (TICKET.md §8), in any keyboard layout of scan/layout.h. A pure machine: it
 * is fed keys with their times and gives events.
 *
 * Every key waits until it is clear that it is no part of a burst: 20 ms after
 * it, 60 ms where it could begin a ticket. Eight keys and fewer are a
 * person's, however fast; a longer burst is dropped whole, so nothing that a
 * barcode types reaches a screen as keys. Once a ticket is recognised all is
 * swallowed until Enter, Tab or silence; only two pauses among its first eight
 * keys show that somebody types those digits, and give them back.
 *
 * A barcode may also type what a terminal takes for a touch. Nobody touches the
 * screen within 20 ms of a key or of another touch: that is a burst, however
 * short, and a scanner's Enter makes one of a touch that came alone.
 */
struct wedge;

#define WEDGE_BURST 8     /* keys; more at once are not a person's */
#define WEDGE_FAST 20     /* ms between a burst's keys, at most */
#define WEDGE_HOLD 60     /* ms between the first keys of a ticket, at most */
#define WEDGE_SILENCE 400 /* ms after which a scan without Enter is over */

/* Forgets nothing a caller needs: held keys are lost. Frees with wiping. */
struct wedge *wedge_new(void);
void wedge_free(struct wedge *wedge); /* NULL is fine; wipes */
DEFINE_SCOPED(struct wedge, wedge_free)

/*
 * A key was pressed. character is its Unicode character, '\r' for Enter, '\t'
 * for Tab and 0 for every key without one (arrows, F1): those are in no ticket
 * and dropped with a burst like the rest. key is the caller's own name for it,
 * given back in SCAN_KEY. Wheels and resizes are not for the wedge.
 * Times are milliseconds of a clock that only goes forward.
 */
void wedge_key(struct wedge *wedge, uint32_t character, uint64_t key,
	       int64_t now);

/* The screen was touched, or a click came; key as above. */
void wedge_touch(struct wedge *wedge, uint64_t key, int64_t now);

/* Time has passed. */
void wedge_tick(struct wedge *wedge, int64_t now);

/* When wedge_tick() is due; INT64_MAX where nothing is held. */
int64_t wedge_deadline(const struct wedge *wedge);

/*
 * The next event, in order; SCAN_NONE when there is none. To be called until
 * then after every wedge_key() and wedge_tick().
 */
struct scan_event wedge_next(struct wedge *wedge);
