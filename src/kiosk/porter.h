#pragma once

#include <sys/types.h>

#include "base/fault.h"
#include "base/memory.h"
#include "issue/issue.h"
#include "kiosk/hall.h"
#include "print/picture.h"
#include "print/printer.h"

/*
 * Whoever runs a visitor's errands (kiosk/errands.h), as the visitor's process
 * has it: a printer to print on, a keeper of the sealed ticket, a log.
 */
struct porter;

/* How long it may take, in ms; one that takes longer hangs, and is given up. */
#define PORTER_PATIENCE 15000 /* an errand, usually */
#define PORTER_PRINTS                                          \
	90000 /* a paper: the longest, on a printer that waits \
		 before each band (print/printer.h) */

/*
 * Starts the process, before anything was answered, for a ticket of this
 * number; it writes what is logged here until porter_free(). An errand is
 * awaited for patience ms. hall outlives it. The caller frees *out, which ends
 * the process. FAULT_SYSTEM: there is none to be had.
 */
MUST_CHECK enum fault porter_start(struct hall *hall, uint32_t number,
				   int patience, struct porter **out);
void porter_free(struct porter *porter); /* NULL is fine */
DEFINE_SCOPED(struct porter, porter_free)

/* For jail_enter(): the process, the socket to the lender, and the other one,
 * which is also to be polled for POLLIN; -1: the process is gone. */
pid_t porter_process(const struct porter *porter);
int porter_lender(const struct porter *porter);
int porter_descriptor(const struct porter *porter);

/*
 * As printer_start() and printer_answer() do; now is ms of world_ticks(). Where
 * the porter goes, or hangs, the answer is PRINTER_OFFLINE if the picture had
 * not reached it whole, so that nothing was printed, and else PRINTER_UNKNOWN.
 */
void porter_print(struct porter *porter, const struct picture *picture,
		  int64_t now);
void porter_print_slip(struct porter *porter, const struct picture *picture,
		       int64_t now); /* which is no ticket */
enum printer_answer porter_answer(const struct porter *porter);

/* Takes what came of it, without waiting. */
void porter_take(struct porter *porter, int64_t now);

/* Keeps sealed tickets; each call waits for its answer, no longer than the
 * patience: then it is FAULT_SYSTEM. */
struct issue_keeper porter_keeper(struct porter *porter);
