#pragma once

#include <stdbool.h>

#include "print/line.h"

/*
 * The line to a printer at the kernel's usblp driver (/dev/usb/lp0), which
 * takes blocking writes alone: a thread of its own writes them, and the other
 * end of a pair of sockets is a descriptor like any other. A printer without
 * paper ends the line (LPABORT) instead of holding it for ever. The device has
 * one opener: nobody else may print there, neither CUPS nor another program.
 */
struct line_usb;

/*
 * Takes a device that was opened to read and write, without O_NONBLOCK; it is
 * the line's from now on. NULL: there is no thread, and the device is closed.
 */
struct line_usb *line_usb_new(int device);

/* Stops its thread, whatever that waits for; what was not sent is not. */
void line_usb_free(struct line_usb *line);

int line_usb_descriptor(const struct line_usb *line);

/* Whether the printer has taken all that was written. */
bool line_usb_is_sent(const struct line_usb *line);

/* Whether it took no more because it has no paper. */
bool line_usb_no_paper(const struct line_usb *line);

/* What the driver itself said when the printer was last asked for its state,
 * for one that answers nothing. Some say always the same. */
enum line_paper line_usb_paper(const struct line_usb *line);
