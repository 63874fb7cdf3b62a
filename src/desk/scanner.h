#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "scan/event.h"
#include "scan/serial.h"
#include "scan/wedge.h"
#include "ui/key.h"

/*
 * Everything that may bring a ticket to this desk: the keyboard, which may be
 * a wedge scanner, and a scanner on a serial line where one is set up. Times
 * are milliseconds of a clock that only goes forward.
 */
struct scanner {
	struct wedge *wedge;
	struct serial *serial; /* NULL: none is set up */
	int reading;           /* percent of a scan under way; -1: none */
};

/* path: the serial line, "" for none. */
void scanner_open(struct scanner *scanner, const char *path);
void scanner_close(struct scanner *scanner); /* one never opened is fine */

/* A serial scanner is set up and is not plugged in. */
bool scanner_missing(const struct scanner *scanner);

/* What to poll() for POLLIN, or -1, and when scanner_tick() is due. */
int scanner_descriptor(const struct scanner *scanner);
int64_t scanner_deadline(const struct scanner *scanner);

/* A key that types something was pressed: a person's or a wedge's. */
void scanner_key(struct scanner *scanner, const struct ui_event *event,
		 int64_t moment);

/* poll() found something on the descriptor. */
void scanner_ready(struct scanner *scanner, int64_t moment);

/* Time has passed. */
void scanner_tick(struct scanner *scanner, int64_t moment);

/* The next event, SCAN_NONE when there is none. To be called until then after
 * each of the three above. */
struct scan_event scanner_next(struct scanner *scanner);
