#pragma once

#include <stdint.h>

#include "kiosk/hall.h"

/*
 * The errands of a visitor's process, which may open nothing itself, and the
 * process that runs them. That one is forked before anything was answered and
 * is never told an answer: only the ticket as it is sealed, its paper as a
 * picture, lines for the log, and the names of files to be lent
 * (base/lender.h).
 *
 * Messages on a SOCK_SEQPACKET socket begin with a byte, its kind:
 */
enum errand {
	ERRAND_KEEP = 'K',  /* the wire: to the disk, durably. Answered */
	ERRAND_DROP = 'D',  /* it is in a hand: off the disk. Answered */
	ERRAND_PAPER = 'P', /* struct errand_paper: a picture begins */
	ERRAND_BITS = 'B',  /* more of its bits; printed when all are there */
	ERRAND_LOG = 'L',   /* a byte, enum log_level; the line */
	/* And back: the kind, a byte, and the paper's number. */
	ERRAND_DONE = 'd',    /* of what is answered: enum fault */
	ERRAND_PRINTER = 'p', /* enum printer_answer, when it has changed */
};

struct errand_paper {
	int width, height; /* dots */
	int number;        /* 0 to 255: comes back with its answer */
	int slip;          /* not 0: it is no ticket */
};

#define ERRAND_MOST 4096 /* bytes of a message */

/* More is not believed of a visitor's process: what it says is not to fill the
 * disk, nor to carry a conversation there. */
#define ERRAND_LINES 64 /* of the log, a visit */
#define ERRAND_LINE 300 /* bytes of one; it is cut */
#define ERRAND_PAPERS 3 /* pictures that are printed */

/* The process: until the visitor's end of socket is closed, or it has a few
 * seconds left once the visitor's process has ended. number: the ticket's. */
void errands_run(struct hall *hall, uint32_t number, int socket, int lender)
    __attribute__((noreturn));
