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

/*
 * Starts the process, before anything was answered; it writes what is logged
 * here until porter_free(). hall outlives it. The caller frees *out, which ends
 * the process. FAULT_SYSTEM: there is none to be
 * had.
 */
MUST_CHECK enum fault porter_start(struct hall *hall, struct porter **out);
void porter_free(struct porter *porter); /* NULL is fine */
DEFINE_SCOPED(struct porter, porter_free)

/* For jail_enter(): the process, the socket to the lender, and the other one,
 * which is also to be polled for POLLIN. */
pid_t porter_process(const struct porter *porter);
int porter_lender(const struct porter *porter);
int porter_descriptor(const struct porter *porter);

/* As printer_start() and printer_answer() do. A porter who is gone leaves
 * PRINTER_UNKNOWN where something was to be printed. */
void porter_print(struct porter *porter, const struct picture *picture);
enum printer_answer porter_answer(const struct porter *porter);

/* Takes what came of it, without waiting. */
void porter_take(struct porter *porter);

/* Keeps sealed tickets; each call waits for its answer. */
struct issue_keeper porter_keeper(struct porter *porter);
