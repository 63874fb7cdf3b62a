#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/memory.h"
#include "scan/event.h"

/*
 * A scanner on a serial line (USB CDC-ACM, by id): digits ended by CR, LF or
 * Tab. It may be unplugged and come back; nothing here blocks. Times are
 * milliseconds of a clock that only goes forward.
 */
struct serial;

/* The scanner at path; nothing is opened yet. The caller frees it. */
struct serial *serial_new(const char *path);
void serial_free(struct serial *serial); /* NULL is fine; wipes */
DEFINE_SCOPED(struct serial, serial_free)

/* Whether the scanner is plugged in, as far as is known. */
bool serial_present(const struct serial *serial);

/* What to poll() for POLLIN, or -1 while it is not there. */
int serial_descriptor(const struct serial *serial);

/* When serial_tick() is due: the end of a scan, the next try to open it. */
int64_t serial_deadline(const struct serial *serial);

/* poll() found something on the descriptor. */
void serial_ready(struct serial *serial, int64_t now);

/* Time has passed; the first call opens the device. */
void serial_tick(struct serial *serial, int64_t now);

/*
 * The next event, SCAN_NONE when there is none; never SCAN_KEY. To be called
 * until then after every serial_ready() and serial_tick().
 */
struct scan_event serial_next(struct serial *serial);
