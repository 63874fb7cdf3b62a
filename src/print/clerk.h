#pragma once

#include <stdbool.h>

#include "print/picture.h"
#include "print/printer.h"

/*
 * Whoever has one picture printed at an office's printer (print/queue.h), in a
 * process of its own, since CUPS is waited for: nobody else's screen is. That
 * one begins anew (exec), with nothing but the page: libcups runs beside no key
 * and no answer.
 *
 * The picture goes there in its own size. A queue that is stopped gets no
 * job; what has not begun to print when something is wrong is taken back, so
 * that no old ticket comes out later. CUPS counts a job as printed when the
 * printer has taken all of it into its memory, which says nothing of paper.
 */

/*
 * What it is asked. Its jobs are called by what they are, and of which kiosk:
 * "Foyer page", "Foyer K7 91F2 ticket". A queue's list is for all to read.
 */
struct clerk_wish {
	const char *queue;
	/* Its short name, which another may have too, and its key's id: "K7
	 * 91F2"; NULL: none. */
	const char *kiosk;
	enum printer_paper paper;
	bool vouches; /* printed by the queue is PRINTER_CONFIRMED, else
			 PRINTER_UNKNOWN */
	int patience; /* ms */
};

/*
 * Each gives a descriptor, which is ready to read once the answer is there.
 * Closing it before lets go of it: a job is taken back, and what was not
 * cancelled yet stays. -1: there is no process to be had.
 *
 * clerk_send() prints, and first does what clerk_clear() does, once; again, of
 * a kiosk's job that CUPS took without an answer. Of the patience the last
 * CLERK_SPARE are for taking the job back.
 *
 * clerk_clear() cancels what the kiosk has there still: this user's own jobs of
 * its tickets and slips, begun or not, that nobody stands before any more, as
 * those of before a power cut. It tries until CUPS lists them, for its patience
 * without CLERK_SPARE at most.
 *
 * clerk_ask() tells how the queue is: PRINTER_IDLE is well.
 */
int clerk_send(const struct clerk_wish *wish, const struct picture *picture);
int clerk_clear(const struct clerk_wish *wish);
int clerk_ask(const struct clerk_wish *wish);

/* What came of it: PRINTER_UNKNOWN where the clerk died. */
enum printer_answer clerk_answer(int descriptor);

/* How long printing may take, in ms: an office's printer wakes up first. */
#define CLERK_MS 75000
#define CLERK_SPARE 10000
