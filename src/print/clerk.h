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
 * Gives a descriptor, which is ready to read once the answer is there; closing
 * it takes the job back. -1: there is no process to be had. vouches: that the
 * queue has printed counts as PRINTER_CONFIRMED, else PRINTER_UNKNOWN.
 * patience: ms, of which the last CLERK_SPARE are for taking the job back.
 */
int clerk_send(const char *queue, const struct picture *picture, bool vouches,
	       int patience);

/* What came of it: PRINTER_UNKNOWN where the clerk died. */
enum printer_answer clerk_answer(int descriptor);

/* How long it may take, in ms: an office's printer wakes up first. */
#define CLERK_MS 75000
#define CLERK_SPARE 10000
