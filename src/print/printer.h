#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/fault.h"
#include "base/memory.h"
#include "print/picture.h"

/*
 * A ticket printer, driven from the caller's poll(): checks it, sends one
 * picture, waits for its acknowledgement. Nothing here sleeps; a device, a
 * socket and, for printers that only take blocking writes, the pipe to their
 * writer's thread are all one descriptor.
 *
 *	printer_start(printer, picture, now);
 *	while (printer_answer(printer) == PRINTER_WORKING) {
 *		struct pollfd wait = { printer_descriptor(printer),
 *				       printer_events(printer) };
 *		poll(&wait, 1, printer_deadline(printer) - now);
 *		printer_ready(printer, wait.revents, now);
 *		printer_tick(printer, now);
 *	}
 *
 * Times are milliseconds of a clock that only goes forward.
 */
struct printer;

enum printer_answer {
	PRINTER_IDLE,      /* nothing was asked yet */
	PRINTER_WORKING,   /* no answer yet */
	PRINTER_CONFIRMED, /* the printer says it has printed */
	PRINTER_UNKNOWN,   /* something was sent: ask whether it came out */
	PRINTER_NO_PAPER,  /* this and the following: nothing was printed */
	PRINTER_COVER_OPEN,
	PRINTER_OFFLINE, /* it is there and does not take a job */
	PRINTER_ABSENT,  /* no printer is set up, or none is there */
};

/*
 * A printer by its address, foyer.ini's `[printer] address`:
 *
 *	none              no printer: every job is PRINTER_ABSENT
 *	file:/path        each job replaces this file; a name ending in .png
 *	                  gets the picture, any other the printer's bytes
 *	usb:/dev/usb/lp0  a USB printer at the kernel's usblp
 *	tty:/dev/ttyUSB0  a serial line; `,38400` to `,115200` after it sets
 *	                  the speed, `,xonxoff` the flow control (38400 and
 *	                  RTS/CTS where nothing is said). A device that is no
 *	                  serial line is taken for a USB printer's.
 *	tcp:HOST:PORT     a network printer, HOST an IP address ([::1] for IPv6)
 *	cups:NAME         an office's printer, as CUPS on this machine has it:
 *	                  the ticket in its own size on a page (print/clerk.h)
 *
 * Touches no device. The caller frees *out with printer_free().
 * FAULT_FORMAT: not such an address; the log shows the mend.
 */
MUST_CHECK enum fault printer_new(const char *address, struct printer **out);
void printer_free(struct printer *printer); /* NULL is fine; gives up a job */
DEFINE_SCOPED(struct printer, printer_free)

/* What is known of its model, from the next job on; profile_usual until then.
 */
struct profile;
void printer_use(struct printer *printer, const struct profile *profile);

/*
 * Says what the next jobs are, for an office's printer (cups:), which lists
 * them for all to read: tickets, or slips, of the kiosk of this name, as
 * print/clerk.h has it (NULL: of none). Until then they are pages.
 */
enum printer_paper { PRINTER_PAGE, PRINTER_TICKET, PRINTER_SLIP };
void printer_name(struct printer *printer, enum printer_paper paper,
		  const char *kiosk);

/*
 * Has an office's printer let go of what a kiosk of that name sent it before,
 * as before a power cut: nobody stands there for it any more. Does not wait,
 * and goes on until the next job begins, which does the same first, or until
 * CUPS was away for about a minute. Elsewhere nothing is left.
 */
void printer_clear(struct printer *printer);

/* Whether there is a printer at all: false for the address "none". */
bool printer_exists(const struct printer *printer);

/*
 * Begins to print; picture is copied. A job that was under way is given up.
 * After PRINTER_UNKNOWN and "no, it did not come out", call it again with
 * picture_moved(picture, PICTURE_REPRINT).
 */
void printer_start(struct printer *printer, const struct picture *picture,
		   int64_t now);

/*
 * Begins to ask it how it is, and prints nothing. PRINTER_IDLE is well,
 * PRINTER_UNKNOWN that it does not say; the others are as of a job. One whose
 * profile says that its state is worth nothing is well if it takes bytes.
 */
void printer_ask(struct printer *printer, int64_t now);

enum printer_answer printer_answer(const struct printer *printer);

/* PRINTER_OFFLINE, because another program prints there. */
bool printer_is_taken(const struct printer *printer);

/* Bands sent so far, in percent. */
int printer_percent(const struct printer *printer);

/* Whether it ever answered a question for its state. */
bool printer_talks(const struct printer *printer);

/* The printer said that its roll is nearly at its end: for staff. */
bool printer_paper_low(const struct printer *printer);

/* What to poll() for: -1 and 0 while there is nothing. */
int printer_descriptor(const struct printer *printer);
short printer_events(const struct printer *printer);

/* When printer_tick() is due at the latest; INT64_MAX without a job. */
int64_t printer_deadline(const struct printer *printer);

/* poll() found revents on the descriptor; none is fine. */
void printer_ready(struct printer *printer, short revents, int64_t now);

/* Time has passed. */
void printer_tick(struct printer *printer, int64_t now);

/*
 * For who has nothing else to do: waits for what was begun at
 * printer_clock(), and gives its answer.
 */
int64_t printer_clock(void);
enum printer_answer printer_await(struct printer *printer);
