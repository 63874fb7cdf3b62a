#pragma once

#include <poll.h>
#include <stdbool.h>
#include <stdint.h>

#include "base/settings.h"
#include "scan/event.h"
#include "scan/feed.h"
#include "scan/wedge.h"
#include "ui/key.h"

/*
 * Everything that may bring a ticket to this desk: the keyboard, which may be
 * a wedge scanner, and the scanners of their own that are set up (scan/feed.h).
 * Times are milliseconds of a clock that only goes forward.
 */
struct scanner {
	struct wedge *wedge;
	struct feed *feeds[FEED_KINDS]; /* NULL: none is set up */
	int reading; /* percent of a scan under way; -1: none */
};

/* Those of [scanner] in foyer.ini. To be called before anything secret is read:
 * a camera's process has a copy of what is known now. */
void scanner_open(struct scanner *scanner, const struct settings *settings);
void scanner_close(struct scanner *scanner); /* one never opened is fine */

/* A scanner is set up and is not plugged in. */
bool scanner_missing(const struct scanner *scanner);

/* What to poll() for, and when scanner_tick() is due. */
void scanner_wait(const struct scanner *scanner,
		  struct pollfd waits[FEED_KINDS]);
int64_t scanner_deadline(const struct scanner *scanner);

/* A key was pressed or the screen touched: by a person, or by a wedge whose
 * barcode says so. */
void scanner_key(struct scanner *scanner, const struct ui_event *event,
		 int64_t moment);

/* poll() found something on some of them. */
void scanner_ready(struct scanner *scanner,
		   const struct pollfd waits[FEED_KINDS], int64_t moment);

/* Time has passed. */
void scanner_tick(struct scanner *scanner, int64_t moment);

/* The next event, SCAN_NONE when there is none. To be called until then after
 * each of the three above. */
struct scan_event scanner_next(struct scanner *scanner);
