#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/memory.h"
#include "scan/event.h"

/*
 * A scanner that is a device of its own and not a keyboard for all: what it
 * reads comes as characters, and a scan ends with CR, LF or Tab, or with
 * silence. It may be unplugged and come back; nothing here blocks. Times are
 * milliseconds of a clock that only goes forward.
 */
struct feed;

enum feed_kind {
	FEED_SERIAL, /* a serial line, as /dev/serial/by-id/NAME (CDC-ACM) */
	/* A keyboard of the kernel's, as /dev/input/by-id/NAME-event-kbd: it
	 * is this program's alone (EVIOCGRAB), and its digit keys are digits
	 * whatever layout it believes in. */
	FEED_KEYS,
	FEED_CAMERA, /* as /dev/v4l/by-id/NAME: see scan/eye.h */
	FEED_KINDS,
};

/* The scanner at path; nothing is opened yet. The caller frees it. */
struct feed *feed_new(enum feed_kind kind, const char *path);
void feed_free(struct feed *feed); /* NULL is fine; wipes */
DEFINE_SCOPED(struct feed, feed_free)

/* Whether the scanner is plugged in, as far as is known. */
bool feed_present(const struct feed *feed);

/* What to poll() for POLLIN, or -1 while it is not there. */
int feed_descriptor(const struct feed *feed);

/* When feed_tick() is due: the end of a scan, the next try to open it. */
int64_t feed_deadline(const struct feed *feed);

/* poll() found something on the descriptor. */
void feed_ready(struct feed *feed, int64_t now);

/* Time has passed; the first call opens the device. */
void feed_tick(struct feed *feed, int64_t now);

/*
 * The next event, SCAN_NONE when there is none; never SCAN_KEY. To be called
 * until then after every feed_ready() and feed_tick().
 */
struct scan_event feed_next(struct feed *feed);
